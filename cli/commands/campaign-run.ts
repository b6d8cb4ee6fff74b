/** dialproof campaign run: one campaign on an emulator of its own, shown as it goes, with a report. */

import type { Command } from 'commander';
import { Option } from 'commander';
import { drawnContacts, listedContacts } from '../../load/drive/contact-list.ts';
import { embeddedEngine } from '../../load/engines/embedded.ts';
import type { DialSettings } from '../../load/lib/campaign-members.ts';
import { campaignsSaid } from '../../reports/content/road.ts';
import { roadLines } from '../../reports/road-text.ts';
import { UserError } from '../../system/errors.ts';
import { liveCampaignFor } from '../live/live-option.ts';
import { type AgentOptions, addAgentOptions } from '../options/agent-options.ts';
import type { ConfiguredEndpoint } from '../options/configured-endpoint.ts';
import { addMisbehaviourOptions, type MisbehaviourOptions } from '../options/emulator-options.ts';
import { addFeederOptions, type FeederOptions } from '../options/feeder-options.ts';
import { liveOption } from '../options/live-option.ts';
import { addModeOptions } from '../options/mode-option.ts';
import { wholeNumber } from '../options/read-option.ts';
import { type OwnCampaign, runOwn } from '../stages/own-campaign.ts';
import { exitCodeOfRun, mark, reportRun, tellRun } from '../stages/report-run.ts';
import { openFolder, runId } from '../stages/stages.ts';
import { campaignProgress } from '../terminal/campaign-progress.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options
  extends MisbehaviourOptions,
    ConfiguredEndpoint,
    AgentOptions,
    DialSettings,
    FeederOptions {
  readonly contacts?: number;
  readonly list?: string;
  readonly api: 'v1' | 'v2';
  readonly seed: number;
  readonly speed: number;
  readonly live?: number;
  readonly out: string;
  readonly json?: boolean;
}

/** Contacts of a campaign for which nothing is said. */
const CONTACTS = 100;
const MOST = 1_000_000;
/** The speed up to which the calls of a run take so little of its time that it comes to what a plan says (measured). */
const FASTEST_AS_PLANNED = 400;

export function campaignRunCommand(command: Command): void {
  addMisbehaviourOptions(addFeederOptions(addAgentOptions(addModeOptions(command))))
    .description('run a campaign on an emulator of its own, and report what became of it')
    .option(
      '--contacts <n>',
      `people to dial, drawn from the seed (default: ${CONTACTS})`,
      wholeNumber(1, MOST),
    )
    .option(
      '--list <path>',
      'dial the numbers of a list that "dialproof generate --for PutDialRequestBatch" wrote: its folder, or a requests.ndjson',
    )
    .addOption(
      new Option('--api <version>', 'version of outbound campaigns')
        .choices(['v1', 'v2'])
        .default('v2'),
    )
    .option('--seed <n>', 'seed of the contacts', wholeNumber(0, 2 ** 32 - 1), 1)
    .option(
      '--speed <n>',
      `how many times as fast as the system clock the campaign goes; up to ${FASTEST_AS_PLANNED} it comes to what "campaign plan" says`,
      wholeNumber(1, 1_000),
      1,
    )
    .addOption(liveOption('campaign'))
    .option('--out <dir>', 'folder in which this run gets its own folder', 'out')
    .option('--json', 'print the run as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof campaign run --contacts 200 --agents 10 --speed 60
  dialproof campaign run --mode predictive --contacts 1000 --agents 25 --speed 120
  dialproof campaign run --contacts 500 --agents 20 --hours 09:00-09:30 --speed 120 --live
  dialproof campaign run --mode agentless --api v1 --list out/dial-list --speed 60
  dialproof campaign run --contacts 2000 --feeder blast --speed 60     (most of them expire)

"dialproof campaign plan" says beforehand how long it takes.`,
    )
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

async function run(options: Options): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const campaign = readCampaign(options);
  const signal = interruptSignal(terminal);
  const startedAt = new Date();
  const id = runId(startedAt, options.seed);
  const dir = await openFolder(options.out, id);
  if (options.speed > FASTEST_AS_PLANNED) terminal.warn(tooFast(options.speed));
  const name = `${options.mode} campaign`;
  const live = await liveCampaignFor(terminal, options.live, name, campaign.list.contacts);
  const said = campaignProgress();
  const { campaigns, target } = await runOwn(campaign, {
    signal,
    onProgress: (progress) => {
      terminal.progress(said(progress));
      live?.progress(progress);
    },
  })
    .then((result) => {
      live?.end(result.campaigns);
      return result;
    })
    .finally(() => live?.close());
  terminal.say(
    `${mark(terminal.paint, campaigns.verdict)} campaign    ${campaignsSaid(campaigns)}, in ${(campaigns.durationMs / 1_000).toFixed(1)} s`,
  );
  for (const line of roadLines(campaigns)) terminal.say(line);
  const reported = await reportRun(
    {
      id,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      seed: options.seed,
      target,
      contacts: null,
      contracts: [],
      campaigns,
      load: [],
      selfChecks: [],
      interrupted: signal.aborted,
      configuration: options.configuration ?? null,
    },
    embeddedEngine,
    options.out,
    dir,
  );
  tellRun(terminal, reported);
  return exitCodeOfRun(reported);
}

function tooFast(speed: number): string {
  return `--speed ${speed}: at more than ${FASTEST_AS_PLANNED} the calls of the feeder and of BatchPutContact take seconds of the virtual clock, and the figures differ from those of "campaign plan"`;
}

/** @throws UserError for options that contradict each other, and for a list that cannot be read. */
function readCampaign(options: Options): OwnCampaign {
  const { contacts, list, api, mode, seed } = options;
  if (contacts !== undefined && list !== undefined) {
    throw new UserError('--contacts and --list both say who is dialled: give only one of them');
  }
  if (api === 'v1' && mode === 'preview') {
    throw new UserError('version 1 of outbound campaigns has no mode preview: use --api v2');
  }
  return {
    ...options,
    version: api === 'v1' ? 1 : 2,
    list: list === undefined ? drawnContacts(seed, contacts ?? CONTACTS) : listedContacts(list),
  };
}
