/** dialproof load: runs load scenarios, and bundles them for the user's own k6. */

import { stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { choiceUnlike, readManifest } from '../../generators/corpus.ts';
import { type ProfileValues, SCENARIO_NAMES, SCENARIOS } from '../../load/lib/profiles.ts';
import { ownScript, PLAIN_VALUES, type Script, scriptOf } from '../../load/run/run-script.ts';
import type { Choices } from '../../operation/connect/choices.ts';
import type { Facts } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import { makeFolder } from '../../system/make-folder.ts';
import { suggestion } from '../../system/suggestion.ts';
import { liveFor } from '../live/live-option.ts';
import { addCompareOptions, type CompareOptions } from '../options/compare-options.ts';
import { addContactOptions, type ContactOptions } from '../options/contact-options.ts';
import { addMisbehaviourOptions, tellBugs } from '../options/emulator-options.ts';
import { addEventFaultsOption } from '../options/event-faults-option.ts';
import { addFaultOption, tellFaults } from '../options/fault-option.ts';
import { addInstanceOptions, divisionOf } from '../options/instance-options.ts';
import {
  addEngineOptions,
  type EngineOptions,
  readQuota,
  readScenarioOrPath,
  readVariable,
  valuesFor,
  valuesOf,
} from '../options/load-options.ts';
import { wholeNumber } from '../options/read-option.ts';
import { suggesting } from '../options/suggested-values.ts';
import { chooseEngine } from '../stages/choose-engine.ts';
import { openInstanceFolder, putInstance } from '../stages/instance.ts';
import { keepCorpusOnce } from '../stages/kept-corpus.ts';
import { faultsOf } from '../stages/own-endpoints.ts';
import { type Load, loadsOf, putLoad } from '../stages/put-load.ts';
import { exitCodeOfRun, reportRun, tellRun } from '../stages/report-run.ts';
import { contactsResult, makeContacts, openFolder, runId, type Stage } from '../stages/stages.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { toStdout } from '../terminal/out.ts';
import { Terminal } from '../terminal/terminal.ts';
import { loadMergeCommand } from './load-merge.ts';
import { loadPlanCommand } from './load-plan.ts';
import { type TargetOptions, targetFor } from './load-target.ts';

interface LoadOptions extends CompareOptions, ContactOptions, EngineOptions, TargetOptions {
  readonly corpus?: string;
  readonly out: string;
  readonly json?: boolean;
  readonly env: Readonly<Record<string, string>>;
}

const SCENARIO_LIST = SCENARIO_NAMES.map(
  (name) => `  ${name.padEnd(12)} ${SCENARIOS[name].meaning}`,
).join('\n');

export function loadCommand(command: Command): void {
  command
    .description('run load scenarios on one machine or many, or bundle them for k6')
    .addHelpText(
      'after',
      `
Scenarios:
${SCENARIO_LIST}

Examples:
  dialproof load run throughput --rate 200 --duration 30s
  dialproof load run ./my-scenario.ts --set pages=3
  dialproof load run ./plain-k6-script.js --vus 5 --duration 30s -e BASE_URL=http://127.0.0.1:8080
  dialproof load run replay --target http://127.0.0.1:4010 --control http://127.0.0.1:4011
  dialproof load run ambiguous --faults ambiguous
  dialproof load run smoke --engine k6
  dialproof load run throughput --execution-segment 0:1/2 --run-tag abcd0001 --out out/1
  dialproof load merge out/1 out/2 --control http://127.0.0.1:4011
  dialproof load plan throughput --parallelism 4 --image IMAGE -- --rate 400 > run.yaml
  dialproof load bundle throughput --out bundles`,
    );
  const run = addMisbehaviourOptions(addContactOptions(command.command('run'), 400));
  addCompareOptions(addInstanceOptions(addEngineOptions(addEventFaultsOption(addFaultOption(run)))))
    .description('run a scenario and audit it')
    .addArgument(scenarioArgument())
    .option('--corpus <dir>', 'existing corpus (default: a new one)')
    .option('--target <url>', 'endpoint to use instead of the embedded emulator')
    .option('--allow-remote', 'allow a --target on another machine, over https')
    .option(
      '--raise-cap <rate>',
      'most requests a second to a remote --target (default: the published quota)',
      wholeNumber(1, 100_000),
    )
    .option('--control <url>', 'control door of the emulator at --target, to read its ledger')
    .option(
      '--dials <file>',
      'dial records of the emulator at --target, as its --dials writes them',
    )
    .option('--events <file>', 'contact events that the emulator at --target wrote, as NDJSON')
    .option('--quota <rate/burst>', 'quota of the endpoint at --target, such as 10/15', readQuota)
    .addOption(
      new Option('-e, --env <name=value>', 'set a variable in the script’s __ENV (repeatable)')
        .argParser((text: string, before: object) => ({ ...before, ...readVariable(text) }))
        .default({}, 'the environment’s variables'),
    )
    .addOption(importMapOption())
    .option('--out <dir>', 'folder in which this run gets its own folder', 'out')
    .option('--json', 'print the run as JSON')
    .action(async (scenario: ScenarioOrPath, options: LoadOptions) => {
      process.exitCode = await load(scenario, options);
    });
  loadMergeCommand(command.command('merge'));
  loadPlanCommand(command.command('plan'), async (scenario, args) => {
    checkRunArgs(run, args);
    const script = await scriptFor(readScenarioOrPath(scenario), {});
    refuseDivided(script);
    return { script, scenario };
  });
  command
    .command('bundle')
    .description('write a scenario as one file for "k6 run"')
    .addArgument(scenarioArgument())
    .addOption(importMapOption())
    .option('--out <dir>', 'folder to write to', 'out/k6')
    .action(async (scenario: ScenarioOrPath, { out }: { out: string }) => {
      const { name, path } = await scriptFor(scenario, {});
      const { bundleForK6 } = await import('../../load/engine/bundle/bundle.ts');
      const bundle = await bundleForK6(path);
      const file = join(out, `${name}.js`);
      try {
        await makeFolder(out);
        await writeFile(file, bundle);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new UserError(`cannot write ${file} (${code}): choose another folder with --out`);
      }
      toStdout(`${file}\n`);
    });
}

/** Reads arguments as "load run" will in the pods. @throws UserError for one that it does not accept. */
function checkRunArgs(run: Command, args: readonly string[]): void {
  const { operands, unknown } = run.parseOptions([...args]);
  const [wrong] = [...unknown, ...operands];
  if (wrong === undefined) return;
  const names = run.options.map(({ long }) => long ?? '');
  throw new UserError(
    `"load run" does not accept ${wrong}, which stands after "--".${suggestion(wrong, names)}`,
  );
}

/** The map goes into the environment, because workers bundle the script in processes of their own. */
function importMapOption(): Option {
  return new Option(
    '--import-map <file>',
    'import map (JSON) that points imports of the script, such as URLs, at files',
  )
    .env('DIALPROOF_IMPORT_MAP')
    .argParser((file: string) => {
      process.env.DIALPROOF_IMPORT_MAP = resolve(file);
      return file;
    });
}

type ScenarioOrPath = ReturnType<typeof readScenarioOrPath>;

function scenarioArgument(): Argument {
  const argument = new Argument(
    '<scenario>',
    `${SCENARIO_NAMES.join(', ')}, or the path of your own script`,
  );
  return suggesting(argument, SCENARIO_NAMES).argParser(readScenarioOrPath);
}

async function load(scenario: ScenarioOrPath, options: LoadOptions): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  const given = await loadOf(scenario, options);
  const what = { ...given, script: { ...given.script, env: options.env } };
  const division = divisionOf(options);
  if (division && options.workers > 1) {
    throw new UserError(
      '--execution-segment and --workers both divide the run: leave out --workers and start one instance per part',
    );
  }
  if (division && options.engine === 'k6') {
    throw new UserError(
      '--execution-segment does not work with --engine k6: run "load bundle", and give the segment to k6 itself',
    );
  }
  const compared = options.baseline ?? options.trend ?? options.failOn;
  if (division && compared !== undefined) {
    throw new UserError(
      '--baseline, --trend and --fail-on are for whole runs: merge the parts with "load merge", then run "report compare"',
    );
  }
  if (division && options.live !== undefined) {
    throw new UserError('--live shows only whole runs: leave it out with --execution-segment');
  }
  if (division) refuseDivided(what.script);
  const live = await liveFor(terminal, options);
  const engine = await chooseEngine(options);
  if (!options.target) tellBugs(terminal, options.bug);
  if (!options.target) tellFaults(terminal, faultsOf(what.endpoint, options));
  const stage = { terminal, signal };
  const startedAt = new Date();
  const id = runId(startedAt, options.seed);
  const dir = await (division ? openInstanceFolder(options.out) : openFolder(options.out, id));
  const { endpointFor, close, facts, choices, predicting, beforeSending } = await targetFor(
    options,
    what,
  );
  const { manifest, corpusDir } = await corpusFor(stage, dir, options, choices, predicting).catch(
    async (error) => {
      await close();
      throw error;
    },
  );
  await beforeSending?.(terminal, corpusDir, manifest);
  const put = { endpointFor, corpusDir, manifest, outDir: dir, loads: [what], live };
  if (division)
    return putInstance(stage, { ...put, division, facts, outputs: options.output }).finally(close);
  const results = await putLoad(stage, { ...put, engine }).finally(async () => {
    await close();
    await live?.close();
  });
  const reported = await reportRun(
    {
      id,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      seed: options.seed,
      target: facts,
      contacts: contactsResult(manifest),
      contracts: [],
      campaigns: null,
      load: results,
      selfChecks: [],
      interrupted: signal.aborted,
      configuration: options.configuration ?? null,
    },
    engine,
    options.out,
    dir,
    options,
  );
  tellRun(terminal, reported);
  return exitCodeOfRun(reported, options);
}

/** @throws UserError for a scenario of the dial road: each of its instances would move the clock of the others. */
function refuseDivided({ name, dials }: Script): void {
  if (dials === null) return;
  throw new UserError(
    `${name} creates campaigns and cannot be divided into instances: run it on one machine`,
  );
}

async function loadOf(scenario: ScenarioOrPath, options: EngineOptions): Promise<Load> {
  const { configuredValues } = options;
  const given = valuesOf(options);
  if (typeof scenario === 'string') {
    const [own] = loadsOf(valuesFor([scenario], given, configuredValues));
    if (own) return own;
  }
  const values = { ...configuredFor(scenario, configuredValues), ...given };
  const script = await scriptFor(scenario, values);
  const unknown = Object.keys(values).find((key) => !PLAIN_VALUES.includes(key));
  if (script.plain && unknown !== undefined) {
    throw new UserError(
      `${script.name} is a plain k6 script without a profile: it accepts --vus, --iterations and --duration, but not ${unknown}`,
    );
  }
  return { script, endpoint: script.dials ? 'road' : 'stress', values };
}

/** The values of a script, whose path counts from the folder of the configuration. */
function configuredFor(
  scenario: ScenarioOrPath,
  configured: EngineOptions['configuredValues'] = {},
): ProfileValues {
  const name = typeof scenario === 'string' ? scenario : resolve(scenario.path);
  return configured[name] ?? {};
}

async function scriptFor(scenario: ScenarioOrPath, values: ProfileValues): Promise<Script> {
  if (typeof scenario === 'string') return scriptOf(scenario, values);
  const { path } = scenario;
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot read the script ${path} (${error.code})`);
  });
  if (found.isDirectory()) throw new UserError(`${path} is a folder: name a script in it`);
  return ownScript(path);
}

/** @param choices those of the endpoint; undefined where they are not known. */
async function corpusFor(
  stage: Stage,
  dir: string,
  options: LoadOptions,
  choices: Choices | undefined,
  predicting: Facts,
) {
  if (options.corpus) {
    const manifest = await readManifest(options.corpus);
    const unlike = choices ? choiceUnlike(manifest, choices) : null;
    if (unlike) {
      const { name, followed, chosen } = unlike;
      throw new UserError(
        `the corpus ${options.corpus} was predicted for ${name}=${followed}, but the endpoint has ${name}=${chosen}: leave out --corpus`,
      );
    }
    return { corpusDir: options.corpus, manifest };
  }
  const corpusDir = join(dir, 'corpus');
  const manifest = await makeContacts(stage, corpusDir, options, predicting);
  // The folder of an instance is not one of many beside each other.
  if (!divisionOf(options)) await keepCorpusOnce(corpusDir, manifest);
  return { corpusDir, manifest };
}
