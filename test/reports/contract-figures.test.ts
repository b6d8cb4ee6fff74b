/** Counts say what they count. */

import {
  interactionsPassedSaid,
  interactionsSaid,
} from '../../reports/content/contract-figures.ts';
import type { InteractionResult } from '../../run/run.ts';

const one: InteractionResult = {
  description: 'one',
  pins: null,
  consumer: 'pass',
  provider: 'pass',
  detail: null,
  undocumented: null,
};
const tolerated: InteractionResult = { ...one, provider: null };
const failed: InteractionResult = { ...one, provider: 'fail' };

test.each([
  [[one, one], '2 interactions', '2 of 2 interactions pass'],
  [
    [one, failed, tolerated],
    '3 interactions, 2 of the 3 are in the pact',
    '2 of 3 interactions pass, 2 of the 3 are in the pact',
  ],
  [
    [one, tolerated],
    '2 interactions, 1 of the 2 is in the pact',
    '2 of 2 interactions pass, 1 of the 2 is in the pact',
  ],
])('interactions are counted, and those in the pact', (interactions, said, passed) => {
  expect(interactionsSaid(interactions)).toBe(said);
  expect(interactionsPassedSaid(interactions)).toBe(passed);
});
