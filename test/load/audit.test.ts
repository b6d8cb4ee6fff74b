import { createHash } from 'node:crypto';
import { audit } from '../../load/audit.ts';
import { type Attempt, answerDigest } from '../../load/history-line.ts';
import type { LedgerRow } from '../../load/ledger.ts';
import { letterOf } from '../../operation/decide.ts';
import { stampOf } from '../../operation/stamp.ts';

const RUN = 'abcd1234';
const PREDICTED = `..${letterOf('INVALID_QUEUE')}`;
const ANSWER = 'id-1 id-2 INVALID_QUEUE';
const digestOf = (text: string) => answerDigest(createHash('sha256').update(text).digest('hex'));

function attempt(index: number, change: Partial<Attempt> = {}): Attempt {
  return {
    index,
    record: 0,
    token: stampOf(RUN, index),
    attempt: 1,
    startMs: 1_000,
    durationMs: 2,
    status: 200,
    error: '-',
    letters: PREDICTED,
    digest: digestOf(ANSWER),
    ...change,
  };
}

function kept(index: number, contacts = 2, answer = ANSWER): LedgerRow[] {
  const clientToken = stampOf(RUN, index);
  const items = answer
    .split(' ')
    .map((text) => (text.startsWith('id') ? { contactId: text } : { code: text }));
  return [
    { type: 'token', clientToken, items },
    ...Array.from(
      { length: contacts },
      (_, i): LedgerRow => ({
        type: 'contact',
        contactId: `id-${i}`,
        clientToken,
      }),
    ),
  ];
}

async function* stream<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

async function verdicts(history: Attempt[], ledger: LedgerRow[] | null) {
  const result = await audit({
    runTag: RUN,
    history,
    predictions: [PREDICTED],
    ledger: ledger && stream(ledger),
  });
  const violated = result.invariants.filter(({ verdict }) => verdict === 'violated');
  return { result, violated: violated.map(({ name }) => name), evidence: violated[0]?.evidence[0] };
}

describe('the audit', () => {
  it('passes a run in which all is well', async () => {
    const refused = attempt(2, {
      status: 429,
      error: 'TooManyRequestsException',
      letters: '-',
      digest: '-',
    });
    const history = [attempt(0), attempt(0, { attempt: 2 }), attempt(1), refused];
    const { result, violated } = await verdicts(history, [...kept(0), ...kept(1)]);
    expect(violated).toEqual([]);
    expect(result).toMatchObject({ verdict: 'pass', attempts: 4, ledger: true });
    expect(result.invariants.map(({ verdict }) => verdict)).toEqual(Array(7).fill('holds'));
  });

  it.each<[string, string, Attempt[], LedgerRow[]]>([
    ['an item without a result', 'one result per item', [attempt(0, { letters: '..?' })], kept(0)],
    ['an item answered twice', 'one result per item', [attempt(0, { letters: '.!b' })], kept(0)],
    [
      'a verdict that was not predicted',
      'answered as predicted',
      [attempt(0, { letters: '...' })],
      kept(0),
    ],
    [
      'a replay with other ids',
      'replays are equal',
      [attempt(0), attempt(0, { attempt: 2, digest: 'ffff' })],
      kept(0),
    ],
    ['an acknowledged batch that is gone', 'acknowledged is kept', [attempt(0)], []],
    [
      'a ledger that says otherwise',
      'acknowledged is kept',
      [attempt(0)],
      kept(0, 2, 'id-1 id-9 INVALID_QUEUE'),
    ],
    ['a contact made twice', 'nothing is doubled', [attempt(0)], kept(0, 3)],
    ['a token stored twice', 'nothing is doubled', [attempt(0)], [...kept(0, 1), ...kept(0, 1)]],
    [
      'a refusal that creates',
      'refused creates nothing',
      [attempt(0, { status: 409, letters: '-', digest: '-' })],
      kept(0),
    ],
    ['a batch that nobody sent', 'nothing unasked', [attempt(0)], [...kept(0), ...kept(7)]],
  ])('catches %s', async (_, invariant, history, ledger) => {
    const { result, violated, evidence } = await verdicts(history, ledger);
    expect(violated).toContain(invariant);
    expect(result.verdict).toBe('fail');
    expect(evidence).toMatch(/^batch \d/);
  });

  it('lets an attempt whose fate is unknown go either way', async () => {
    const lost = attempt(0, { status: 0, error: '1050', letters: '-', digest: '-' });
    expect((await verdicts([lost, attempt(1)], [...kept(0), ...kept(1)])).violated).toEqual([]);
    expect((await verdicts([lost, attempt(1)], kept(1))).violated).toEqual([]);
  });

  it('says not decidable where there is no ledger, and why', async () => {
    const { result } = await verdicts([attempt(0)], null);
    const undecided = result.invariants.find(({ name }) => name === 'acknowledged is kept');
    expect(undecided).toMatchObject({
      verdict: 'not decidable',
      evidence: ['the target has no ledger that can be read'],
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
});
