/** What a comparison says of two runs, and what it does not compare. */

import { limitsSaid } from '../../reports/english/changes.ts';
import { changes as readChanges } from '../../run/compare/changes.ts';
import { compareRuns, comparison, regressionsOf } from '../../run/compare/compare.ts';
import { isOfSameCommand } from '../../run/compare/conditions.ts';
import { lineOf, type RunLine } from '../../run/compare/line.ts';
import type { Run } from '../../run/run.ts';
import type { Change } from '../../run/statements/changes.ts';
import { judge } from '../../run/verdict.ts';
import { failing, passing, plain } from '../reports/samples.ts';

const before = lineOf(passing);
const later = (run: Run): RunLine =>
  lineOf({ ...run, id: `${run.id}-later`, startedAt: '2026-11-24T10:00:00.000Z' });
const changed = (change: Partial<Run>): RunLine => {
  const run = { ...passing, ...change };
  return later({ ...run, ...judge(run) });
};
const compared = (now: RunLine, then: RunLine = before) =>
  compareRuns([then], [now], 'the last run');
const kinds = (changes: readonly Change[]): string[] =>
  changes.map(({ kind, effect }) => `${effect}: ${kind}`);

it('nothing changed between equal runs', () => {
  const found = compared(later(passing));
  expect(found.changes).toEqual([]);
  expect(found.differences).toEqual([]);
  expect(found.notCompared).toEqual([]);
  expect(comparison(JSON.parse(JSON.stringify(found)), '')).toEqual(found);
});

it('a failing run after a passing one: new causes and verdicts, regressions first', () => {
  const { changes } = compared(later(failing));
  const effects = changes.map(({ effect }) => effect);
  const order = ['regression', 'change', 'improvement'];
  expect(effects).toEqual(effects.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  expect(kinds(changes)).toEqual(
    expect.arrayContaining([
      'regression: new cause',
      'regression: verdict',
      'regression: cells uncovered',
      'regression: mutation score',
      'regression: error new',
      'regression: undecided',
      'change: drift',
    ]),
  );
});

it('the other way round they are improvements', () => {
  const then = { ...lineOf(failing), selfChecks: null };
  const found = compareRuns([then], [later(passing)], 'the last run');
  expect(regressionsOf(found)).toEqual([]);
  expect(kinds(found.changes)).toEqual(
    expect.arrayContaining(['improvement: cause gone', 'improvement: verdict']),
  );
});

it('a part that is not there any more is a regression, a new one is not', () => {
  const without = changed({ campaigns: null });
  expect(compared(without).changes).toContainEqual({
    kind: 'part gone',
    effect: 'regression',
    part: 'campaigns',
    before: 'pass',
  });
  expect(kinds(compareRuns([without], [{ ...before, startedAt: '2027' }], 'x').changes)).toEqual([
    'change: part new',
  ]);
});

it('names interactions that are new or lost, and cells that nothing covers any more', () => {
  const [contract] = passing.contracts;
  if (!contract) throw new Error('the passing sample has a contract');
  const [first, ...rest] = contract.interactions;
  const renamed = [...rest, { ...(first ?? rest[0]), description: 'another' }] as typeof rest;
  const now = changed({ contracts: [{ ...contract, interactions: renamed }] });
  expect(compared(now).changes).toEqual([
    {
      kind: 'interactions gone',
      effect: 'regression',
      contract: 'BatchPutContact',
      interactions: ['a batch of one contact'],
    },
    {
      kind: 'interactions new',
      effect: 'change',
      contract: 'BatchPutContact',
      interactions: ['another'],
    },
  ]);
  const unnamed: RunLine = {
    ...before,
    contracts: before.contracts.map((one) => ({ ...one, names: null })),
  };
  expect(kinds(compared(now, unnamed).changes)).toEqual(['change: interactions other']);
});

it.each([
  [
    'predicted and not there any more',
    'INVALID_QUEUE',
    [],
    ['INVALID_QUEUE'],
    'regression: code gone',
  ],
  ['neither predicted nor there any more', 'INVALID_QUEUE', [], [], 'change: code gone'],
])('a failure code that was %s', (_, code, codes, predicted, kind) => {
  const only = (line: RunLine, change: object): RunLine => ({
    ...line,
    load: line.load.map((one) => ({ ...one, ...change })),
  });
  const then = only(before, { codes: [code] });
  const now = only(later(passing), { codes, predicted });
  expect(kinds(compared(now, then).changes)).toEqual([kind]);
});

it('a failure code that nobody predicted is a regression, a predicted one a change', () => {
  const [load] = passing.load;
  if (!load) throw new Error('the passing sample has load');
  const none = changed({ load: [{ ...load, predicted: {}, answered: { CREATED: 9 } }] });
  const some = (predicted: object): RunLine =>
    changed({ load: [{ ...load, predicted, answered: { CREATED: 9, INTERNAL_ERROR: 1 } }] });
  const codes = (now: RunLine) =>
    kinds(compareRuns([none], [{ ...now, startedAt: '2027' }], 'x').changes).filter((kind) =>
      kind.includes('code'),
    );
  expect(codes(some({}))).toEqual(['regression: code new']);
  expect(codes(some({ INTERNAL_ERROR: 1 }))).toEqual(['change: code new']);
});

it('counts are compared from a tenth on, and are never a regression', () => {
  const fewer = (factor: number): RunLine =>
    changed({ load: passing.load.map((one) => ({ ...one, requests: one.requests * factor })) });
  expect(compared(fewer(0.95)).changes).toEqual([]);
  expect(kinds(compared(fewer(0.5)).changes)).toEqual(['change: count', 'change: count']);
});

const another = (condition: keyof RunLine['conditions'], value: string | null): RunLine => ({
  ...changed({ load: passing.load.map((one) => ({ ...one, requests: 1 })) }),
  conditions: { ...before.conditions, [condition]: value },
});

it.each([
  ['host', ['timings']],
  ['node', ['timings']],
  ['engine', ['timings']],
  ['profile', ['timings', 'counts']],
  ['seed', ['timings', 'counts']],
  ['options', ['timings', 'counts']],
] as const)('another %s is named, and %j are not comparable', (condition, what) => {
  const found = compared(another(condition, 'another'));
  expect(found.differences).toEqual([
    { condition, before: before.conditions[condition], after: 'another' },
  ]);
  expect(found.notCompared).toEqual(what.map((one) => ({ what: one, because: [condition] })));
  const counted = found.changes.filter(({ kind }) => kind === 'count');
  expect(counted.length > 0).toBe(!(what as readonly string[]).includes('counts'));
});

it('a condition that an older version did not record is another one', () => {
  expect(compared(another('host', null)).notCompared).toEqual([
    { what: 'timings', because: ['host'] },
  ]);
});

it('options that change neither load nor duty are no condition', () => {
  const line = (command: string): string | null =>
    lineOf({ ...passing, origin: passing.origin && { ...passing.origin, command } }).conditions
      .options;
  const bare = line('dialproof run --rate 200');
  expect(line('dialproof run --rate 200 --seed 7 --out=x --json --bug drops-item')).toBe(bare);
  expect(line('dialproof run --live 4900 --rate 200')).toBe(bare);
  expect(line('dialproof run --rate 200 --live')).toBe(bare);
  expect(line('dialproof run --rate 201')).not.toBe(bare);
  expect(line('dialproof load run smoke --rate 200')).not.toBe(bare);
});

it('values of the configuration are options, and where a file is does not matter', () => {
  const line = (values: object, file = 'dialproof.config.json'): RunLine =>
    lineOf({ ...passing, configuration: { file, values: { ...values } } });
  const bare = line({ 'contacts.batches': 20 });
  expect(
    compared(line({ 'contacts.batches': 20, out: 'x' }, 'other.json'), bare).differences,
  ).toEqual([]);
  const found = compared(line({ 'contacts.batches': 30 }), bare);
  expect(found.differences).toMatchObject([{ condition: 'options' }]);
  expect(limitsSaid(found)).toEqual([
    'Not comparable: timings and counts, because of other options (contacts.batches=30, before contacts.batches=20).',
  ]);
});

it('a long value is cut where it is told', () => {
  const line = (instances: object): RunLine =>
    lineOf({ ...passing, configuration: { file: 'a.json', values: { instances } } });
  const [said = ''] = limitsSaid(compared(line([{ id: 'x'.repeat(99) }]), line([])));
  expect(said).toMatch(/other options \(instances=\[\{"id":"x+…, before instances=\[\]\)\.$/);
  expect(said.length).toBeLessThan(160);
});

it('of two commands only what differs is told', () => {
  const line = (command: string): RunLine =>
    lineOf({ ...passing, origin: passing.origin && { ...passing.origin, command } });
  const found = compared(line('dialproof run --rate 5 --vus 2'), line('dialproof run --vus 2'));
  expect(limitsSaid(found)).toEqual([
    'Not comparable: timings and counts, because of other options (--rate 5, before none).',
  ]);
  // The command stays that of its name, whatever the configuration adds.
  expect(
    isOfSameCommand(line('dialproof load run smoke'), {
      conditions: {
        ...line('').conditions,
        options: 'dialproof load run smoke -- contacts.batches=2',
      },
    }),
  ).toBe(true);
});

describe('timings', () => {
  const runs = (ms: number, n: number, change: Partial<RunLine> = {}): RunLine[] =>
    Array.from({ length: n }, (_, i) => ({
      ...before,
      ...change,
      id: `${ms}-${i}`,
      startedAt: `2026-11-2${change.startedAt ?? '3'}T10:00:0${i}.000Z`,
      load: before.load.map((one) => ({
        ...one,
        latencyMs: {
          min: ms + i / 100,
          p50: ms + 1 + i / 100,
          p90: 0,
          p95: ms + 2,
          p99: 0,
          max: 0,
        },
      })),
    }));
  const slower = (n: number, ms = 23) => compareRuns(runs(20, n), runs(ms, n), 'before');

  it('are not compared after one run, or four', () => {
    for (const n of [1, 4]) {
      expect(slower(n).changes).toEqual([]);
      expect(slower(n).timings).toMatchObject({ before: n, after: n, fewest: 5 });
    }
  });

  it('are compared after five, by ratio with its interval', () => {
    const [first] = slower(5).changes;
    expect(first).toMatchObject({ kind: 'timing', effect: 'regression', part: 'load steady' });
    if (first?.kind !== 'timing') throw new Error('no timing');
    expect(first.ratio).toBeCloseTo(1.15, 2);
    expect(first.low).toBeGreaterThan(1.05);
    expect(first.low).toBeLessThanOrEqual(first.ratio);
    expect(first.high).toBeGreaterThanOrEqual(first.ratio);
  });

  it('within the threshold they are no change', () => {
    expect(slower(8, 20.9).changes).toEqual([]);
  });

  it('of other conditions are left out, and said to be', () => {
    const elsewhere = runs(20, 5, { conditions: { ...before.conditions, host: 'another' } });
    const found = compareRuns(elsewhere, runs(23, 5), 'before');
    expect(found.timings).toMatchObject({ before: 0, after: 5, leftOut: 5 });
    expect(found.changes).toEqual([]);
    expect(found.notCompared).toEqual([{ what: 'timings', because: ['host'] }]);
  });

  it('of runs in which the load generator was the limit are left out', () => {
    const invalid = runs(23, 5).map((line) => ({
      ...line,
      load: line.load.map((one) => ({ ...one, valid: false })),
    }));
    expect(compareRuns(runs(20, 5), invalid, 'before').changes).toEqual([]);
  });
});

it('scripts of the user are compared too', () => {
  expect(compareRuns([lineOf(plain)], [later(plain)], 'x').changes).toEqual([]);
});

it('without runs there is nothing to compare', () => {
  expect(() => compareRuns([], [before], 'x')).toThrow(RangeError);
});

it('changes.json is refused where a comparison is not one', () => {
  const written = { schema: 'dialproof-changes/1', comparisons: [{}], missing: [] };
  expect(() => readChanges(written, '')).toThrow('comparisons[0].schema');
});
