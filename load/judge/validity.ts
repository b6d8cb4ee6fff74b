/** Judges whether load figures are valid. They are not if the generator was the limit. */

import type { ValidityResult } from '../../run/run.ts';
import type { Invalidity } from '../../run/statements/load.ts';
import type { EngineOutcome } from '../engines/engine.ts';
import type { Figures } from './figures.ts';

/** Delays below it are the machine's ordinary ones, in milliseconds. */
const FLOOR_MS = 5;
/** The share of what is measured, or of the objective, that the generator may have added. */
const SHARE = 0.1;
/** Share of busy time above which due work waits for work that is under way. */
const BUSY = 0.8;

/**
 * Judges the generator by how late it was, behind its schedule and in its event loop, and by how much of it
 * was in use.
 *
 * What it adds to a response time is tolerable up to a tenth of the p99 measured, or of the objective,
 * whichever is more: a run that keeps 500 ms with 30 ms to its name keeps it with or without the 20 ms
 * that its generator was late.
 *
 * @param objectiveMs the response time that the scenario promises; null where it promises none.
 */
export function validityOf(
  outcome: Pick<
    EngineOutcome,
    | 'interrupted'
    | 'droppedIterations'
    | 'latenessP99Ms'
    | 'eventLoopDelayP99Ms'
    | 'busy'
    | 'errors'
  >,
  { requests, latencyMs }: Pick<Figures, 'requests' | 'latencyMs'>,
  objectiveMs: number | null,
): ValidityResult {
  const { droppedIterations, latenessP99Ms, eventLoopDelayP99Ms, busy, errors } = outcome;
  const bound = Math.max(FLOOR_MS, SHARE * (latencyMs?.p99 ?? 0), SHARE * (objectiveMs ?? 0));
  const reasons: Invalidity[] = [];
  if (requests === 0) reasons.push({ kind: 'no request' });
  if (outcome.interrupted) reasons.push({ kind: 'interrupted' });
  // What is yet to be begun at an interruption counts as dropped.
  else if (droppedIterations > 0) {
    reasons.push({ kind: 'dropped', iterations: droppedIterations });
  }
  if (errors.length > 0) reasons.push({ kind: 'exceptions' });
  const late = (what: 'lateness' | 'event-loop delay', p99Ms: number | null) => {
    if (p99Ms !== null && p99Ms > bound) {
      reasons.push({ kind: 'late', what, p99Ms, boundMs: bound });
    }
  };
  late('lateness', latenessP99Ms);
  late('event-loop delay', eventLoopDelayP99Ms);
  if (busy && busy.share > BUSY) {
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
