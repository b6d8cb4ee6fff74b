/** dialproof run: runs all stages, from generated contacts to a report. */

import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { choiceUnlike } from '../../generators/corpus.ts';
import { type ProfileValues, SCENARIO_NAMES, type ScenarioName } from '../../load/lib/profiles.ts';
import { choicesOf } from '../../operation/aws/definition/choices.ts';
import { CHOICES, choose } from '../../operation/connect/choices.ts';
import { selfChecksSaid } from '../../reports/content/in-short.ts';
import { campaignsSaid } from '../../reports/content/road.ts';
import type { CampaignsResult, CheckResult, ContractsResult, LoadResult } from '../../run/run.ts';
import { judgeSelfChecks } from '../../run/verdict.ts';
import { UserError } from '../../system/errors.ts';
import { liveFor } from '../live/live-option.ts';
import { addCompareOptions, type CompareOptions } from '../options/compare-options.ts';
import {
  type ConfiguredEndpoint,
  configuredSeed,
  isConfigured,
  withoutConfigured,
} from '../options/configured-endpoint.ts';
import { addContactOptions, type ContactOptions } from '../options/contact-options.ts';
import {
  addMisbehaviourOptions,
  type MisbehaviourOptions,
  tellBugs,
} from '../options/emulator-options.ts';
import { addEventFaultsOption, type EventFaultsOption } from '../options/event-faults-option.ts';
import {
  addEngineOptions,
  type EngineOptions,
  readScenarios,
  valuesFor,
  valuesOf,
} from '../options/load-options.ts';
import { suggesting } from '../options/suggested-values.ts';
import { checkCampaigns } from '../stages/campaigns.ts';
import { chooseEngine } from '../stages/choose-engine.ts';
import { keepCorpusOnce } from '../stages/kept-corpus.ts';
import { OwnEndpoints } from '../stages/own-endpoints.ts';
import { loadsOf, putLoad } from '../stages/put-load.ts';
import { exitCodeOfRun, mark, reportRun, tellRun } from '../stages/report-run.ts';
import { checkOurselves, type SelfCheckStage } from '../stages/self-checks.ts';
import {
  checkContracts,
  contactsResult,
  contractLines,
  makeContacts,
  needContractPackages,
  openFolder,
  runId,
  type Stage,
} from '../stages/stages.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';
import { noRoad } from './load-target.ts';

interface RunOptions
  extends CompareOptions,
    ContactOptions,
    MisbehaviourOptions,
    EventFaultsOption,
    ConfiguredEndpoint,
    EngineOptions {
  readonly out: string;
  readonly scenarios: readonly ScenarioName[];
  readonly battery?: boolean;
  readonly contracts: boolean;
  readonly campaigns: boolean;
  readonly selfChecks?: boolean;
  readonly json?: boolean;
}

/** Short ones, which together decide every invariant. */
export const DEFAULT_SCENARIOS: readonly ScenarioName[] = [
  'smoke',
  'throughput',
  'replay',
  'conflict',
  'quota',
  'dial',
  'pause',
];

/**
 * The default scenarios show what the endpoint does, on a busy machine too. They do not measure how fast it is. Their
 * objective is therefore wide, and there are enough virtual users for slow answers. "load run" has the scenarios' own
 * values.
 */
const CALM: ProfileValues = { p95Ms: 5_000 };
const CALM_ARRIVALS: ProfileValues = { ...CALM, vus: 100 };
/** The campaigns of the run show the rest of the road. */
const CALM_DIALS: ProfileValues = { ...CALM_ARRIVALS, seconds: 2 };

const CALM_VALUES: Readonly<Partial<Record<ScenarioName, ProfileValues>>> = {
  throughput: CALM_ARRIVALS,
  dial: CALM_DIALS,
};

/** The values of each scenario in `dialproof run`. What was given counts before what is calm. */
export function calmed(
  given: ReadonlyMap<ScenarioName, ProfileValues>,
): ReadonlyMap<ScenarioName, ProfileValues> {
  return new Map(
    [...given].map(([scenario, values]) => {
      if (!DEFAULT_SCENARIOS.includes(scenario)) return [scenario, values];
      return [scenario, { ...(CALM_VALUES[scenario] ?? CALM), ...values }];
    }),
  );
}

export function runCommand(command: Command): void {
  addCompareOptions(
    addEngineOptions(
      addEventFaultsOption(addMisbehaviourOptions(addContactOptions(command, 1_600))),
    ),
  )
    .description(
      'generate contacts, verify contracts, run campaigns and load, audit and report, with the embedded emulator',
    )
    .addOption(
      suggesting(
        new Option('--scenarios <names>', 'load scenarios, comma-separated'),
        SCENARIO_NAMES,
      )
        .argParser(readScenarios)
        .default(DEFAULT_SCENARIOS, DEFAULT_SCENARIOS.join(',')),
    )
    .option('--battery', 'run every scenario and the self-checks; takes some minutes')
    .option(
      '--self-checks',
      'check that the harness catches every seeded bug, and finds no bug in a correct emulator',
    )
    .option('--no-contracts', 'leave out the contracts')
    .option(
      '--contracts',
      'take in the contracts, although the configuration leaves them out',
      true,
    )
    .option('--no-campaigns', 'leave out the campaigns')
    .option('--out <dir>', 'folder in which this run gets its own folder', 'out')
    .option('--json', 'print the run as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof run
  dialproof run --seed 7 --mix every=0.3 --rate 200 --duration 30s
  dialproof run --battery
  dialproof run --bug forgets-tokens        (exits with 1: the audit catches it)

Without --p95-ms, the default scenarios have a wide objective of ${CALM.p95Ms} ms, so that they pass on a
busy machine too.`,
    )
    .action(async (options: RunOptions) => {
      if (options.battery && command.getOptionValueSource('scenarios') === 'cli') {
        throw new UserError('--battery runs every scenario: leave out --scenarios, or --battery');
      }
      process.exitCode = await run(options);
    });
}

async function run(options: RunOptions): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  const { paint } = terminal;
  tellBugs(terminal, options.bug);
  const scenarios = options.battery ? SCENARIO_NAMES : options.scenarios;
  const loads = loadsOf(calmed(valuesFor(scenarios, valuesOf(options), options.configuredValues)));
  if (options.eventFaults && !loads.some(({ endpoint }) => endpoint === 'road')) {
    throw noRoad(scenarios.join(', '));
  }
  if (options.contracts) needContractPackages(' (or leave them out: --no-contracts)');
  const live = await liveFor(terminal, options);
  const engine = await chooseEngine(options);
  const stage = { terminal, signal };
  const startedAt = new Date();
  const id = runId(startedAt, options.seed);
  const dir = await openFolder(options.out, id);
  const corpusDir = join(dir, 'corpus');
  const manifest = await makeContacts(
    stage,
    corpusDir,
    options,
    configuredSeed(options, choose(choicesOf(options.choice, CHOICES))).facts,
  );
  await keepCorpusOnce(corpusDir, manifest);
  terminal.say(
    `${paint('bold', 'contacts')}    ${manifest.contacts} in ${manifest.batches} batches, seed ${manifest.seed}`,
  );
  const own = new OwnEndpoints(options);
  // The contracts are about the built-in instance, account and Region.
  const ofContracts = isConfigured(options) ? new OwnEndpoints(withoutConfigured(options)) : own;
  let contracts: ContractsResult[] = [];
  let campaigns: CampaignsResult | null = null;
  let load: LoadResult[] = [];
  let selfChecks: CheckResult[] = [];
  try {
    await own.endpointFor('stress');
    if (options.contracts && !signal.aborted) {
      const emulator = await ofContracts.endpointFor('stress');
      // The scores of the others take long. `dialproof contracts` measures them, and so does the battery.
      const mutated = options.battery ? undefined : (['BatchPutContact'] as const);
      const tell = (contract: ContractsResult) => {
        for (const line of contractLines(contract, paint)) terminal.say(line);
      };
      contracts = await checkContracts(stage, dir, emulator, tell, mutated);
    }
    if (options.campaigns && !signal.aborted) {
      campaigns = await checkCampaigns(stage, options);
      terminal.say(
        `${mark(paint, campaigns.verdict)} campaigns   ${campaignsSaid(campaigns)}, in ${(campaigns.durationMs / 1_000).toFixed(1)} s`,
      );
    }
    load = await putLoad(stage, {
      engine,
      endpointFor: own.endpointFor,
      corpusDir,
      manifest,
      outDir: dir,
      loads,
      live,
    });
    if (options.battery || options.selfChecks) {
      selfChecks = await checkOurselves(stage, {
        engine,
        ...(await plainCorpus(stage, { corpusDir, manifest }, options)),
        outDir: dir,
        contracts,
      });
      const { verdict } = judgeSelfChecks(selfChecks);
      terminal.say(`${mark(paint, verdict)} self-checks ${selfChecksSaid(selfChecks)}`);
    }
  } finally {
    await Promise.all([own, ofContracts].map((one) => one.close()));
    await live?.close();
  }
  const reported = await reportRun(
    {
      id,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      seed: options.seed,
      target: await own.facts(),
      contacts: contactsResult(manifest),
      contracts,
      campaigns,
      load,
      selfChecks,
      interrupted: signal.aborted,
      configuration: options.configuration ?? null,
    },
    engine,
    options.out,
    dir,
    options,
  );
  terminal.say('');
  tellRun(terminal, reported);
  return exitCodeOfRun(reported, options);
}

/** The corpus of the run, or one for the emulators of the self-checks, which have the default choices. */
async function plainCorpus(
  stage: Stage,
  given: Pick<SelfCheckStage, 'corpusDir' | 'manifest'>,
  options: ContactOptions,
): Promise<typeof given> {
  if (choiceUnlike(given.manifest, choose()) === null) return given;
  const corpusDir = join(dirname(given.corpusDir), 'self-checks', 'corpus');
  return { corpusDir, manifest: await makeContacts(stage, corpusDir, options) };
}
