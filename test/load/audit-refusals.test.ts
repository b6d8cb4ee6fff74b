/** Which refusals the audit blames an endpoint for, and which it does not. */

import type { AuditInput } from '../../load/audit/audit.ts';
import type { Attempt } from '../../load/lib/history-line.ts';
import { letterOf } from '../../operation/connect/batch-put-contact/decide.ts';
import { attempt, CONFLICT, errorNamed, LOST, REFUSED, seen, verdicts } from './audited.ts';

const NAME = 'nothing is refused wrongly';
const refused = (status: number) => ({ ...REFUSED, status, error: errorNamed(status) });

/** Attempt number `n`, sent and answered as these events of a virtual user. */
const at = (n: number, sent: number, answered: number, change: Partial<Attempt> = {}, vu = 1) =>
  seen(0, { attempt: n, ...change, seen: { sent, answered, vu } });

/** An attempt of version dp1. */
const old = (n: number, startMs: number, change: Partial<Attempt> = {}) =>
  attempt(0, { attempt: n, startMs, ...change });

async function blamed(history: Attempt[], change: Partial<AuditInput> = {}) {
  const { violated, evidence } = await verdicts(history, null, { predictions: null, ...change });
  return { violated, evidence };
}

describe('an equal payload after its 200', () => {
  it.each([400, 404, 409])('is not refused with %i', async (status) => {
    const { violated, evidence } = await blamed([at(1, 1, 2), at(2, 3, 4, refused(status))]);
    expect(violated).toEqual([NAME]);
    expect(evidence).toMatchObject({
      kind: 'replay refused',
      attempt: { attempt: 2, status },
      first: { attempt: 1, status: 200 },
    });
  });

  it.each([403, 413, 429, 500, 503, 0])('may get %i', async (status) => {
    expect((await blamed([at(1, 1, 2), at(2, 3, 4, refused(status))])).violated).toEqual([]);
  });

  it('may get 409 while the first call is in flight', async () => {
    expect((await blamed([at(1, 2, 3), at(2, 1, 4, CONFLICT)])).violated).toEqual([]);
    expect((await blamed([at(2, 1, 3, CONFLICT), at(1, 2, 4)])).violated).toEqual([]);
  });

  it('is judged by its virtual user alone: clocks of several instances differ', async () => {
    const other = at(2, 1, 2, { ...CONFLICT, startMs: 9_000 }, 2);
    expect((await blamed([at(1, 1, 2), other])).violated).toEqual([]);
  });

  it('may get anything when the token may be forgotten', async () => {
    const later = { startMs: 3_000 };
    const history = [
      at(1, 1, 2),
      at(2, 3, 4, { ...later, digest: 'ffff' }),
      at(3, 5, 6, { ...later, record: 1 }),
    ];
    const { violated } = await blamed(history, { tokenLifetimeSeconds: 2 });
    expect(violated).toEqual([]);
    expect((await blamed(history, { tokenLifetimeSeconds: 3 })).violated).toEqual([
      'replays are equal',
      'conflicts are refused',
    ]);
    const refusedLater = [at(1, 1, 2), at(2, 3, 4, { ...later, ...CONFLICT })];
    expect((await blamed(refusedLater, { tokenLifetimeSeconds: 2 })).violated).toEqual([]);
    expect((await blamed(refusedLater)).violated).toEqual([NAME]);
  });

  describe('with an item that may be run again', () => {
    const letters = `.${letterOf('INTERNAL_ERROR')}`;
    const first = at(1, 1, 2, { letters });

    it('may get 409 while another replay is in flight, or may be', async () => {
      const both = [first, at(2, 3, 5, CONFLICT), at(3, 4, 6, { letters })];
      expect((await blamed(both)).violated).toEqual([]);
      const lost = [at(1, 1, 2, LOST), at(2, 3, 4, { letters }), at(3, 5, 6, CONFLICT)];
      expect((await blamed(lost)).violated).toEqual([]);
    });

    it('does not get 409 where no other call is in flight', async () => {
      const alone = [first, at(2, 3, 4, { letters }), at(3, 5, 6, CONFLICT)];
      expect((await blamed(alone)).violated).toEqual([NAME]);
    });
  });
});

describe('a token that nobody has used', () => {
  it.each<[string, Attempt[]]>([
    ['the first attempt', [at(1, 1, 2, CONFLICT)]],
    ['an attempt before the first that is answered', [at(1, 1, 2, CONFLICT), at(2, 3, 4)]],
    ['an attempt after refusals', [at(1, 1, 2, refused(429)), at(2, 3, 4, CONFLICT)]],
    ['all of several at once', [at(1, 1, 3, CONFLICT), at(2, 2, 4, CONFLICT)]],
  ])('does not get 409: %s', async (_, history) => {
    const { violated, evidence } = await blamed(history);
    expect(violated).toEqual([NAME]);
    expect(evidence).toMatchObject({ kind: 'new token refused', attempt: { status: 409 } });
  });

  it.each<[string, Attempt[]]>([
    ['timed out', [at(1, 1, 2, LOST), at(2, 3, 4, CONFLICT)]],
    ['failed', [at(1, 1, 2, refused(500)), at(2, 3, 4, CONFLICT)]],
    ['was in flight', [at(2, 1, 3, CONFLICT), at(1, 2, 4)]],
    ['had another payload', [at(1, 1, 2), at(2, 3, 4, { ...CONFLICT, record: 1 })]],
    ['was sent by another virtual user', [at(1, 5, 6, CONFLICT), at(2, 7, 8, {}, 2)]],
  ])('may be in use where another attempt %s', async (_, history) => {
    expect((await blamed(history)).violated).toEqual([]);
  });

  it('is not known where calls were cut, or where tokens of another form are not of one run', async () => {
    expect((await blamed([at(1, 1, 2, CONFLICT)], { cut: true })).violated).toEqual([]);
    const mine = { ...CONFLICT, token: 'order-1' };
    expect((await blamed([at(1, 1, 2, mine)])).violated).toEqual([]);
  });
});

describe('a history of version dp1, which has nothing but times', () => {
  it('is judged by them', async () => {
    expect((await blamed([old(1, 0), old(2, 3, CONFLICT)])).violated).toEqual([NAME]);
    expect((await blamed([old(1, 0), old(2, 2, CONFLICT)])).violated).toEqual([]);
    expect((await blamed([old(1, 0, CONFLICT), old(2, 3)])).violated).toEqual([NAME]);
  });

  it('is not where a clock was set back', async () => {
    const back = attempt(1, { startMs: 5_000 });
    expect((await blamed([back, old(1, 0), old(2, 9, CONFLICT)])).violated).toEqual([]);
  });
});

describe('conflicts', () => {
  it.each([403, 413, 429])('may get %i before their payload is looked at', async (status) => {
    const other = at(2, 3, 4, { ...refused(status), record: 1 });
    expect((await blamed([at(1, 1, 2), other])).violated).toEqual([]);
  });
});

it('a clock that was set back is not held against the quota', async () => {
  const quota = { ratePerSecond: 10, burst: 15 };
  // Real pace: one each 100 ms, then the clock is set back by half a minute.
  const history = Array.from({ length: 60 }, (_, i) =>
    seen(i, { startMs: 100_000 + i * 100 - (i < 30 ? 0 : 30_000) }),
  );
  expect((await blamed(history, { quota })).violated).toEqual([]);
});
