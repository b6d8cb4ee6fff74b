/** Whether a run is told to have caught its seeded bugs. */

import { BUG_CATCHERS } from '../../load/self-check/bug-catchers.ts';
import { seededBugs } from '../../load/self-check/seeded-bugs.ts';
import type { LoadResult } from '../../run/run.ts';
import { judge } from '../../run/verdict.ts';
import { failing, passing } from '../reports/samples.ts';

const [sample] = passing.load;
if (!sample) throw new Error('the sample has no load');

function replayThat(verdict: 'holds' | 'violated'): LoadResult {
  const invariants = [
    { name: 'replays are equal', verdict, statement: '', checked: 1, violations: 0, witnesses: [] },
  ] as unknown as LoadResult['audit']['invariants'];
  return {
    ...(sample as LoadResult),
    scenario: 'replay',
    audit: { ...(sample as LoadResult).audit, invariants },
  };
}

const caught = (load: LoadResult[], contracts = passing.contracts) =>
  seededBugs(['forgets-tokens', 'accepts-bad-signature', 'loses-at-crash'], { load, contracts });

test('a scenario catches its bug by its invariant, and says so only where it ran', () => {
  expect(caught([replayThat('violated')])[0]).toEqual({
    bug: 'forgets-tokens',
    meaning: 'a repeated ClientToken is treated as new, whatever its payload',
    catcher: { kind: 'scenario', scenario: 'replay', invariant: 'replays are equal' },
    caught: true,
  });
  expect(caught([replayThat('holds')])[0]?.caught).toBe(false);
  expect(caught([sample as LoadResult])[0]?.caught).toBeNull();
});

test('the contract catches its bug by the interaction that pins the error', () => {
  const { contracts } = passing;
  const catcher = BUG_CATCHERS['accepts-bad-signature'];
  const [contract] = contracts;
  if (!contract || catcher.kind !== 'contract') throw new Error('no contract');
  const [one] = contract.interactions;
  if (!one) throw new Error('no interaction');
  const pinnedBy = (provider: 'pass' | 'fail' | 'not exercised') => [
    { ...contract, interactions: [{ ...one, pins: catcher.pins, provider }] },
  ];
  const of = (contracts: typeof passing.contracts) => caught([], contracts)[1]?.caught;
  expect(of(pinnedBy('fail'))).toBe(true);
  expect(of(pinnedBy('pass'))).toBe(false);
  expect(of(pinnedBy('not exercised'))).toBeNull();
  expect(of([])).toBeNull();
  // Only the crash test can tell.
  expect(caught([], contracts)[2]?.caught).toBeNull();
});

test('a run that lets a bug pass which it is meant to catch fails', () => {
  const missed = caught([replayThat('holds')]);
  expect(judge({ ...passing, seededBugs: missed })).toEqual({
    verdict: 'fail',
    reasons: [
      { kind: 'bug missed', bug: 'forgets-tokens', catcher: BUG_CATCHERS['forgets-tokens'] },
    ],
  });
  expect(judge({ ...passing, seededBugs: failing.seededBugs }).verdict).toBe('pass');
});
