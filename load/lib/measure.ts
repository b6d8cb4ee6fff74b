/** Counters of a scenario: one per verdict, made from the table, and the floors of a run. */

import { Counter, Rate } from 'k6/metrics';
import {
  VERDICT_LETTERS,
  VERDICTS,
  type Verdict,
} from '../../operation/connect/batch-put-contact/decide.ts';
import { countLetters } from '../../operation/connect/batch-put-contact/outcome.ts';

/** Name of the counter of a verdict, such as `verdict_invalid_queue`. */
export function verdictMetric(verdict: Verdict): string {
  return `verdict_${verdict.toLowerCase()}`;
}

/** Verdict letter -> its counter. */
const verdicts = new Map(
  VERDICTS.map((verdict, i) => [VERDICT_LETTERS.charAt(i), new Counter(verdictMetric(verdict))]),
);
const asPredicted = new Rate('verdict_as_predicted');
const started = new Counter('batches_started');
const completed = new Rate('iteration_ok');

export function countOutcome(letters: string, isAsPredicted: boolean): void {
  for (const [letter, count] of countLetters(letters)) verdicts.get(letter)?.add(count);
  countPrediction(isAsPredicted);
}

export function countPrediction(isAsPredicted: boolean): void {
  asPredicted.add(isAsPredicted);
}

/**
 * Wraps an iteration so that an exception in it is noticed. k6 itself passes such a run.
 *
 * @param iteration gets what `setup` returned.
 */
export function counted<Data>(
  iteration: (data: Data) => Promise<void>,
): (data: Data) => Promise<void> {
  return async (data) => {
    started.add(1);
    let ok = false;
    try {
      await iteration(data);
      ok = true;
    } finally {
      completed.add(ok);
    }
  };
}
