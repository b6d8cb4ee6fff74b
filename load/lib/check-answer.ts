/** Checks that several scenarios make of an answer. */

import { check } from 'k6';
import type { Answer } from './send.ts';

/** Of a batch that was sent once. */
export function checkAnswer(answer: Answer): void {
  check(answer, {
    'status is 200': ({ status }) => status === 200,
    'every item answered as predicted': ({ asPredicted }) => asPredicted,
  });
}

/** Of one batch that was sent several times. */
export function checkSameAnswers(answers: readonly Answer[]): void {
  const digest = answers[0]?.digest;
  check(answers, {
    'every status is 200': (all) => all.every(({ status }) => status === 200),
    'every answer is the first one': (all) => all.every((answer) => answer.digest === digest),
    'every item answered as predicted': (all) => all.every(({ asPredicted }) => asPredicted),
  });
}
