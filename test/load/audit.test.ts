import { readdirSync } from 'node:fs';
import { INVARIANT_NAMES } from '../../load/audit/invariants.ts';
import type { LedgerRow } from '../../load/endpoint/ledger.ts';
import type { Attempt } from '../../load/lib/history-line.ts';
import { letterOf } from '../../operation/connect/batch-put-contact/decide.ts';
import { stampOf } from '../../operation/corpus/stamp.ts';
import type { Evidence } from '../../run/statements/audit.ts';
import { tempDir } from '../support/temp-dir.ts';
import { attempt, kept, PREDICTED, RUN, stream, verdicts } from './audited.ts';

const dir = tempDir();
const TRY_AGAIN = letterOf('INTERNAL_ERROR');
/** A ledger in which the answer's contacts are others than those that are there. */
function swapped(): LedgerRow[] {
  const [record, first, second] = kept(0) as [LedgerRow, LedgerRow, LedgerRow];
  return [record, first, { ...second, contactId: 'id-0-9' } as LedgerRow];
}

const REFUSED = { letters: '-', digest: '-' };
const THROTTLED = { ...REFUSED, status: 429, error: 'TooManyRequestsException' };
const PAGE = { ...REFUSED, status: 502, error: 'unnamed' };
const CONFLICT = { ...REFUSED, status: 409, error: 'IdempotencyException', record: 1 };
const LOST = { ...REFUSED, status: 0, error: '1050' };
const FAILED = { ...REFUSED, status: 500, error: 'InternalServiceException' };

/** A contact that bears the batch's identifier and stands under no token. */
function stray(index: number): LedgerRow {
  const requestIdentifier = `${stampOf(RUN, index)}-00`;
  return { type: 'contact', contactId: `id-${index}-7`, clientToken: null, requestIdentifier };
}

/** The token that a piece of evidence is about. */
function tokenOf(evidence: Evidence): string {
  if ('token' in evidence) return evidence.token ?? '';
  return 'attempt' in evidence ? evidence.attempt.token : '';
}

describe('the audit', () => {
  it('passes a run in which all is well', async () => {
    const history = [
      attempt(0),
      attempt(0, { attempt: 2 }),
      attempt(0, { attempt: 3, ...CONFLICT }),
      attempt(1),
      attempt(2, THROTTLED),
    ];
    const { result, violated } = await verdicts(history, [...kept(0), ...kept(1)], {
      quota: { ratePerSecond: 1, burst: 4 },
      before: stream([]),
    });
    expect(violated).toEqual([]);
    expect(result).toMatchObject({ verdict: 'pass', attempts: 5, ledger: true });
    expect(result.invariants.map(({ name, verdict }) => [name, verdict])).toEqual(
      INVARIANT_NAMES.map((name) => [name, 'holds']),
    );
  });

  it.each([
    ['in the place of a contact', ['.', TRY_AGAIN, PREDICTED.at(-1)], []],
    ['in the place of another failure', ['.', '.', TRY_AGAIN], ['answered as predicted']],
  ])('takes a code that says to try again %s', async (_, letters, expected) => {
    const { violated } = await verdicts([attempt(0, { letters: letters.join('') })], []);
    expect(violated.filter((name) => name === 'answered as predicted')).toEqual(expected);
  });

  it.each<[string, string, Attempt[], LedgerRow[], object]>([
    [
      'an item without a result',
      'one result per item',
      [attempt(0, { letters: '..?' })],
      kept(0),
      { kind: 'wrong results', letters: '..?' },
    ],
    [
      'an item answered twice',
      'one result per item',
      [attempt(0, { letters: '.!b' })],
      kept(0),
      { kind: 'wrong results', letters: '.!b' },
    ],
    [
      'a verdict that was not predicted',
      'answered as predicted',
      [attempt(0, { letters: '...' })],
      kept(0),
      { kind: 'other verdicts', letters: '...', predicted: '..e' },
    ],
    [
      'a replay with other ids',
      'replays are equal',
      [attempt(0), attempt(0, { attempt: 2, digest: 'ffff' })],
      kept(0),
      { kind: 'replay differs', attempt: { attempt: 2 }, digest: 'ffff', first: { attempt: 1 } },
    ],
    [
      'an acknowledged batch that is gone',
      'acknowledged is kept',
      [attempt(0)],
      [],
      { kind: 'not kept' },
    ],
    [
      'an answer that cannot be read, of which the ledger has only a stray contact',
      'acknowledged is kept',
      [attempt(0, REFUSED)],
      [stray(0)],
      { kind: 'not kept' },
    ],
    [
      'a ledger that says otherwise',
      'acknowledged is kept',
      [attempt(0)],
      kept(0, 2, 'id-0-1 id-0-9 INVALID_QUEUE'),
      { kind: 'kept otherwise' },
    ],
    [
      'another payload that is answered too',
      'conflicts are refused',
      [attempt(0), attempt(0, { attempt: 2, record: 1 })],
      kept(0),
      { kind: 'conflict let in', attempt: { error: null }, record: 1, firstRecord: 0 },
    ],
    [
      'another part of the record that is answered too',
      'conflicts are refused',
      [attempt(0), attempt(0, { attempt: 2, places: 'b', letters: '.' })],
      kept(0),
      { kind: 'conflict let in', attempt: { error: null }, record: 0 },
    ],
    [
      'another payload that is refused with another error',
      'conflicts are refused',
      [attempt(0), attempt(0, { ...CONFLICT, error: 'InvalidParameterException', status: 400 })],
      kept(0),
      { kind: 'conflict let in', attempt: { error: 'InvalidParameterException' }, record: 1 },
    ],
    [
      'an answer that cannot be read',
      'one result per item',
      [attempt(0, REFUSED)],
      kept(0),
      { kind: 'wrong results', letters: '-' },
    ],
    [
      'contacts other than acknowledged',
      'nothing is doubled',
      [attempt(0)],
      swapped(),
      { kind: 'other contacts', contacts: 2 },
    ],
    [
      'a conflict that creates',
      'refused creates nothing',
      [attempt(0), attempt(0, { attempt: 2, ...CONFLICT })],
      [...kept(0), stray(0)],
      { kind: 'refused and created', contacts: 1 },
    ],
    [
      'a contact made twice',
      'nothing is doubled',
      [attempt(0)],
      kept(0, 3),
      { kind: 'doubled', records: 1, contacts: 3, created: 2 },
    ],
    [
      'a token stored twice',
      'nothing is doubled',
      [attempt(0)],
      [...kept(0), ...kept(0, 0)],
      { kind: 'doubled', records: 2, contacts: 2, created: 2 },
    ],
    [
      'refusals that create',
      'refused creates nothing',
      [attempt(0, CONFLICT), attempt(0, { ...REFUSED, attempt: 2, status: 400 })],
      [...kept(0), stray(0)],
      { kind: 'refused and created', contacts: 3 },
    ],
    [
      'a batch that nobody sent',
      'nothing unasked',
      [attempt(0)],
      [...kept(0), ...kept(7), stray(7)],
      { kind: 'unasked', contacts: 3 },
    ],
    [
      'a contact that nobody asked for',
      'nothing unasked',
      [attempt(0)],
      [...kept(0), stray(7)],
      { kind: 'unasked', contacts: 1 },
    ],
  ])('catches %s', async (_, invariant, history, ledger, proof) => {
    const { result, violated, evidence } = await verdicts(history, ledger);
    expect(violated).toContain(invariant);
    expect(result.verdict).toBe('fail');
    expect(evidence && tokenOf(evidence)).toMatch(/^abcd1234-\d{10}$/);
    const row = result.invariants.find(({ name }) => name === invariant);
    expect(row?.evidence[0]).toMatchObject(proof);
  });

  it.each([LOST, FAILED])(
    'lets an attempt whose fate is unknown go either way: status $status',
    async (unknown) => {
      const lost = attempt(0, unknown);
      expect((await verdicts([lost, attempt(1)], [...kept(0), ...kept(1)])).violated).toEqual([]);
      expect((await verdicts([lost, attempt(1)], kept(1))).violated).toEqual([]);
    },
  );

  it.each([LOST, FAILED, THROTTLED])(
    'takes status $status for no last word on a conflict',
    async (unsettled) => {
      const other = attempt(0, { attempt: 2, record: 1, ...unsettled });
      expect((await verdicts([attempt(0), other], kept(0))).violated).toEqual([]);
    },
  );

  it('counts every violation and shows the first five', async () => {
    const history = Array.from({ length: 9 }, (_, i) =>
      attempt(i, i < 7 ? { letters: '..?' } : {}),
    );
    const { result } = await verdicts(history, null);
    const row = result.invariants.find(({ name }) => name === 'one result per item');
    expect(row).toMatchObject({ checked: 9, violations: 7, verdict: 'violated' });
    expect(row?.evidence).toMatchObject([0, 1, 2, 3, 4].map((batch) => ({ attempt: { batch } })));
  });

  it('predicts nothing without a corpus, and says so', async () => {
    const { result, violated } = await verdicts([attempt(0, { letters: 'ab' })], null, {
      predictions: null,
    });
    expect(violated).toEqual([]);
    expect(result.ledger).toBe(false);
    expect(result.invariants.find(({ name }) => name === 'answered as predicted')).toMatchObject({
      verdict: 'not decidable',
      evidence: [{ kind: 'no witness', witness: 'corpus' }],
    });
  });

  it('takes no answer of another length for the predicted one', async () => {
    const { violated } = await verdicts([attempt(0, { letters: `${PREDICTED}.` })], null);
    expect(violated).toEqual(['one result per item', 'answered as predicted']);
  });

  it.each([
    ['turned away for its signature', { status: 403, error: 'InvalidSignatureException' }],
    ['throttled', THROTTLED],
    ['lost', PAGE],
  ])('lets another payload be %s', async (_, how) => {
    const other = attempt(0, { ...REFUSED, ...how, attempt: 2, record: 1 });
    const { violated } = await verdicts([attempt(0), other], kept(0));
    expect(violated).toEqual([]);
  });

  it('says not decidable where there is no ledger, and why', async () => {
    const { result } = await verdicts([attempt(0)], null);
    const undecided = result.invariants.find(({ name }) => name === 'acknowledged is kept');
    expect(undecided).toMatchObject({
      verdict: 'not decidable',
      evidence: [{ kind: 'no witness', witness: 'ledger' }],
    });
  });

  it('calls a run without attempts not exercised, never passed', async () => {
    expect((await verdicts([], [])).result.verdict).toBe('not exercised');
  });

  it('leaves other runs in the ledger alone', async () => {
    const foreign: LedgerRow = {
      type: 'token',
      clientToken: stampOf('zzzz9999', 3),
      items: [],
    };
    expect((await verdicts([attempt(0)], [...kept(0), foreign])).violated).toEqual([]);
  });

  it('lets a token without a line pass where calls were cut, and says so', async () => {
    const { result, violated } = await verdicts([attempt(0)], [...kept(0), ...kept(7)], {
      cut: true,
    });
    expect(violated).toEqual([]);
    expect(result.invariants.find(({ name }) => name === 'nothing unasked')).toMatchObject({
      verdict: 'not decidable',
      evidence: [{ kind: 'no witness', witness: 'whole history' }],
    });
  });

  it('decides the same in many parts as in one, and leaves no files behind', async () => {
    const history = Array.from({ length: 200 }, (_, i) => attempt(i));
    const ledger = history.flatMap(({ index }) => (index === 77 ? [] : kept(index)));
    const system = process.env.TMPDIR;
    process.env.TMPDIR = dir;
    const one = await verdicts(history, ledger);
    const many = await verdicts(history, ledger, { historyBytes: 10 * 8 * 1_024 * 1_024 });
    expect(many).toEqual(one);
    expect(many.violated).toEqual(['acknowledged is kept']);
    expect(many.evidence && tokenOf(many.evidence)).toBe(stampOf(RUN, 77));
    expect(readdirSync(dir)).toEqual([]);
    if (system === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = system;
  });
});

describe('the audit of a quota of 10 requests a second and a burst of 15', () => {
  const quota = { ratePerSecond: 10, burst: 15 };
  /** Attempts at these milliseconds, those of `refused` refused. */
  const calls = (times: readonly number[], refused: (i: number) => boolean) =>
    times.map((at, i) => attempt(i, { startMs: 10_000 + at, ...(refused(i) ? THROTTLED : {}) }));
  const every = (ms: number, count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => from + i * ms);

  it.each<[string, Attempt[]]>([
    [
      'the burst and the pace admitted',
      calls([...every(0, 15), ...every(100, 30, 400)], () => false),
    ],
    ['refusals past it', calls(every(0, 40), (i) => i >= 15)],
    ['a bucket that was not full at first', calls(every(0, 15), (i) => i >= 3)],
    [
      'failures that may have been in front of the bucket',
      [...calls(every(0, 30), () => false).map((one) => ({ ...one, ...PAGE })), attempt(30)].map(
        (one) => ({ ...one, startMs: 10_000 }),
      ),
    ],
    [
      'failures that may have been behind it',
      [...calls(every(0, 15), () => false), ...calls(every(0, 15, 1_000), () => false)].map(
        (one, i) => ({ ...one, ...(i < 15 ? {} : i < 25 ? PAGE : THROTTLED) }),
      ),
    ],
    [
      'another limit than that of the rate',
      calls(every(500, 10), (i) => i === 9).map((one) =>
        one.status === 429 ? { ...one, error: 'LimitExceededException' } : one,
      ),
    ],
  ])('allows %s', async (_, history) => {
    const { result, violated } = await verdicts(history, null, { quota });
    expect(violated).toEqual([]);
    expect(result.invariants.at(-1)).toMatchObject({ name: 'the quota is kept', verdict: 'holds' });
  });

  it.each<[string, Attempt[], object]>([
    [
      'a refusal within it',
      calls(every(500, 10), (i) => i === 9),
      { kind: 'refused within the quota', spare: expect.any(Number) },
    ],
    [
      'admission past it',
      calls(every(10, 60), () => false),
      { kind: 'admitted past the quota', past: expect.any(Number) },
    ],
  ])('catches %s', async (_, history, evidence) => {
    const found = await verdicts(history, null, { quota });
    expect(found.violated).toEqual(['the quota is kept']);
    expect(found.evidence).toMatchObject(evidence);
  });

  it('is not decided where no quota is known', async () => {
    const { result } = await verdicts([attempt(0, THROTTLED)], null);
    expect(result.invariants.at(-1)).toMatchObject({
      verdict: 'not decidable',
      evidence: [{ kind: 'no witness', witness: 'quota' }],
    });
  });
});
