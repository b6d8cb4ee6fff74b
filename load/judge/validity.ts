/** Judges whether load figures are valid. They are not if the generator was the limit. */

import type { ValidityResult } from '../../run/run.ts';
import type { Invalidity } from '../../run/statements/load.ts';
import type { EngineOutcome } from '../engines/engine.ts';

/** Delays below this bound, in milliseconds, are normal for a machine. */
const FLOOR_MS = 5;
/** The share of the measured p99, or of the objective, that the generator may have added. */
const SHARE = 0.1;
/** If the busy share is above this, due work waits for other work. */
const BUSY = 0.8;
/** In a shorter run, most of the work is that of starting. */
const BUSY_FROM_MS = 1_000;

/**
 * Judges the generator by how late it was, behind its schedule and in its event loop, and by how much of it
 * was in use.
 *
 * The generator may add up to a tenth of the measured p99 or of the objective to a response time,
 * whichever is more. For example, a run with 30 ms and an objective of 500 ms meets the objective with or without
 * the 20 ms by which its generator was late.
 *
 * @param measured.p99Ms the 99th percentile of the response times; null without a sample.
 * @param objectiveMs the response time that the scenario promises; null where it promises none.
 */
export function validityOf(
  outcome: Pick<
    EngineOutcome,
    | 'durationMs'
    | 'interrupted'
    | 'droppedIterations'
    | 'latenessP99Ms'
    | 'eventLoopDelayP99Ms'
    | 'busy'
    | 'errors'
  >,
  measured: { readonly requests: number; readonly p99Ms: number | null },
  objectiveMs: number | null,
): ValidityResult {
  const { droppedIterations, latenessP99Ms, eventLoopDelayP99Ms, busy, errors } = outcome;
  const { requests, p99Ms } = measured;
  const bound = Math.max(FLOOR_MS, SHARE * (p99Ms ?? 0), SHARE * (objectiveMs ?? 0));
  const reasons: Invalidity[] = [];
  if (requests === 0) reasons.push({ kind: 'no request' });
  if (outcome.interrupted) reasons.push({ kind: 'interrupted' });
  // After an interruption, the count of dropped iterations includes those that were not yet started.
  else if (droppedIterations > 0) {
    reasons.push({ kind: 'dropped', iterations: droppedIterations });
  }
  if (errors.length > 0) reasons.push({ kind: 'exceptions' });
  const late = (what: 'lateness' | 'event-loop delay', lateMs: number | null) => {
    if (lateMs !== null && lateMs > bound) {
      reasons.push({ kind: 'late', what, p99Ms: lateMs, boundMs: bound });
    }
  };
  late('lateness', latenessP99Ms);
  late('event-loop delay', eventLoopDelayP99Ms);
  if (busy && busy.share > BUSY && outcome.durationMs >= BUSY_FROM_MS) {
    reasons.push({ kind: 'busy', ...busy, bound: BUSY });
  }
  return {
    valid: reasons.length === 0,
    reasons,
    droppedIterations,
    latenessP99Ms,
    eventLoopDelayP99Ms,
    busy,
  };
}
