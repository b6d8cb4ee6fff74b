/** Counts say what they count. */

import {
  interactionsPassedSaid,
  interactionsSaid,
  unpinnedCells,
} from '../../reports/content/contract-figures.ts';
import type { CoverageCell, InteractionResult } from '../../run/run.ts';

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

it('puts cells with one account into one row, those without any first, and loses none', () => {
  const cell = (group: string, name: string, status: CoverageCell['status']): CoverageCell => ({
    ...{ group, name, status },
    by: status === 'pinned' ? ['an interaction'] : [],
    reason: status === 'not covered' ? 'no data provokes it' : null,
  });
  const cells = [
    cell('bound', 'id of 0', 'not covered'),
    cell('bound', 'id of 1', 'pinned'),
    cell('member', 'id absent', 'not covered'),
    cell('bound', 'id of 257', 'not covered'),
    cell('member', 'name absent', 'unaccounted'),
  ];
  expect(unpinnedCells(cells)).toEqual([
    {
      account: 'nothing accounts for it',
      ...{ status: 'unaccounted', cells: 1 },
      groups: [{ group: 'member', names: ['name absent'] }],
    },
    {
      account: 'no data provokes it',
      ...{ status: 'not covered', cells: 3 },
      groups: [
        { group: 'bound', names: ['id of 0', 'id of 257'] },
        { group: 'member', names: ['id absent'] },
      ],
    },
  ]);
});
