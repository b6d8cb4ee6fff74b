/** Decides which thresholds depend on figures that are not valid. */

import type { MetricResult, ValidityResult } from '../../run/run.ts';
import type { Invalidity } from '../../run/statements/load.ts';
import { isKeptByAll } from '../engine/metrics/expression.ts';
import { type MeasuredThreshold, STARTED_METRIC } from '../engines/engine.ts';

/** Ways in which the load generator was the limit. */
const LIMITS: readonly Invalidity['kind'][] = ['dropped', 'late', 'busy'];

/** The reasons for which the figures are not valid, as far as the load generator was the limit. */
export function limitsOf({ reasons }: ValidityResult): Invalidity[] {
  return reasons.filter(({ kind }) => LIMITS.includes(kind));
}

/**
 * Whether a threshold cannot be judged. Response times, rates and dropped iterations depend on the load generator.
 * Checks, shares and counts do not.
 */
export function isUnjudged(
  { metric, promised, ok, value }: MeasuredThreshold,
  metrics: Readonly<Record<string, Pick<MetricResult, 'type'>>>,
  validity: ValidityResult,
): boolean {
  const limits = limitsOf(validity);
  if (limits.length === 0) return false;
  const { droppedIterations: dropped } = validity;
  const [name = ''] = metric.split('{', 1);
  const type = metrics[metric]?.type;
  if (name === 'dropped_iterations') return !ok;
  if (promised && isKeptByAll(promised)) return false;
  if (type === 'trend') return limits.some(({ kind }) => distorts(kind, ok, validity));
  if (type === 'counter' && promised?.aggregate === 'rate') return true;
  return (
    !ok && dropped > 0 && isFloor(promised) && isExplained(name, promised?.limit, value, dropped)
  );
}

/** Whether a response time may owe it to the load generator that it keeps or misses a threshold. */
function distorts(
  kind: Invalidity['kind'],
  ok: boolean,
  { eventLoopDelayP99Ms }: ValidityResult,
): boolean {
  // Dropped iterations make the load smaller. They do not make an answer slower.
  if (kind === 'dropped') return ok;
  // Where it is measured what a busy generator adds to a response time, this is judged as delay.
  return kind === 'late' || eventLoopDelayP99Ms === null;
}

/** Operators of a threshold that a rising count can still meet. */
const FLOORS = ['>', '>=', '==', '==='];

/** Whether a threshold asks for a count that more iterations could reach. */
export function isFloor(promised: MeasuredThreshold['promised']): boolean {
  return promised?.aggregate === 'count' && FLOORS.includes(promised.operator);
}

/** Whether a count may have missed its floor because of dropped iterations. */
function isExplained(name: string, limit = 0, value: number | null, dropped: number): boolean {
  // Each iteration adds one to these. What an iteration adds to other counts is not known.
  const perIteration = name === 'iterations' || name === STARTED_METRIC;
  return !perIteration || (value ?? 0) + dropped >= limit;
}
