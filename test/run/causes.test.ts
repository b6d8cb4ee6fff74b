/** One seeded bug is one cause, two are two: by recorded runs, of which `npm run record-bugs` keeps what failed. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { causesByPlace, causesOf, causesOfSigns } from '../../run/causes/causes.ts';
import { classesOf } from '../../run/causes/coverage.ts';
import { type Sign, signsOf } from '../../run/causes/signs.ts';
import { readRun } from '../../run/json.ts';
import type { Run } from '../../run/run.ts';
import { failing, passing, SAMPLES } from '../reports/samples.ts';

const recorded = JSON.parse(readFileSync(join(__dirname, 'bug-runs.json'), 'utf8')) as Record<
  string,
  unknown
>;
const RUNS: ReadonlyMap<string, Run> = new Map(
  Object.entries(recorded).map(([bugs, run]) => [bugs, readRun(JSON.stringify(run), bugs)]),
);
const SINGLES = [...RUNS.keys()].filter((bugs) => !bugs.includes('+'));
const PAIRS = [...RUNS.keys()].filter((bugs) => bugs.includes('+'));

const runOf = (bugs: string): Run => RUNS.get(bugs) as Run;
const idsOf = (bugs: string): string[] => causesOf(runOf(bugs)).map(({ id }) => id);

it('there is a run for each bug that a run can show, and for five pairs', () => {
  expect(SINGLES).toHaveLength(19);
  expect(PAIRS).toHaveLength(5);
});

it.each(SINGLES)('%s is one cause', (bug) => {
  expect(idsOf(bug)).toHaveLength(1);
});

it.each(PAIRS)('%s are two causes, those of each alone', (bugs) => {
  const [one = '', other = ''] = bugs.split(' + ');
  expect(idsOf(bugs).toSorted()).toEqual([...idsOf(one), ...idsOf(other)].toSorted());
});

/** Pairs of which one bug hides the other, or breaks the same rule: nothing that a client sees tells them apart. */
const HIDDEN = [
  'forgets-tokens + races-duplicates',
  'forgets-tokens + replay-new-ids',
  'forgets-tokens + refuses-replays',
  'races-duplicates + replay-new-ids',
  'races-duplicates + refuses-replays',
  'replay-new-ids + answers-twice',
  'replay-new-ids + refuses-replays',
  'replay-new-ids + loses-acknowledged',
  'swaps-identifiers + drops-item',
  'swaps-identifiers + answers-twice',
  'swaps-identifiers + loses-acknowledged',
  'counts-items + shared-bucket',
  'reuses-contact-ids + swaps-stored-identifiers',
];

it('the failures of any two bugs together have two causes, but for pairs of which one hides the other', () => {
  const found: Record<number, string[]> = {};
  const signs = new Map(SINGLES.map((bug) => [bug, signsOf(runOf(bug))]));
  const both = (...bugs: string[]): Sign[] => bugs.flatMap((bug) => signs.get(bug) ?? []);
  for (const [i, one] of SINGLES.entries()) {
    for (const other of SINGLES.slice(i + 1)) {
      const n = causesOfSigns(both(one, other)).length;
      found[n] = [...(found[n] ?? []), `${one} + ${other}`];
    }
  }
  expect(Object.keys(found)).toEqual(['1', '2']);
  expect(found[1]?.toSorted()).toEqual(HIDDEN.toSorted());
});

it('the words of a report change no cause', () => {
  const [contract] = failing.contracts;
  const reworded: Run = {
    ...failing,
    reasons: [],
    contracts: failing.contracts.map((one) => ({
      ...one,
      interactions: one.interactions.map((each) =>
        each.detail?.kind === 'differences'
          ? {
              ...each,
              detail: {
                ...each.detail,
                differences: each.detail.differences.map(({ where }) => ({ where, text: 'other' })),
              },
            }
          : each,
      ),
    })),
  };
  expect(contract).toBeDefined();
  expect(causesOf(reworded)).toEqual(causesOf(failing));
});

it('every failure has a cause, and a run that passes has none', () => {
  expect(causesOf(passing)).toEqual([]);
  for (const run of [...Object.values(SAMPLES), ...RUNS.values()]) {
    const byPlace = causesByPlace(causesOf(run));
    for (const { place } of signsOf(run)) expect(byPlace.has(place)).toBe(true);
    expect(causesOf(run).length > 0).toBe(run.verdict === 'fail');
  }
});

it('ids are unique, and have the parts of the cause', () => {
  const ids = causesOf(failing).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(idsOf('forgets-tokens')).toEqual([
    'invariant/BatchPutContact/replays-are-equal/ClientToken',
  ]);
});

it('a load run of which nothing was understood is one cause, whatever else it shows', () => {
  const [load] = failing.load.slice(1);
  if (!load) throw new Error('the failing sample has a second scenario');
  const refused: Run = {
    ...passing,
    verdict: 'fail',
    load: [
      {
        ...load,
        reasons: [
          {
            kind: 'all refused',
            requests: 9,
            status: 403,
            error: 'InvalidSignatureException',
            count: 9,
            remedy: 'credentials',
          },
        ],
      },
    ],
  };
  expect(causesOf(refused).map(({ id }) => id)).toEqual([
    'load/BatchPutContact/InvalidSignatureException',
  ]);
});

it('thousands of causes are of few classes, and one that explains them all is the only one', () => {
  const missing = (i: number): Sign => ({
    place: `interaction ${i}`,
    sign: 'contract: results',
    cause: { kind: 'contract', operation: 'BatchPutContact', broken: `200 ${i}`, member: null },
    scenario: null,
    count: 1,
  });
  const signs = Array.from({ length: 4_000 }, (_, i) => missing(i));
  expect(classesOf(signs).size).toBe(1);
  expect(causesOfSigns(signs)).toHaveLength(4_000);
  const cause = { kind: 'invariant', operation: null, broken: 'kept', member: null } as const;
  const lost: Sign = { place: 'audit', sign: 'not kept', cause, scenario: 'smoke', count: 1 };
  const [found, ...others] = causesOfSigns([...signs, lost]);
  expect(others).toEqual([]);
  expect(found?.id).toBe('invariant/kept');
  expect(found?.places).toHaveLength(4_001);
});
