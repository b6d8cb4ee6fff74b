/** Judges a finished run: audits its history, and computes its figures and its verdict. */

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Predictions } from '../../generators/corpus.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import type { LoadResult, RunVerdict, ThresholdResult } from '../../run/run.ts';
import type { Finding, LoadFault } from '../../run/statements/load.ts';
import { auditMeasuring } from '../audit/audit.ts';
import type { LedgerRow } from '../endpoint/ledger.ts';
import type { Engine, EngineOutcome } from '../engines/engine.ts';
import { readHistory } from '../history/history.ts';
import type { ScenarioRow } from '../lib/profiles.ts';
import { FigureCounter, type Figures } from './figures.ts';
import { findingsOf } from './findings.ts';
import { validityOf } from './validity.ts';

export interface FinishedRun {
  /** Name of the script. */
  readonly scenario: string;
  /** Null for a script of the user's own. */
  readonly row: ScenarioRow | null;
  readonly engine: Pick<Engine, 'name' | 'version'>;
  readonly outcome: EngineOutcome;
  readonly historyFile: string;
  /** Null if the target has no ledger that can be read. */
  readonly ledger: AsyncIterable<LedgerRow> | null;
  /** The ledger as it was before the run; null or absent if it was not read. */
  readonly ledgerBefore?: AsyncIterable<LedgerRow> | null;
  readonly quota: Quota;
  /** How long the target remembers a ClientToken; null or absent if it is not known. */
  readonly tokenLifetimeSeconds?: number | null;
  readonly predictions: Predictions;
  /** Whether something was sent that left no line in the history. */
  readonly cut: boolean;
  /** Reasons for which the run fails, independent of the figures. */
  readonly reasons: readonly LoadFault[];
  /** Names of the faults that the run met. Missed thresholds are attributed to them. */
  readonly faults: readonly string[];
  /** Findings that do not come from the history. */
  readonly findings: readonly Finding[];
}

export async function judgeRun(run: FinishedRun): Promise<LoadResult> {
  const { scenario, row, outcome, historyFile, quota, predictions } = run;
  const counter = new FigureCounter(outcome.startedAt, predictions);
  const { size } = await stat(historyFile);
  const { audit: audited, measured } = await auditMeasuring(
    {
      history: readHistory(historyFile, (attempt) => counter.add(attempt)),
      historyBytes: size,
      predictions,
      ledger: run.ledger,
      before: run.ledgerBefore ?? null,
      quota,
      tokenLifetimeSeconds: run.tokenLifetimeSeconds ?? null,
      cut: run.cut,
    },
    row?.measuresQuota === true,
  );
  const figures = counter.figures();
  const open = outcome.interrupted ? outcome.thresholds.filter(leftOpen) : [];
  const thresholds = outcome.thresholds.filter((one) => !open.includes(one));
  const failed = [
    ...run.reasons,
    ...reasonsToFail({ ...outcome, thresholds }, figures, audited.invariants, run.faults),
  ];
  const verdict = verdictOf(failed, outcome);
  return {
    scenario,
    verdict,
    reasons:
      verdict === 'not exercised' && outcome.interrupted ? [{ kind: 'interrupted' }] : failed,
    findings: [
      ...open.map(({ metric, expression, value }) => ({
        kind: 'threshold open' as const,
        metric,
        expression,
        value,
      })),
      ...findingsOf(row, figures, counter.firsts, quota),
      ...(measured ? [{ kind: 'quota measured' as const, ...measured }] : []),
      ...untold(outcome, figures),
      ...(size > 0 && isUntold(outcome, figures)
        ? [{ kind: 'printed' as const, file: basename(historyFile) }]
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

/** Whether an interruption may explain the miss: a floor, a metric without samples, or iterations not yet started. */
function leftOpen({ metric, promised, ok, value }: ThresholdResult): boolean {
  if (ok) return false;
  return value === null || metric === 'dropped_iterations' || isFloor(promised);
}

/** Operators of a threshold that a rising count can still meet. */
const FLOORS = ['>', '>=', '==', '==='];

function isFloor(promised: ThresholdResult['promised']): boolean {
  return promised?.aggregate === 'count' && FLOORS.includes(promised.operator);
}

const CEILINGS = ['<', '<='];

/** The strictest response time that the thresholds promise, in milliseconds. */
function objectiveOf(thresholds: readonly ThresholdResult[]): number | null {
  const limits = thresholds.flatMap(({ metric, promised }) =>
    metric.startsWith('http_req_duration') && promised && CEILINGS.includes(promised.operator)
      ? [promised.limit]
      : [],
  );
  return limits.length === 0 ? null : Math.min(...limits);
}

function reasonsToFail(
  outcome: EngineOutcome,
  figures: Figures,
  invariants: LoadResult['audit']['invariants'],
  faults: readonly string[],
): LoadFault[] {
  const reasons: LoadFault[] = [];
  for (const { name, verdict, violations, checked } of invariants) {
    if (verdict === 'violated') {
      reasons.push({ kind: 'invariant violated', invariant: name, violations, checked });
    }
  }
  reasons.push(...outcome.errors);
  if (isUntold(outcome, figures)) {
    if (outcome.thresholds.length === 0) {
      reasons.push({ kind: 'nothing judged' });
    }
  } else if (figures.requests === 0 && !outcome.interrupted) {
    reasons.push({ kind: 'no request' });
  }
  for (const { metric, expression, ok, value } of outcome.thresholds) {
    if (ok) continue;
    const missed = { metric, expression, value };
    reasons.push(
      faults.length > 0
        ? { kind: 'missed under faults', ...missed, faults }
        : { kind: 'threshold missed', ...missed },
    );
  }
  return reasons;
}

/** Whether the script made requests but wrote no line to the history. Plain scripts do this. */
function isUntold({ requests }: EngineOutcome, figures: Figures): boolean {
  return figures.requests === 0 && requests > 0;
}

function untold(outcome: EngineOutcome, figures: Figures): Finding[] {
  const { requests } = outcome;
  return isUntold(outcome, figures) ? [{ kind: 'no history', requests }] : [];
}

/** Reasons that say what was not exercised. They are no failures. */
const UNEXERCISED: readonly LoadFault['kind'][] = [
  'nothing judged',
  'burst not sent',
  'codes missing',
];

function verdictOf(reasons: readonly LoadFault[], { interrupted }: EngineOutcome): RunVerdict {
  if (reasons.some(({ kind }) => !UNEXERCISED.includes(kind))) return 'fail';
  return interrupted || reasons.length > 0 ? 'not exercised' : 'pass';
}
