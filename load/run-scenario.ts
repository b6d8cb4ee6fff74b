/** Runs one scenario on one engine, and audits it. */

import { join, resolve } from 'node:path';
import { type CorpusManifest, readPredictions } from '../generators/corpus.ts';
import { PACKAGE_ROOT } from '../package-root.ts';
import type { LoadResult, RunVerdict, ValidityResult } from '../reports/run.ts';
import { audit } from './audit.ts';
import type { Engine, EngineOutcome, EngineProgress } from './engines.ts';
import { FigureCounter, type Figures } from './figures.ts';
import { readHistory } from './history.ts';
import type { Attempt } from './history-line.ts';
import { readLedger } from './ledger.ts';
import { PROFILE_KEYS, type Profile, SCENARIOS, type ScenarioName } from './lib/profiles.ts';

export interface LoadTarget {
  readonly url: string;
  /** The emulator's control door; null for an endpoint that keeps no ledger. */
  readonly controlUrl: string | null;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface ScenarioRun {
  readonly scenario: ScenarioName;
  readonly engine: Engine;
  readonly target: LoadTarget;
  readonly corpusDir: string;
  readonly manifest: CorpusManifest;
  /** 8 characters that no other run has. */
  readonly runTag: string;
  /** Folder that gets the history. */
  readonly outDir: string;
  readonly profile?: Partial<Profile>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
}

/** Path of a scenario's script: TypeScript, in the published package too. */
export function scriptOf(scenario: ScenarioName): string {
  return join(PACKAGE_ROOT, 'load', 'scenarios', `${scenario}.ts`);
}

export async function runScenario(run: ScenarioRun): Promise<LoadResult> {
  const historyFile = join(run.outDir, `${run.scenario}.history.tsv`);
  const outcome = await run.engine.run({
    script: scriptOf(run.scenario),
    env: environment(run),
    historyFile,
    plannedMs: (run.profile?.seconds ?? SCENARIOS[run.scenario].profile.seconds) * 1_000,
    ...(run.signal ? { signal: run.signal } : {}),
    ...(run.onProgress ? { onProgress: run.onProgress } : {}),
  });
  const predictions = await readPredictions(run.corpusDir, run.manifest);
  const counter = new FigureCounter(outcome.startedAt, predictions);
  const audited = await audit({
    runTag: run.runTag,
    history: counting(readHistory(historyFile), counter),
    predictions,
    ledger: run.target.controlUrl ? readLedger(run.target.controlUrl) : null,
  });
  const figures = counter.figures();
  const validity = validityOf(outcome, figures);
  const reasons = reasonsToFail(outcome, figures, audited.invariants);
  return {
    scenario: run.scenario,
    verdict: verdictOf(reasons, figures, outcome),
    reasons,
    engine: { name: run.engine.name, version: run.engine.version },
    startedAt: new Date(outcome.startedAt).toISOString(),
    durationMs: outcome.durationMs,
    iterations: outcome.iterations,
    ...figures,
    thresholds: outcome.thresholds,
    checks: outcome.checks,
    validity,
    audit: audited,
  };
}

function environment({ target, manifest, corpusDir, runTag, profile }: ScenarioRun) {
  const env: Record<string, string> = {
    DIALPROOF_URL: target.url,
    DIALPROOF_INSTANCE: manifest.instanceId,
    DIALPROOF_RUN: runTag,
    // Absolute: scripts resolve a relative path against their own folder, as in k6.
    DIALPROOF_CORPUS: resolve(corpusDir, 'batches.bin'),
    DIALPROOF_CORPUS_BATCHES: String(manifest.batches),
    DIALPROOF_CORPUS_PER_BATCH: String(manifest.contactsPerBatch),
    DIALPROOF_CORPUS_RECORD_BYTES: String(manifest.recordBytes),
    AWS_REGION: target.region,
    AWS_ACCESS_KEY_ID: target.accessKeyId,
    AWS_SECRET_ACCESS_KEY: target.secretAccessKey,
    AWS_SESSION_TOKEN: target.sessionToken ?? '',
  };
  for (const key of PROFILE_KEYS) {
    const value = profile?.[key];
    if (value !== undefined) env[`DIALPROOF_${key.toUpperCase()}`] = String(value);
  }
  return env;
}

async function* counting(
  history: AsyncIterable<Attempt>,
  counter: FigureCounter,
): AsyncGenerator<Attempt> {
  for await (const attempt of history) {
    counter.add(attempt);
    yield attempt;
  }
}

/** Latencies are the generator's own, not the endpoint's, past these bounds. */
function validityOf(outcome: EngineOutcome, figures: Figures): ValidityResult {
  const { droppedIterations, latenessP99Ms, eventLoopDelayP99Ms } = outcome;
  const p99 = figures.latencyMs?.p99 ?? 0;
  const bound = Math.max(5, p99 / 10);
  const reasons: string[] = [];
  if (figures.requests === 0) reasons.push('there is no sample');
  if (outcome.interrupted) reasons.push('the run was interrupted');
  if (droppedIterations > 0) {
    reasons.push(`${droppedIterations} scheduled iterations were dropped for want of a free VU`);
  }
  const late = (name: string, value: number | null) => {
    if (value !== null && value > bound) {
      reasons.push(
        `${name} p99 was ${value.toFixed(1)} ms, over the ${bound.toFixed(1)} ms up to which the generator leaves latencies unspoilt`,
      );
    }
  };
  late('lateness', latenessP99Ms);
  late('event-loop delay', eventLoopDelayP99Ms);
  return { valid: reasons.length === 0, reasons, droppedIterations, latenessP99Ms };
}

function reasonsToFail(
  outcome: EngineOutcome,
  figures: Figures,
  invariants: LoadResult['audit']['invariants'],
): string[] {
  const reasons: string[] = [];
  for (const { name, verdict, violations, checked } of invariants) {
    if (verdict === 'violated') {
      reasons.push(`Invariant "${name}" is violated in ${violations} of ${checked} cases.`);
    }
  }
  for (const error of outcome.errors) reasons.push(`The script threw: ${error}`);
  if (figures.requests === 0) reasons.push('No request was made.');
  // An interrupted run cannot have met its floors; its other thresholds still count.
  for (const { metric, expression, ok, value } of outcome.thresholds) {
    if (ok || (outcome.interrupted && metric === 'batches_started')) continue;
    const found = value === null ? 'no sample' : String(Number(value.toFixed(3)));
    reasons.push(`Threshold ${metric} ${expression} failed: ${found}.`);
  }
  return reasons;
}

function verdictOf(reasons: string[], figures: Figures, outcome: EngineOutcome): RunVerdict {
  if (outcome.interrupted && (figures.requests === 0 || reasons.length === 0)) {
    return 'not exercised';
  }
  return reasons.length === 0 ? 'pass' : 'fail';
}
