/** One campaign on an emulator of its own, with the published quota. */

import { rosterOf } from '../../campaigns/shifts.ts';
import type { ContactList } from '../../load/drive/contact-list.ts';
import { type OwnProgress, runOwnCampaign } from '../../load/drive/own-campaign.ts';
import type { DialSettings } from '../../load/lib/campaign-members.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import type { CampaignsResult, TargetFacts } from '../../run/run.ts';
import { type AgentOptions, agentArgs, presentDuring, staffIn } from '../options/agent-options.ts';
import { type ConfiguredEndpoint, configuredArgs } from '../options/configured-endpoint.ts';
import { type MisbehaviourOptions, misbehaviourArgs } from '../options/emulator-options.ts';
import type { FeederOptions } from '../options/feeder-options.ts';
import { spawnEmulator } from './emulator-process.ts';
import { ownTarget } from './own-endpoints.ts';

export interface OwnCampaign
  extends MisbehaviourOptions,
    ConfiguredEndpoint,
    AgentOptions,
    DialSettings,
    FeederOptions {
  readonly version: 1 | 2;
  readonly list: ContactList;
  readonly seed: number;
  readonly speed: number;
}

export async function runOwn(
  campaign: OwnCampaign,
  watch: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: OwnProgress) => void;
  },
): Promise<{ readonly campaigns: CampaignsResult; readonly target: TargetFacts }> {
  const { version, mode, bandwidth, capacity, detection, list, seed, speed } = campaign;
  const { feeder, resends, hours = null } = campaign;
  const agents = presentDuring(campaign, hours);
  const pendingLimit = campaign.choice.pendingLimit ?? campaign.pendingLimit;
  const options = { ...campaign, choice: { ...campaign.choice, pendingLimit } };
  let url = '';
  const campaigns = await runOwnCampaign({
    ...watch,
    version,
    settings: { mode, bandwidth, capacity, detection },
    list,
    seed,
    speed,
    feeder: { feeder, expirySeconds: campaign.expiresIn, resends, pendingLimit },
    hours,
    roster: rosterOf(staffIn(agents)),
    start: async (dials) => {
      const args = ['--port', '0', '--dials', dials, '--speed', String(speed)];
      const { credentials, ...emulator } = await spawnEmulator([
        ...args,
        ...agentArgs(agents),
        ...misbehaviourArgs(options),
        ...configuredArgs(campaign),
      ]);
      ({ url } = emulator);
      return { ...emulator, key: credentials.outsider, instanceId: ORDINARY_INSTANCE.id };
    },
  });
  return { campaigns, target: ownTarget(url, options, 'aws') };
}
