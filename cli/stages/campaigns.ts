/** Outbound campaigns, from dial requests to ended calls, on an emulator of their own. */

import { runCampaigns } from '../../load/drive/campaign-run.ts';
import { choicesOf } from '../../operation/aws/definition/choices.ts';
import { CAMPAIGN_CHOICES } from '../../operation/campaigns/choices.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import type { CampaignsResult } from '../../run/run.ts';
import { type ConfiguredEndpoint, configuredArgs } from '../options/configured-endpoint.ts';
import { type MisbehaviourOptions, misbehaviourArgs } from '../options/emulator-options.ts';
import { CAMPAIGN_SPEED, spawnEmulator } from './emulator-process.ts';
import type { Stage } from './stages.ts';

export async function checkCampaigns(
  { terminal, signal }: Stage,
  { seed, ...options }: MisbehaviourOptions & ConfiguredEndpoint & { readonly seed: number },
): Promise<CampaignsResult> {
  const own = [
    ...['--profile', 'stress', '--speed', CAMPAIGN_SPEED],
    ...misbehaviourArgs(options),
    ...configuredArgs(options),
  ];
  return runCampaigns({
    seed,
    choices: choicesOf(options.choice, CAMPAIGN_CHOICES),
    signal,
    onProgress: (what) => terminal.progress(`campaigns: ${what}`),
    start: async (dials) => {
      // The other emulators of the run say what bugs are seeded.
      const { credentials, ...emulator } = await spawnEmulator(
        ['--port', '0', '--dials', dials, ...own],
        true,
      );
      return { ...emulator, key: credentials.outsider, instanceId: ORDINARY_INSTANCE.id };
    },
  });
}
