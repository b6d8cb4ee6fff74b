/** The checks of a batch that was sent once. */

import { check } from 'k6';
import type { StampedBatch } from './corpus.ts';
import type { Answer } from './send.ts';

export function checkAnswer(answer: Answer, { predicted }: StampedBatch): void {
  check(answer, {
    'status is 200': ({ status }) => status === 200,
    'every item answered as predicted': ({ outcome }) => outcome?.letters === predicted,
  });
}
