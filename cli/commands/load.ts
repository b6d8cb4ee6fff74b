/** dialproof load: run load scenarios; bundle them for a k6 of one's own. */

import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import { ORDINARY_KEYS } from '../../emulator/keys.ts';
import type { Quota } from '../../emulator/throttle.ts';
import { UserError } from '../../errors.ts';
import { type CorpusManifest, readManifest } from '../../generators/corpus.ts';
import { bundleForK6 } from '../../load/engine/bundle.ts';
import { type ProfileValues, SCENARIO_NAMES, SCENARIOS } from '../../load/lib/profiles.ts';
import { ownScript, PLAIN_VALUES, type Script, scriptOf } from '../../load/run-scenario.ts';
import type { TargetFacts } from '../../reports/run.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { openInstanceFolder, putInstance } from '../instance.ts';
import { interruptSignal } from '../interrupt.ts';
import {
  checkReachable,
  chooseEngine,
  contactsResult,
  type EndpointFor,
  faultsOf,
  type Load,
  type LoadEndpoint,
  liveFor,
  loadsOf,
  makeContacts,
  OwnEndpoints,
  openFolder,
  ownTarget,
  putLoad,
  reportRun,
  runId,
  type Stage,
  tellRun,
} from '../stages.ts';
import { Terminal } from '../terminal.ts';
import { addContactOptions, type ContactOptions } from './contact-options.ts';
import { addMisbehaviourOptions, type MisbehaviourOptions } from './emulator-options.ts';
import { addFaultOption, type FaultOption, tellFaults } from './fault-option.ts';
import { addInstanceOptions, divisionOf, type InstanceOptions } from './instance-options.ts';
import { loadMergeCommand } from './load-merge.ts';
import {
  addEngineOptions,
  type EngineOptions,
  readQuota,
  readScenarioOrPath,
  valuesFor,
  valuesOf,
} from './load-options.ts';
import { loadPlanCommand } from './load-plan.ts';
import { loopbackOrigin } from './loopback.ts';
import { isLoopback, readUrl, wholeNumber } from './read-option.ts';
import {
  allowRemote,
  announcement,
  capOf,
  checkFiction,
  checkRate,
  type RemoteOptions,
  remoteEndpoint,
} from './remote-target.ts';

interface LoadOptions
  extends ContactOptions,
    MisbehaviourOptions,
    FaultOption,
    EngineOptions,
    InstanceOptions,
    RemoteOptions {
  readonly corpus?: string;
  readonly target?: string;
  readonly control?: string;
  readonly quota?: Quota;
  readonly out: string;
  readonly json?: boolean;
}

const SCENARIO_LIST = SCENARIO_NAMES.map(
  (name) => `  ${name.padEnd(12)} ${SCENARIOS[name].meaning}`,
).join('\n');

export function loadCommand(command: Command): void {
  command
    .description('load scenarios: run them on one machine or many, bundle them for k6')
    .addHelpText(
      'after',
      `
Scenarios:
${SCENARIO_LIST}

Examples:
  dialproof load run throughput --rate 200 --duration 30s
  dialproof load run ./my-scenario.ts --set pages=3
  dialproof load run replay --target http://127.0.0.1:4010 --control http://127.0.0.1:4011
  dialproof load run ambiguous --faults ambiguous
  dialproof load run smoke --engine k6
  dialproof load run throughput --execution-segment 0:1/2 --run-tag abcd0001 --out out/1
  dialproof load merge out/1 out/2 --control http://127.0.0.1:4011
  dialproof load plan throughput --parallelism 4 --image IMAGE -- --rate 400 > run.yaml
  dialproof load bundle throughput --out bundles`,
    );
  const run = addMisbehaviourOptions(addContactOptions(command.command('run'), 400));
  addInstanceOptions(addEngineOptions(addFaultOption(run)))
    .description('run a scenario and audit it')
    .addArgument(scenarioArgument())
    .option('--corpus <dir>', 'a corpus made before, instead of a new one')
    .option('--target <url>', 'another endpoint, instead of the embedded emulator')
    .option('--allow-remote', '--target may be on another machine, by https')
    .option(
      '--raise-cap <rate>',
      'requests a second that a remote --target gets at most, instead of the published quota',
      wholeNumber(1, 100_000),
    )
    .option('--control <url>', "the control door of --target's emulator, for its ledger")
    .option('--quota <rate/burst>', "the quota of --target's endpoint, such as 10/15", readQuota)
    .option('--out <dir>', 'folder that gets a folder for this run', 'out')
    .option('--json', 'print the run as JSON')
    .action(async (scenario: ScenarioOrPath, options: LoadOptions) => {
      process.exitCode = await load(scenario, options);
    });
  loadMergeCommand(command.command('merge'));
  loadPlanCommand(command.command('plan'), async (scenario) => ({
    script: await scriptFor(readScenarioOrPath(scenario), {}),
    scenario,
  }));
  command
    .command('bundle')
    .description('write a scenario as one file for "k6 run"')
    .addArgument(scenarioArgument())
    .option('--out <dir>', 'folder to write to', 'out/k6')
    .action(async (scenario: ScenarioOrPath, { out }: { out: string }) => {
      const { name, path } = await scriptFor(scenario, {});
      await mkdir(out, { recursive: true });
      const file = join(out, `${name}.js`);
      await writeFile(file, await bundleForK6(path));
      process.stdout.write(`${file}\n`);
    });
}

type ScenarioOrPath = ReturnType<typeof readScenarioOrPath>;

function scenarioArgument(): Argument {
  return new Argument(
    '<scenario>',
    `${SCENARIO_NAMES.join(', ')}, or a script of your own`,
  ).argParser(readScenarioOrPath);
}

async function load(scenario: ScenarioOrPath, options: LoadOptions): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  const what = await loadOf(scenario, valuesOf(options));
  const division = divisionOf(options);
  if (division && options.workers > 1) {
    throw new UserError(
      '--execution-segment and --workers both divide the run: start an instance for each part',
    );
  }
  if (division && options.engine === 'k6') {
    throw new UserError(
      '--execution-segment with --engine k6: give it to k6 itself (docs/distributed.md)',
    );
  }
  if (division && Object.keys(options.output).length > 0) {
    throw new UserError('--output is for a whole run: --execution-segment has a part of one');
  }
  if (division && options.live !== undefined) {
    throw new UserError('--live shows a whole run: --execution-segment has a part of one');
  }
  const live = await liveFor(terminal, options);
  const engine = await chooseEngine(options);
  if (!options.target) tellFaults(terminal, faultsOf(what.endpoint, options));
  const stage = { terminal, signal };
  const startedAt = new Date();
  const id = runId(startedAt, options.seed);
  const dir = await (division ? openInstanceFolder(options.out) : openFolder(options.out, id));
  const { endpointFor, close, facts, beforeSending } = await targetFor(options, what);
  const { manifest, corpusDir } = await corpusFor(stage, dir, options).catch(async (error) => {
    await close();
    throw error;
  });
  await beforeSending?.(terminal, corpusDir, manifest);
  const put = { endpointFor, corpusDir, manifest, outDir: dir, loads: [what], live };
  if (division) return putInstance(stage, { ...put, division, facts }).finally(close);
  const results = await putLoad(stage, { ...put, engine }).finally(async () => {
    await close();
    await live?.close();
  });
  const { run, html } = await reportRun(
    {
      id,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      seed: options.seed,
      target: facts,
      contacts: contactsResult(manifest),
      contracts: null,
      load: results,
      interrupted: signal.aborted,
    },
    engine,
    options.out,
    dir,
  );
  tellRun(terminal, run, html);
  return exitCodeOf(run.verdict, run.interrupted);
}

async function loadOf(scenario: ScenarioOrPath, values: ProfileValues): Promise<Load> {
  if (typeof scenario === 'string') {
    const [own] = loadsOf(valuesFor([scenario], values));
    if (own) return own;
  }
  const script = await scriptFor(scenario, values);
  const unknown = Object.keys(values).find((key) => !PLAIN_VALUES.includes(key));
  if (script.plain && unknown !== undefined) {
    throw new UserError(
      `${script.name} is a plain k6 script, without a profile: it takes --vus, --iterations and --duration, not ${unknown}`,
    );
  }
  return { script, endpoint: 'stress', values };
}

async function scriptFor(scenario: ScenarioOrPath, values: ProfileValues): Promise<Script> {
  if (typeof scenario === 'string') return scriptOf(scenario, values);
  await access(scenario.path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot read the script ${scenario.path} (${error.code})`);
  });
  return ownScript(scenario.path);
}

async function corpusFor(stage: Stage, dir: string, options: LoadOptions) {
  if (options.corpus) {
    return { corpusDir: options.corpus, manifest: await readManifest(options.corpus) };
  }
  const corpusDir = join(dir, 'corpus');
  return { corpusDir, manifest: await makeContacts(stage, corpusDir, options) };
}

interface ChosenTarget {
  readonly endpointFor: EndpointFor;
  readonly close: () => Promise<void>;
  readonly facts: TargetFacts;
  /** Done when the corpus is there, before the first request. */
  readonly beforeSending?: (
    terminal: Terminal,
    corpusDir: string,
    manifest: CorpusManifest,
  ) => Promise<void>;
}

async function targetFor(options: LoadOptions, what: Load): Promise<ChosenTarget> {
  const { endpoint: kind } = what;
  if (!options.target) {
    const own = new OwnEndpoints(options);
    const { url } = await own.endpointFor(kind);
    return {
      endpointFor: own.endpointFor,
      close: () => own.close(),
      facts: ownTarget(url, options, kind),
    };
  }
  if (options.bug.length > 0 || Object.keys(options.choice).length > 0 || options.faults) {
    throw new UserError(
      '--bug, --choice and --faults belong to the emulator: give them to the one at --target',
    );
  }
  const given = readUrl(options.target);
  if (!isLoopback(given)) return remoteFor(given, options, what);
  const url = given.origin;
  await checkReachable(url);
  const endpoint = {
    url,
    controlUrl: options.control ? loopbackOrigin(options.control) : null,
    quota: options.quota ?? null,
    region: process.env.AWS_REGION ?? 'us-east-1',
    credentials: credentialsFromEnv(),
  };
  return {
    endpointFor: async () => endpoint,
    close: async () => {},
    facts: { url, kind: 'other endpoint', profile: 'unknown', bugs: [], choices: {} },
  };
}

async function remoteFor(url: URL, options: LoadOptions, what: Load): Promise<ChosenTarget> {
  allowRemote(url, options);
  if (options.control) {
    throw new UserError('--control is for an emulator on loopback: a remote endpoint has none');
  }
  if (options.executionSegment !== undefined && options.raiseCap === undefined) {
    throw new UserError(
      'each instance of a divided run sends as much as the cap allows: give its share as --raise-cap',
    );
  }
  checkRate(what, capOf(options));
  const region = process.env.AWS_REGION ?? 'us-east-1';
  const endpoint = await remoteEndpoint(url, region, what, options);
  await checkReachable(endpoint.url);
  return {
    endpointFor: async () => endpoint,
    close: async () => {},
    facts: { url: endpoint.url, kind: 'other endpoint', profile: 'unknown', bugs: [], choices: {} },
    beforeSending: async (terminal, dir, manifest) => {
      await checkFiction(dir, manifest);
      terminal.warn(announcement(endpoint, what, manifest));
    },
  };
}

/** The standard environment variables, or the keys that every emulator knows. */
function credentialsFromEnv(): LoadEndpoint['credentials'] {
  const [ordinary, outsider] = ORDINARY_KEYS;
  if (!ordinary || !outsider) throw new Error('the emulator has no ordinary keys');
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return { principal: ordinary, outsider };
  return {
    principal: {
      ...ordinary,
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
    },
    outsider,
  };
}
