/** dialproof load: run load scenarios; bundle them for a k6 of one's own. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import { ORDINARY_KEYS } from '../../emulator/keys.ts';
import { UserError } from '../../errors.ts';
import { readManifest } from '../../generators/corpus.ts';
import { bundleForK6 } from '../../load/engine/bundle.ts';
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from '../../load/lib/profiles.ts';
import { scriptOf } from '../../load/run-scenario.ts';
import type { TargetFacts } from '../../reports/run.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import {
  checkReachable,
  chooseEngine,
  contactsResult,
  type LoadStage,
  makeContacts,
  openFolder,
  ownTarget,
  putLoad,
  reportRun,
  runId,
  type Stage,
  spawnOwnEmulator,
  tellRun,
} from '../stages.ts';
import { Terminal } from '../terminal.ts';
import { addContactOptions, type ContactOptions } from './contact-options.ts';
import { addMisbehaviourOptions, type MisbehaviourOptions } from './emulator-options.ts';
import { addEngineOptions, type EngineOptions, profileOf, readScenario } from './load-options.ts';
import { isLoopback, readUrl } from './read-option.ts';

interface LoadOptions extends ContactOptions, MisbehaviourOptions, EngineOptions {
  readonly corpus?: string;
  readonly target?: string;
  readonly control?: string;
  readonly out: string;
  readonly json?: boolean;
}

const SCENARIO_LIST = SCENARIO_NAMES.map(
  (name) => `  ${name.padEnd(11)} ${SCENARIOS[name].meaning}`,
).join('\n');

export function loadCommand(command: Command): void {
  command.description('load scenarios: run them, or bundle them for k6').addHelpText(
    'after',
    `
Scenarios:
${SCENARIO_LIST}

Examples:
  dialproof load run throughput --rate 200 --seconds 30
  dialproof load run replay --target http://127.0.0.1:4010 --control http://127.0.0.1:4011
  dialproof load run smoke --engine k6
  dialproof load bundle throughput --out bundles`,
  );
  addEngineOptions(addMisbehaviourOptions(addContactOptions(command.command('run'), 400)))
    .description('run a scenario and audit it')
    .addArgument(new Argument('<scenario>', SCENARIO_NAMES.join(', ')).argParser(readScenario))
    .option('--corpus <dir>', 'a corpus made before, instead of a new one')
    .option('--target <url>', 'an endpoint on loopback, instead of the embedded emulator')
    .option('--control <url>', "the control door of --target's emulator, for its ledger")
    .option('--out <dir>', 'folder that gets a folder for this run', 'out')
    .option('--json', 'print the run as JSON')
    .action(async (scenario: ScenarioName, options: LoadOptions) => {
      process.exitCode = await load(scenario, options);
    });
  command
    .command('bundle')
    .description('write a scenario as one file for "k6 run"')
    .addArgument(new Argument('<scenario>', SCENARIO_NAMES.join(', ')).argParser(readScenario))
    .option('--out <dir>', 'folder to write to', 'out/k6')
    .action(async (scenario: ScenarioName, { out }: { out: string }) => {
      await mkdir(out, { recursive: true });
      const file = join(out, `${scenario}.js`);
      await writeFile(file, await bundleForK6(scriptOf(scenario)));
      process.stdout.write(`${file}\n`);
    });
}

async function load(scenario: ScenarioName, options: LoadOptions): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  const stage = { terminal, signal };
  const engine = await chooseEngine(options.engine, options.k6);
  const startedAt = new Date();
  const id = runId(startedAt, options.seed);
  const dir = await openFolder(options.out, id);
  const { emulator, close, facts } = await targetFor(options);
  const { manifest, corpusDir } = await corpusFor(stage, dir, options).catch(async (error) => {
    await close();
    throw error;
  });
  const results = await putLoad(stage, {
    engine,
    emulator,
    corpusDir,
    manifest,
    outDir: dir,
    scenarios: [scenario],
    profile: profileOf(options),
  }).finally(close);
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

async function corpusFor(stage: Stage, dir: string, options: LoadOptions) {
  if (options.corpus) {
    return { corpusDir: options.corpus, manifest: await readManifest(options.corpus) };
  }
  const corpusDir = join(dir, 'corpus');
  return { corpusDir, manifest: await makeContacts(stage, corpusDir, options) };
}

interface ChosenTarget {
  readonly emulator: LoadStage['emulator'];
  readonly close: () => Promise<void>;
  readonly facts: TargetFacts;
}

async function targetFor(options: LoadOptions): Promise<ChosenTarget> {
  if (!options.target) {
    const emulator = await spawnOwnEmulator(options);
    return { emulator, close: () => emulator.close(), facts: ownTarget(emulator.url, options) };
  }
  if (options.bug.length > 0 || Object.keys(options.choice).length > 0) {
    throw new UserError(
      '--bug and --choice belong to the emulator: give them to the one at --target',
    );
  }
  const url = loopbackOrigin(options.target);
  await checkReachable(url);
  return {
    emulator: {
      url,
      controlUrl: options.control ? loopbackOrigin(options.control) : null,
      region: process.env.AWS_REGION ?? 'us-east-1',
      credentials: credentialsFromEnv(),
    },
    close: async () => {},
    facts: { url, kind: 'other endpoint', profile: 'unknown', bugs: [], choices: {} },
  };
}

/** The standard environment variables, or the keys that every emulator knows. */
function credentialsFromEnv(): LoadStage['emulator']['credentials'] {
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

/** Load goes to this machine only: nobody else's endpoint is put under load by mistake. */
function loopbackOrigin(text: string): string {
  const url = readUrl(text);
  if (!isLoopback(url)) {
    throw new UserError(
      `${url.hostname} is not on loopback: this version puts load on 127.0.0.1, localhost and [::1] only`,
    );
  }
  return url.origin;
}
