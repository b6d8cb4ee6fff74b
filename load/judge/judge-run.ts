/** What a finished run amounts to: its history audited, its figures, its verdict. */

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Predictions } from '../../generators/corpus.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import type { LoadResult, RunVerdict, ThresholdResult } from '../../run/run.ts';
import { audit } from '../audit/audit.ts';
import type { LedgerRow } from '../endpoint/ledger.ts';
import type { Engine, EngineOutcome } from '../engines/engine.ts';
import { readHistory } from '../history/history.ts';
import type { Attempt } from '../lib/history-line.ts';
import { FigureCounter, type Figures } from './figures.ts';
import { findingsOf } from './findings.ts';
import { validityOf } from './validity.ts';

export interface FinishedRun {
  readonly scenario: string;
  readonly engine: Pick<Engine, 'name' | 'version'>;
  readonly outcome: EngineOutcome;
  readonly historyFile: string;
  /** Null where the target keeps none that can be read. */
  readonly ledger: AsyncIterable<LedgerRow> | null;
  readonly quota: Quota;
  readonly predictions: Predictions;
  /** Whether something was sent that left no line in the history. */
  readonly cut: boolean;
  /** Why it fails whatever was measured. */
  readonly reasons: readonly string[];
  /** What was found out beside the history. */
  readonly findings: readonly string[];
}

export async function judgeRun(run: FinishedRun): Promise<LoadResult> {
  const { scenario, outcome, historyFile, quota, predictions } = run;
  const counter = new FigureCounter(outcome.startedAt, predictions);
  const { size } = await stat(historyFile);
  const audited = await audit({
    history: counting(readHistory(historyFile), counter),
    historyBytes: size,
    predictions,
    ledger: run.ledger,
    quota,
    cut: run.cut,
  });
  const figures = counter.figures();
  const open = outcome.interrupted ? outcome.thresholds.filter(leftOpen) : [];
  const thresholds = outcome.thresholds.filter((one) => !open.includes(one));
  const failed = [
    ...run.reasons,
    ...reasonsToFail({ ...outcome, thresholds }, figures, audited.invariants),
  ];
  const verdict = verdictOf(failed, figures, outcome);
  return {
    scenario,
    verdict,
    reasons: verdict === 'not exercised' && outcome.interrupted ? [INTERRUPTED] : failed,
    findings: [
      ...open.map((one) => `Not judged, for the run was interrupted: ${said(one)}.`),
      ...findingsOf(scenario, figures, counter.firsts, quota),
      ...untold(outcome, figures),
      ...(size > 0 && isUntold(outcome, figures)
        ? [`What it printed is in ${basename(historyFile)}.`]
        : []),
      ...run.findings,
      ...outcome.notes,
    ],
    engine: { name: run.engine.name, version: run.engine.version },
    startedAt: new Date(outcome.startedAt).toISOString(),
    durationMs: outcome.durationMs,
    iterations: outcome.iterations,
    ...figures,
    ...(isUntold(outcome, figures) ? { requests: outcome.requests } : {}),
    thresholds,
    checks: outcome.checks,
    validity: validityOf(outcome, figures, objectiveOf(outcome.thresholds)),
    audit: audited,
  };
}

const INTERRUPTED = 'It was interrupted before its end.';

/** What an interruption leaves open: a floor, a metric without samples, iterations that were yet to be begun. */
function leftOpen({ metric, expression, ok, value }: ThresholdResult): boolean {
  if (ok) return false;
  return value === null || metric === 'dropped_iterations' || /^\s*count\s*[>=]/.test(expression);
}

function said({ metric, expression, value }: ThresholdResult): string {
  return `${metric} ${expression} (${value === null ? 'no sample' : Number(value.toFixed(3))})`;
}

/** The strictest response time that the thresholds promise, in milliseconds. */
function objectiveOf(thresholds: readonly ThresholdResult[]): number | null {
  const promised = thresholds.flatMap(({ metric, expression }) => {
    const [, limit] = /<=?\s*([\d.]+)\s*(?:in every .*)?$/.exec(expression) ?? [];
    return metric.startsWith('http_req_duration') && limit ? [Number(limit)] : [];
  });
  return promised.length === 0 ? null : Math.min(...promised);
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
  reasons.push(...outcome.errors);
  if (isUntold(outcome, figures)) {
    if (outcome.thresholds.length === 0) {
      reasons.push('The script has no thresholds and leaves no history: nothing was judged.');
    }
  } else if (figures.requests === 0 && !outcome.interrupted) {
    reasons.push('No request was made.');
  }
  for (const { metric, expression, ok, value } of outcome.thresholds) {
    if (ok) continue;
    const found = value === null ? 'no sample' : String(Number(value.toFixed(3)));
    reasons.push(`Threshold ${metric} ${expression} failed: ${found}.`);
  }
  return reasons;
}

/** A plain script makes its requests without a line in the history. */
function isUntold({ requests }: EngineOutcome, figures: Figures): boolean {
  return figures.requests === 0 && requests > 0;
}

function untold(outcome: EngineOutcome, figures: Figures): string[] {
  if (!isUntold(outcome, figures)) return [];
  return [
    `The script left no history: its ${outcome.requests} requests were not audited, and their response times are in its thresholds only.`,
  ];
}

function verdictOf(
  reasons: readonly string[],
  figures: Figures,
  outcome: EngineOutcome,
): RunVerdict {
  if (isUntold(outcome, figures) && outcome.thresholds.length === 0 && reasons.length === 1) {
    return 'not exercised';
  }
  if (reasons.length > 0) return 'fail';
  return outcome.interrupted ? 'not exercised' : 'pass';
}
