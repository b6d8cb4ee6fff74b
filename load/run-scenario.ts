/** Runs one scenario on one engine, and audits it. */

import { stat, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Quota } from '../emulator/throttle.ts';
import { type CorpusManifest, readPredictions } from '../generators/corpus.ts';
import { PACKAGE_ROOT } from '../package-root.ts';
import type { LoadResult, RunVerdict, ThresholdResult } from '../reports/run.ts';
import { audit } from './audit/audit.ts';
import { endpointFigures, endpointFinding } from './endpoint-figures.ts';
import type { Engine, EngineOutcome, EngineProgress } from './engines.ts';
import { FigureCounter, type Figures } from './figures.ts';
import { findingsOf } from './findings.ts';
import { readHistory } from './history.ts';
import type { Attempt } from './history-line.ts';
import { readLedger } from './ledger.ts';
import { envNameOf, type ProfileValues, SCENARIOS, type ScenarioName } from './lib/profiles.ts';
import { validityOf } from './validity.ts';

export interface LoadTarget {
  readonly url: string;
  /** The emulator's control door; null for an endpoint that keeps no ledger. */
  readonly controlUrl: string | null;
  /** Null where it has none, or none is known. */
  readonly quota: Quota;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A script that can be put on an endpoint: a scenario of ours, or one of the user's own. */
export interface Script {
  /** What it is called in reports and file names. */
  readonly name: string;
  readonly path: string;
  /** Seconds that it is planned to take; null where that is not known. */
  readonly seconds: number | null;
}

export interface ScenarioRun {
  readonly script: Script;
  readonly engine: Engine;
  readonly target: LoadTarget;
  readonly corpusDir: string;
  readonly manifest: CorpusManifest;
  /** 8 characters that no other run has. */
  readonly runTag: string;
  /** Folder that gets the history. */
  readonly outDir: string;
  /** Profile values other than the script's own. */
  readonly values: ProfileValues;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
}

/** A scenario of ours; TypeScript, in the published package too. */
export function scriptOf(scenario: ScenarioName, values: ProfileValues = {}): Script {
  const profile: ProfileValues = { ...SCENARIOS[scenario].profile, ...values };
  const path = join(PACKAGE_ROOT, 'load', 'scenarios', `${scenario}.ts`);
  return { name: scenario, path, seconds: profile.seconds ?? 0 };
}

/** A user's own script, .ts or .js. */
export function ownScript(path: string): Script {
  return { name: basename(path, extname(path)), path: resolve(path), seconds: null };
}

/** An engine that says nothing for so long hangs: a day, where nothing is known of the script. */
const UNKNOWN_SECONDS = 86_400;

export async function runScenario(run: ScenarioRun): Promise<LoadResult> {
  const { script, target } = run;
  const historyFile = join(run.outDir, `${script.name}.history.tsv`);
  // There also where the engine ends before its first line.
  await writeFile(historyFile, '');
  const { controlUrl } = target;
  const before = controlUrl ? await endpointFigures(controlUrl) : null;
  const outcome = await run.engine.run({
    script: script.path,
    env: environment(run),
    historyFile,
    plannedMs: (script.seconds ?? UNKNOWN_SECONDS) * 1_000,
    ...(run.signal ? { signal: run.signal } : {}),
    ...(run.onProgress ? { onProgress: run.onProgress } : {}),
  });
  const after = controlUrl ? await endpointFigures(controlUrl) : null;
  const predictions = await readPredictions(run.corpusDir, run.manifest);
  const counter = new FigureCounter(outcome.startedAt, predictions);
  const audited = await audit({
    history: counting(readHistory(historyFile), counter),
    historyBytes: (await stat(historyFile)).size,
    predictions,
    ledger: controlUrl ? readLedger(controlUrl) : null,
    quota: target.quota,
    cut: outcome.cutIterations > 0,
  });
  const figures = counter.figures();
  const reasons = reasonsToFail(outcome, figures, audited.invariants);
  return {
    scenario: script.name,
    verdict: verdictOf(reasons, figures, outcome),
    reasons,
    findings: [
      ...findingsOf(script.name, figures, outcome.iterations, target.quota),
      ...(before && after ? [endpointFinding(before, after)] : []),
    ],
    engine: { name: run.engine.name, version: run.engine.version },
    startedAt: new Date(outcome.startedAt).toISOString(),
    durationMs: outcome.durationMs,
    iterations: outcome.iterations,
    ...figures,
    thresholds: outcome.thresholds,
    checks: outcome.checks,
    validity: validityOf(outcome, figures, objectiveOf(outcome.thresholds)),
    audit: audited,
  };
}

/** The strictest response time that the thresholds promise, in milliseconds. */
function objectiveOf(thresholds: readonly ThresholdResult[]): number | null {
  const promised = thresholds.flatMap(({ metric, expression }) => {
    const [, limit] = /<=?\s*([\d.]+)\s*$/.exec(expression) ?? [];
    return metric.startsWith('http_req_duration') && limit ? [Number(limit)] : [];
  });
  return promised.length === 0 ? null : Math.min(...promised);
}

function environment({ target, manifest, corpusDir, runTag, values }: ScenarioRun) {
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
  for (const [key, value] of Object.entries(values)) env[envNameOf(key)] = String(value);
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
