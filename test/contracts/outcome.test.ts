/** What a verification comes to: what it requires, what is accepted, and when it shows nothing. */

import type { Group } from '../../contracts/agreement/interaction.ts';
import { breachRows, outcomeOf } from '../../contracts/provider/outcome.ts';
import type { Verified } from '../../contracts/provider/verify.ts';
import type { Mark } from '../../operation/aws/provenance.ts';

const observed = (status: number) => ({
  answer: { status, headers: {}, body: Buffer.alloc(0) },
  breaches: [],
});

const row = (
  description: string,
  mark: Mark,
  verdict: Verified['verdict'],
  more: Partial<Verified> & { readonly group?: Group } = {},
): Verified => ({
  description,
  verdict,
  detail: null,
  written: {
    group: more.group ?? 'results',
    mark,
    choice: null,
    claims: [{ what: `what is ${mark}`, mark, source: 'a source' }],
  },
  observed: observed(200),
  ...more,
});

const good = row('good', 'documented', 'pass');
const ALL = { choices: {} };

test.each<[string, Verified[], string]>([
  ['what is required passes', [good], 'pass'],
  ['something documented fails', [good, row('bad', 'documented', 'fail')], 'fail'],
  ['something inferred fails', [good, row('bad', 'inferred', 'fail')], 'fail'],
  ['only something assumed fails', [good, row('bad', 'assumed', 'fail')], 'pass'],
  [
    'a state was refused',
    [
      good,
      row('not', 'documented', 'not exercised', {
        detail: { kind: 'state refused', state: 's', why: 'w' },
      }),
    ],
    'not exercised',
  ],
  [
    'no state can be set',
    [
      good,
      row('not', 'documented', 'not exercised', {
        detail: { kind: 'nothing sets states', states: ['s'] },
      }),
    ],
    'pass',
  ],
  [
    'only refusals were verified',
    [row('403', 'documented', 'pass', { group: 'callers', observed: observed(403) })],
    'not exercised',
  ],
  [
    'only a failure code was verified',
    [row('code', 'documented', 'pass', { group: 'codes' })],
    'pass',
  ],
  ['nothing was verified', [], 'not exercised'],
])('if %s', (_, rows, verdict) => {
  expect(outcomeOf(rows, ALL, []).verdict).toBe(verdict);
});

test('--only says how well founded the least is that is required', () => {
  const rows = [good, row('inferred', 'inferred', 'fail'), row('assumed', 'assumed', 'fail')];
  expect(outcomeOf(rows, { only: 'documented', choices: {} }, [])).toMatchObject({
    verdict: 'pass',
    required: 1,
    passed: 1,
  });
  expect(outcomeOf(rows, { only: 'assumed', choices: {} }, [])).toMatchObject({
    verdict: 'fail',
    required: 3,
    passed: 1,
  });
});

test('what is accepted does not count, by its name or its group, and one that passes is told', () => {
  const rows = [good, row('bad', 'documented', 'fail', { group: 'replays' })];
  for (const name of ['bad', 'replays']) {
    const outcome = outcomeOf(rows, ALL, [{ name, reason: 'so' }]);
    expect(outcome).toMatchObject({ verdict: 'pass', required: 1, needless: [] });
  }
  expect(outcomeOf(rows, ALL, [{ name: 'good', reason: null }])).toMatchObject({
    verdict: 'fail',
    needless: [{ name: 'good' }],
  });
  expect(() => outcomeOf(rows, ALL, [{ name: 'goood', reason: null }])).toThrow(
    'nothing is called "goood"',
  );
});

test('a request past a bound must be refused, whatever the error', () => {
  const of = (status: number) =>
    breachRows([
      row('too many', 'assumed', 'fail', {
        group: 'bounds',
        expected: 400,
        observed: observed(status),
      }),
      row('the most', 'documented', 'pass', { group: 'bounds', expected: 200 }),
    ]).map(({ verdict, written }) => [verdict, written?.mark]);
  expect(of(422)).toEqual([['pass', 'documented']]);
  expect(of(200)).toEqual([['fail', 'documented']]);
  expect(of(500)).toEqual([['fail', 'documented']]);
});

test('so must a call be of which only the error is assumed', () => {
  const refused = (mark: Mark, status: number) => {
    const one = row('paused', 'assumed', 'fail', { group: 'refusals', observed: observed(status) });
    const claims = [
      { what: 'the call is refused: wrongState', mark, source: 'API pages' },
      { what: 'it gets 409', mark: 'assumed' as const, source: 'a choice' },
    ];
    const written = one.written ? { ...one.written, claims } : null;
    return breachRows([{ ...one, written, expected: 409 }]).map((found) => [
      found.verdict,
      found.written?.mark,
    ]);
  };
  expect(refused('inferred', 403)).toEqual([['pass', 'inferred']]);
  expect(refused('inferred', 200)).toEqual([['fail', 'inferred']]);
  expect(refused('assumed', 200)).toEqual([]);
});

test('of what fails, it counts apart what AWS does not document, and says what and how to choose otherwise', () => {
  const choice = { name: 'throttleError', value: 'A' };
  const chosen = (name: string, value: string): Verified => {
    const { written, ...one } = row(name, 'assumed', 'fail');
    return { ...one, written: written ? { ...written, choice: { ...choice, value } } : null };
  };
  const { failed, failedUndocumented, rows } = outcomeOf(
    [
      good,
      row('bad', 'documented', 'fail'),
      row('guessed', 'inferred', 'fail'),
      row('no fault', 'assumed', 'fail'),
      row('accepted', 'inferred', 'fail'),
      chosen('chosen', 'A'),
      chosen('of the other', 'B'),
    ],
    { choices: { throttleError: 'A' } },
    [
      { name: 'accepted', reason: null },
      { name: 'of the other', reason: null },
    ],
  );
  expect({ failed, failedUndocumented }).toEqual({ failed: 3, failedUndocumented: 2 });
  expect(rows.map(({ undocumented }) => undocumented)).toEqual([
    null,
    null,
    { mark: 'inferred', what: 'what is inferred', source: 'a source', choice: null },
    { mark: 'assumed', what: 'what is assumed', source: 'a source', choice: null },
    { mark: 'inferred', what: 'what is inferred', source: 'a source', choice: null },
    {
      mark: 'assumed',
      what: 'what is assumed',
      source: 'a source',
      choice: { ...choice, others: ['B'] },
    },
    expect.objectContaining({ choice: { ...choice, value: 'B', others: ['A'] } }),
  ]);
});
