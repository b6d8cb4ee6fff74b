/** Judges a finished run: audits its history, and computes its figures and its verdict. */

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Predictions } from '../../generators/corpus.ts';
import { DIAL_FAILURES, type DialFailureCode } from '../../operation/campaigns/failures.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import { dialLetterOf } from '../../operation/corpus/dial-record.ts';
import type { AuditResult, LoadAim, LoadResult, MetricResult } from '../../run/run.ts';
import type { Finding, LoadFault } from '../../run/statements/load.ts';
import { auditMeasuring } from '../audit/audit.ts';
import { anyMet } from '../endpoint/faults-met.ts';
import type { LedgerRow } from '../endpoint/ledger.ts';
import type { Engine, EngineOutcome, MeasuredThreshold } from '../engines/engine.ts';
import { readHistory } from '../history/history.ts';
import type { Attempt } from '../lib/history-line.ts';
import type { ScenarioRow } from '../lib/profiles.ts';
import type { PutLine } from '../lib/road-line.ts';
import { auditRoad, type RoadSources } from '../road/audit-road.ts';
import { readRoadHistory } from '../road/road-history.ts';
import { causeOf } from './cause.ts';
import { isFloor, isUnjudged } from './dependence.ts';
import { FigureCounter } from './figures.ts';
import { findingsOf } from './findings.ts';
import { validityOf } from './validity.ts';
import { judgementOf } from './verdict.ts';

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
  /** What it aimed at, over time; null or absent where the engine does not tell. */
  readonly aim?: LoadAim | null;
  /** What else was observed, if the script hands over dial requests; absent if it calls BatchPutContact. */
  readonly road?: Omit<RoadSources, 'lines'>;
}

const NO_PREDICTIONS: Predictions = { lettersOf: () => undefined };
const NO_REQUEST: LoadFault = { kind: 'no request' };

export async function judgeRun(run: FinishedRun): Promise<LoadResult> {
  const { scenario, row, outcome, historyFile, quota, predictions } = run;
  // The records of a road are no batches of contacts.
  const counter = new FigureCounter(outcome.startedAt, run.road ? NO_PREDICTIONS : predictions);
  const { size } = await stat(historyFile);
  const road = run.road ? await auditedRoad(historyFile, run.road, counter) : null;
  const { audit: audited, measured } = road
    ? { audit: road.audit, measured: null }
    : await auditMeasuring(
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
  const figures = { ...counter.figures(), ...(road ? { contacts: road.answered } : {}) };
  const history = row !== null || figures.requests > 0;
  const requests = figures.requests || outcome.requests;
  const validity = validityOf(
    outcome,
    { requests, p99Ms: figures.latencyMs?.p99 ?? slowOf(outcome) },
    objectiveOf(outcome.thresholds),
  );
  const open = outcome.interrupted ? outcome.thresholds.filter(leftOpen) : [];
  const thresholds = outcome.thresholds
    .filter((one) => !open.includes(one))
    .map((one) => ({ ...one, judged: !isUnjudged(one, outcome.metrics, validity) }));
  const told = outcome.failedAnswers.length > 0;
  const failedAnswers = told ? outcome.failedAnswers : counter.failedAnswers();
  const { verdict, reasons } = judgementOf({
    faults: run.reasons,
    underFaults: run.faults,
    errors: [
      ...outcome.errors,
      ...(history && requests === 0 && !outcome.interrupted ? [NO_REQUEST] : []),
    ],
    cause: causeOf({
      ...figures,
      row,
      history,
      // Those that the answers were counted of: a script may make requests that it leaves out of its history.
      requests: told ? outcome.requests : requests,
      failedAnswers,
      unansweredAtEnd: counter.unansweredAtEnd,
      faulty: run.findings.some((one) => one.kind === 'faults met' && anyMet(one.counts)),
    }),
    invariants: audited.invariants,
    thresholds,
    validity,
    judgeable: history || outcome.thresholds.length > 0,
    interrupted: outcome.interrupted,
  });
  return {
    scenario,
    verdict,
    reasons,
    findings: [
      ...open.map(({ metric, expression, value }) => ({
        kind: 'threshold open' as const,
        metric,
        expression,
        value,
      })),
      ...findingsOf(row, figures, counter.firsts, quota),
      ...(road ? [road.found] : []),
      ...(measured ? [{ kind: 'quota measured' as const, ...measured }] : []),
      ...(history || requests === 0 ? [] : [{ kind: 'no history' as const, requests }]),
      ...(size > 0 && !history ? [{ kind: 'printed' as const, file: basename(historyFile) }] : []),
      ...run.findings,
      ...outcome.notes,
    ],
    engine: { name: run.engine.name, version: run.engine.version },
    startedAt: new Date(outcome.startedAt).toISOString(),
    durationMs: outcome.durationMs,
    iterations: outcome.iterations,
    ...figures,
    aim: run.aim ?? null,
    history,
    requests,
    thresholds,
    checks: outcome.checks,
    metrics: metricsOf(outcome),
    failedAnswers,
    validity,
    audit: audited,
  };
}

async function auditedRoad(
  historyFile: string,
  sources: Omit<RoadSources, 'lines'>,
  counter: FigureCounter,
): Promise<{ readonly audit: AuditResult; readonly found: Finding; readonly answered: number }> {
  const { lines, cut } = await readRoadHistory(historyFile);
  let answered = 0;
  const accepted = new Set<string>();
  for (const line of lines) {
    if (line.kind !== 'put') continue;
    counter.add(attemptOf(line), dialCodes(line.letters));
    answered += line.letters === '-' ? 0 : line.letters.length;
    for (const id of line.ids) accepted.add(id);
  }
  const { contacts, dials } = sources;
  const made = contacts?.filter(({ requestIdentifier = '' }) => accepted.has(requestIdentifier));
  const dialled = dials?.filter(({ dialRequestId }) => accepted.has(dialRequestId));
  return {
    audit: auditRoad({ ...sources, lines, cut: sources.cut || cut }),
    found: {
      kind: 'road',
      accepted: accepted.size,
      contacts: made?.length ?? null,
      dialled: dialled ? new Set(dialled.map(({ contactId }) => contactId)).size : null,
    },
    answered,
  };
}

/** Failure codes of dial requests. */
function dialCodes(letters: string): Readonly<Record<string, number>> {
  const codes: Record<string, number> = {};
  for (const code of Object.keys(DIAL_FAILURES) as DialFailureCode[]) {
    const n = letters.split(dialLetterOf(code)).length - 1;
    if (n > 0) codes[code] = n;
  }
  return codes;
}

/** As far as figures go: its items are no contacts. */
function attemptOf({
  stamp,
  record,
  attempt,
  startMs,
  durationMs,
  status,
  error,
}: PutLine): Attempt {
  const index = Number(stamp.slice(stamp.indexOf('-') + 1));
  const call = { index, record, token: stamp, attempt, startMs, durationMs, status, error };
  return { ...call, letters: '-', digest: '-', places: '-' };
}

/** The highest percentile of the response times that the summary of a script has, in milliseconds. */
function slowOf({ metrics }: EngineOutcome): number | null {
  const { values } = metrics.http_req_duration ?? {};
  return values?.['p(99)'] ?? values?.['p(95)'] ?? values?.['p(90)'] ?? values?.med ?? null;
}

function metricsOf({ metrics }: EngineOutcome): MetricResult[] {
  return Object.entries(metrics).map(([name, { type, contains, values }]) => ({
    name,
    type,
    contains,
    values,
  }));
}

/** Whether an interruption may explain the miss: a floor, a metric without samples, or iterations not yet started. */
function leftOpen({ metric, promised, ok, value }: MeasuredThreshold): boolean {
  if (ok) return false;
  return value === null || metric === 'dropped_iterations' || isFloor(promised);
}

const CEILINGS = ['<', '<='];

/** The strictest response time that the thresholds promise, in milliseconds. */
function objectiveOf(thresholds: readonly MeasuredThreshold[]): number | null {
  const limits = thresholds.flatMap(({ metric, promised }) =>
    metric.startsWith('http_req_duration') && promised && CEILINGS.includes(promised.operator)
      ? [promised.limit]
      : [],
  );
  return limits.length === 0 ? null : Math.min(...limits);
}
