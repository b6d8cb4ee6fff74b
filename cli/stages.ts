/** The stages of a run, each usable alone: target, contacts, contracts, load, reports. */

import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runContracts } from '../contracts/contracts.ts';
import { BUILT_IN_PLANS } from '../emulator/faults/built-in-plans.ts';
import { type FaultPlan, readFaultPlan } from '../emulator/faults/plan.ts';
import { UnavailableError, UserError } from '../errors.ts';
import { type CorpusManifest, writeCorpus } from '../generators/corpus.ts';
import { findBreakpoint } from '../load/breakpoint.ts';
import { embeddedEngine } from '../load/embedded.ts';
import { optionVariables } from '../load/engine/variables.ts';
import type { Engine } from '../load/engines.ts';
import { findK6 } from '../load/k6.ts';
import { type ProfileValues, SCENARIOS, type ScenarioName } from '../load/lib/profiles.ts';
import type { OutputChoices } from '../load/outputs/choices.ts';
import { withOutputs } from '../load/outputs/with-outputs.ts';
import {
  type LoadTarget,
  runScenario,
  type ScenarioRun,
  type Script,
  scriptOf,
} from '../load/run-scenario.ts';
import { workersEngine } from '../load/workers/engine.ts';
import { CHOICES, type Choices } from '../operation/choices.ts';
import { QUOTA } from '../operation/limits.ts';
import { DIALPROOF_VERSION, versionOf } from '../package-root.ts';
import { coverageSaid, driftSaid, mutationSaid } from '../reports/contract-figures.ts';
import type {
  ContactsResult,
  ContractsResult,
  LoadResult,
  Run,
  TargetFacts,
} from '../reports/run.ts';
import { judge, type Unjudged } from '../reports/verdict.ts';
import { writeReports } from '../reports/write.ts';
import type { ContactOptions } from './commands/contact-options.ts';
import { choiceArgs, type MisbehaviourOptions } from './commands/emulator-options.ts';
import type { FaultOption } from './commands/fault-option.ts';
import type { EngineOptions } from './commands/load-options.ts';
import { type EmulatorProcess, spawnEmulator } from './emulator-process.ts';
import { type Live, openLive } from './live/server.ts';
import { progressOf } from './load-progress.ts';
import type { Terminal } from './terminal.ts';

export interface Stage {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

export async function openFolder(out: string, id: string): Promise<string> {
  const dir = join(out, id);
  try {
    await mkdir(dir, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot write to ${out} (${code}): choose another folder with --out`);
  }
  return dir;
}

/** Start time and seed: unique and sortable. */
export function runId(startedAt: Date, seed: number): string {
  return `${startedAt.toISOString().replace(/[:.]/g, '-')}-s${seed}`;
}

export function spawnOwnEmulator(
  profile: 'aws' | 'stress',
  { bug, choice }: MisbehaviourOptions,
): Promise<EmulatorProcess> {
  return spawnEmulator([
    '--port',
    '0',
    '--profile',
    profile,
    ...bug.flatMap((name) => ['--bug', name]),
    ...choiceArgs(choice),
  ]);
}

export function ownTarget(
  url: string,
  options: MisbehaviourOptions & FaultOption,
  kind: EndpointKind = 'stress',
): TargetFacts {
  const { bug, choice } = options;
  const faults = faultsOf(kind, options);
  return {
    url,
    kind: 'embedded emulator',
    profile: profileOf(kind),
    bugs: bug,
    choices: { ...changed(choice), ...(faults && { faults: namesOf(faults) }) },
  };
}

function profileOf(kind: EndpointKind): 'aws' | 'stress' {
  return kind === 'aws' ? 'aws' : 'stress';
}

/** Those that were asked for, or the ones that an endpoint of this kind has by itself. */
export function faultsOf(kind: EndpointKind, { faults }: FaultOption): FaultPlan | undefined {
  return faults ?? (kind === 'faulty' ? readFaultPlan(BUILT_IN_PLANS.unreliable.plan) : undefined);
}

function namesOf({ faults }: FaultPlan): string {
  return faults.map(({ name }) => name).join(', ');
}

function changed(choice: Partial<Choices>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(choice)
      .filter(([name, value]) => CHOICES[name as keyof Choices].default !== value)
      .map(([name, value]) => [name, String(value)]),
  );
}

export async function makeContacts(
  { terminal, signal }: Stage,
  dir: string,
  options: ContactOptions,
): Promise<CorpusManifest> {
  return writeCorpus(dir, {
    ...options,
    signal,
    onProgress: (done) => terminal.progress(`contacts: ${done} of ${options.batches} batches`),
  });
}

export function contactsResult(manifest: CorpusManifest): ContactsResult {
  const { contacts, batches, contactsPerBatch, locales, predicted } = manifest;
  return { contacts, batches, contactsPerBatch, locales, predicted };
}

export async function checkContracts(
  { terminal, signal }: Stage,
  dir: string,
  emulator: Pick<EmulatorProcess, 'url' | 'controlUrl' | 'credentials'>,
): Promise<ContractsResult> {
  const { url, controlUrl, credentials } = emulator;
  return runContracts({
    pactDir: join(dir, 'pacts'),
    target: { url, controlUrl, ...credentials },
    signal,
    onProgress: (done, total, what) => terminal.progress(`contracts: ${done} of ${total}, ${what}`),
  });
}

/** A line each on coverage, mutation and drift, for what of them was done. */
export function contractLines({ coverage, mutation, drift }: ContractsResult): string[] {
  return [
    `coverage    ${coverageSaid(coverage)}`,
    ...(mutation ? [`mutation    ${mutationSaid(mutation)}`] : []),
    ...(drift ? [`drift       ${driftSaid(drift)}`] : []),
  ];
}

export async function chooseEngine(options: EngineOptions): Promise<Engine> {
  const { engine, k6, workers } = options;
  const outputs = await readyOutputs(options.output);
  if (engine === 'dialproof') {
    return withOutputs(workers === 1 ? embeddedEngine : workersEngine(workers), outputs);
  }
  if (workers > 1) {
    throw new UserError('--workers is for the embedded engine: k6 uses all cores by itself');
  }
  return findK6(k6, outputs);
}

/** Opens the page to watch on, where it was asked for, and says where it is. */
export async function liveFor(
  terminal: Terminal,
  { live: port, engine }: EngineOptions,
): Promise<Live | null> {
  if (port === undefined) return null;
  if (engine === 'k6') {
    throw new UserError('--live is for the embedded engine: k6 has K6_WEB_DASHBOARD=true');
  }
  const live = await openLive(port);
  terminal.warn(`live: ${live.url}`);
  return live;
}

/** Begins the file of samples, to which every script adds. */
async function readyOutputs(choices: OutputChoices): Promise<OutputChoices> {
  const { json } = choices;
  if (json === undefined) return choices;
  await writeFile(json, '').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot write ${json} (${error.code}): choose another --output json=FILE`);
  });
  return choices;
}

/** An endpoint to put load on. */
export interface LoadEndpoint
  extends Pick<EmulatorProcess, 'url' | 'region' | 'credentials'>,
    Pick<LoadTarget, 'controlUrl' | 'quota'> {
  /** The most requests a second that it may get; absent where there is no such cap. */
  readonly rps?: number;
}

/** Where each scenario goes: every one to the same endpoint, or each to an emulator of its kind. */
export type EndpointFor = (kind: EndpointKind) => Promise<LoadEndpoint>;

export type EndpointKind = (typeof SCENARIOS)[ScenarioName]['endpoint'];

/** Emulators of our own, of each kind one, started when it is first asked for. */
export class OwnEndpoints {
  readonly #options: MisbehaviourOptions & FaultOption;
  readonly #running = new Map<EndpointKind, Promise<EmulatorProcess>>();

  constructor(options: MisbehaviourOptions & FaultOption) {
    this.#options = options;
  }

  /** The emulator of a kind, its bucket full. */
  readonly endpointFor = async (kind: EndpointKind): Promise<LoadEndpoint & EmulatorProcess> => {
    const starting = this.#running.get(kind) ?? this.#start(kind);
    this.#running.set(kind, starting);
    const emulator = await starting;
    if (kind !== 'aws') return { ...emulator, quota: null };
    await control(emulator.controlUrl, '/bucket', { tokens: QUOTA.burst });
    // Refilled once a second, the bucket is not the one that the audit follows.
    const followed = (this.#options.choice.bucketRefill ?? 'continuous') === 'continuous';
    return { ...emulator, quota: followed ? QUOTA : null };
  };

  async #start(kind: EndpointKind): Promise<EmulatorProcess> {
    const emulator = await spawnOwnEmulator(profileOf(kind), this.#options);
    const faults = faultsOf(kind, this.#options);
    if (faults) await control(emulator.controlUrl, '/faults', faults);
    return emulator;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(async (one) => (await one).close()));
  }
}

async function control(controlUrl: string, path: string, value: unknown): Promise<void> {
  const answer = await fetch(controlUrl + path, { method: 'PUT', body: JSON.stringify(value) });
  if (!answer.ok) throw new Error(`the emulator refused ${path}: ${await answer.text()}`);
}

export interface LoadStage {
  readonly engine: Engine;
  readonly endpointFor: EndpointFor;
  readonly corpusDir: string;
  readonly manifest: CorpusManifest;
  readonly outDir: string;
  readonly loads: readonly Load[];
  /** Null where nobody watches in a browser. */
  readonly live: Live | null;
}

/** A script with what it is given. */
export interface Load {
  readonly script: Script;
  readonly endpoint: EndpointKind;
  readonly values: ProfileValues;
}

/** Scenarios of ours, each with the values that it takes. */
export function loadsOf(values: ReadonlyMap<ScenarioName, ProfileValues>): Load[] {
  return [...values].map(([scenario, own]) => ({
    script: scriptOf(scenario, own),
    endpoint: SCENARIOS[scenario].endpoint,
    values: own,
  }));
}

/** An endpoint as load scripts are told of it. */
export function targetOf({
  url,
  controlUrl,
  quota,
  region,
  credentials,
}: LoadEndpoint): LoadTarget {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials.principal;
  return {
    url,
    controlUrl,
    quota,
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
  };
}

/** Runs scripts one after the other; an interruption ends the one under way and skips the rest. */
export async function putLoad(
  { terminal, signal }: Stage,
  { engine, endpointFor, corpusDir, manifest, outDir, loads, live }: LoadStage,
): Promise<LoadResult[]> {
  const results: LoadResult[] = [];
  tellVariables(terminal);
  for (const { script, endpoint, values } of loads) {
    if (signal.aborted) break;
    const at = await endpointFor(endpoint);
    const line = progressOf(script.name);
    live?.begin(script.name);
    const run: ScenarioRun = {
      script,
      engine,
      target: targetOf(at),
      ...(at.rps === undefined ? {} : { rps: at.rps }),
      corpusDir,
      manifest,
      runTag: newRunTag(),
      outDir,
      values,
      signal,
      onProgress(progress) {
        terminal.progress(line(progress));
        live?.progress(progress);
      },
    };
    const result =
      script.path === scriptOf('breakpoint').path
        ? await findBreakpoint(run, newRunTag, ({ rate, why }) =>
            terminal.progress(`${script.name}: ${rate} batches a second, ${why ?? 'held'}`),
          )
        : await runScenario(run);
    results.push(result);
    live?.end(result);
    terminal.say(loadLine(terminal, result));
    for (const finding of result.findings) terminal.say(`       ${finding}`);
  }
  return results;
}

/** Options that nobody sees in the command. */
function tellVariables(terminal: Terminal): void {
  const names = Object.keys(optionVariables(process.env));
  if (names.length > 0) terminal.warn(`options from the environment: ${names.join(', ')}`);
}

export async function checkReachable(url: string): Promise<void> {
  try {
    // Any answer will do: an unsigned GET is refused, and that is an answer.
    await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
  } catch (error) {
    const cause = (error as Error & { cause?: { code?: string } }).cause?.code ?? String(error);
    throw new UnavailableError(
      `nothing answers at ${url} (${cause}): start it, or leave out --target to use the embedded emulator`,
    );
  }
}

/** Eight characters from time and chance: an endpoint that remembers tokens for days must not know it. */
export function newRunTag(): string {
  const time = Date.now().toString(36).slice(-6).padStart(6, '0');
  return (
    time +
    Math.floor(Math.random() * 1_296)
      .toString(36)
      .padStart(2, '0')
  );
}

function loadLine({ paint }: Terminal, result: LoadResult): string {
  const { scenario, verdict, requests, contacts, durationMs, audit } = result;
  const hold = audit.invariants.filter((invariant) => invariant.verdict === 'holds').length;
  return (
    `${mark(paint, verdict)} ${scenario.padEnd(11)} ${requests} requests, ${contacts} contacts in ` +
    `${(durationMs / 1_000).toFixed(1)} s, ${hold} of ${audit.invariants.length} invariants hold`
  );
}

export function mark(paint: Terminal['paint'], verdict: Run['verdict']): string {
  if (verdict === 'pass') return paint('green', 'pass');
  return verdict === 'fail' ? paint('red', 'FAIL') : paint('yellow', 'not exercised');
}

/** Tells how a run ended: its JSON, or the verdict with its reasons and where the report is. */
export function tellRun(terminal: Terminal, run: Run, html: string): void {
  if (terminal.json) {
    terminal.document(run);
    return;
  }
  terminal.say(`${mark(terminal.paint, run.verdict)}${run.interrupted ? ' (interrupted)' : ''}`);
  for (const reason of run.reasons) terminal.say(`  ${reason}`);
  terminal.say(`report: ${relative('', html)}`);
}

/** Judges a run, writes every report of it, and points `latest` at its folder. */
export async function reportRun(
  run: Omit<Unjudged, 'schema' | 'versions'>,
  engine: Pick<Engine, 'name' | 'version'>,
  out: string,
  dir: string,
): Promise<{ run: Run; html: string }> {
  const unjudged: Unjudged = { ...run, schema: 'dialproof-run/1', versions: versions(engine) };
  const judged: Run = { ...unjudged, ...judge(unjudged) };
  const { html } = await writeReports(judged, dir);
  const latest = join(out, 'latest');
  await rm(latest, { force: true, recursive: false });
  await symlink(relative(out, dir), latest);
  return { run: judged, html };
}

function versions(engine: Pick<Engine, 'name' | 'version'>): Record<string, string> {
  return {
    dialproof: DIALPROOF_VERSION,
    [engine.name === 'k6' ? 'k6' : 'embedded engine']: engine.version,
    node: process.versions.node,
    '@aws-sdk/client-connect': versionOf('@aws-sdk/client-connect'),
    '@pact-foundation/pact': versionOf('@pact-foundation/pact'),
    '@faker-js/faker': versionOf('@faker-js/faker'),
  };
}
