/** The audit of the quota, with histories of simulated buckets and clients. */

import fc from 'fast-check';
import { fullBucket, refilled, spent } from '../../emulator/stores/throttle.ts';
import { audit } from '../../load/audit/audit.ts';
import type { Attempt } from '../../load/lib/history-line.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import { stampOf } from '../../operation/corpus/stamp.ts';

const PUBLISHED = { ratePerSecond: 10, burst: 15 };

/** One call: when it starts, when its token is taken and when it ends, and what else befalls it. */
interface Sent {
  /** Milliseconds after the start of the call before it. */
  readonly gap: number;
  /** Milliseconds, which need not be whole. */
  readonly takes: number;
  /** Share of that time after which the bucket is asked. */
  readonly share: number;
  readonly befalls: 'nothing' | 'given up' | 'lost' | 'error after' | 'denied' | 'other limit';
}

interface Endpoint {
  readonly quota: NonNullable<Quota>;
  /** Tokens at the start. */
  readonly level: number;
}

/** The history of a bucket, in the order in which the calls ended. Clients note whole milliseconds. */
function historyOf(
  calls: readonly Sent[],
  { quota, level }: Endpoint,
  from = 5_000_000,
): Attempt[] {
  let start = from + 0.6;
  const timed = calls.map((call, i) => {
    start += call.gap;
    const end = start + call.takes;
    const asked = start + call.share * call.takes + (call.befalls === 'given up' ? 4_000 : 0);
    return { ...call, i, start, end, asked };
  });
  let bucket = { ...fullBucket(quota, from), tokens: Math.min(level, quota.burst) };
  const attempts = new Map<number, Attempt>();
  for (const { i, start, takes, asked, befalls } of timed.toSorted((a, b) => a.asked - b.asked)) {
    const answer = (status: number, error: string) =>
      attempts.set(i, {
        index: i,
        record: 0,
        token: stampOf('simulate', i),
        attempt: 1,
        startMs: Math.floor(start),
        durationMs: takes,
        status,
        error,
        letters: status === 200 ? '.' : '-',
        digest: status === 200 ? 'abcd' : '-',
        places: '-',
      });
    if (befalls === 'denied') {
      answer(403, 'AccessDeniedException');
      continue;
    }
    if (befalls === 'lost') {
      answer(0, '1050');
      continue;
    }
    bucket = refilled(bucket, Math.floor(asked), quota, 'continuous');
    if (bucket.tokens >= 1) {
      bucket = spent(bucket);
      if (befalls === 'given up') answer(0, '1050');
      else if (befalls === 'error after') answer(500, 'InternalServiceException');
      else if (befalls === 'other limit') answer(429, 'LimitExceededException');
      else answer(200, '-');
    } else if (befalls === 'given up') answer(0, '1050');
    else answer(429, 'TooManyRequestsException');
  }
  return timed.toSorted((a, b) => a.end - b.end).map(({ i }) => attempts.get(i) as Attempt);
}

async function quotaKept(history: Attempt[], quota: Quota = PUBLISHED, cut = false) {
  const none = { predictions: null, ledger: null };
  const { invariants } = await audit({ history, historyBytes: 0, quota, cut, ...none });
  const found = invariants.find(({ name }) => name === 'the quota is kept');
  if (!found) throw new Error('the audit has no such invariant');
  return found;
}

const befalling = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Sent['befalls']>('nothing') },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Sent['befalls'][]>(
      'given up',
      'lost',
      'error after',
      'denied',
      'other limit',
    ),
  },
);

const sent = fc.record<Sent>({
  gap: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) },
    { weight: 3, arbitrary: fc.integer({ min: 60, max: 140 }) },
    { weight: 1, arbitrary: fc.integer({ min: 500, max: 4_000 }) },
  ),
  takes: fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: 0, max: 20, noNaN: true }) },
    { weight: 2, arbitrary: fc.double({ min: 20, max: 1_500, noNaN: true }) },
  ),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  befalls: befalling,
});

const quotas = fc.record({
  ratePerSecond: fc.constantFrom(1, 2.5, 10, 100),
  burst: fc.integer({ min: 1, max: 30 }),
});

const steady = (count: number, gap: number): Sent[] =>
  Array.from({ length: count }, () => ({ gap, takes: 2, share: 0.5, befalls: 'nothing' }));

it('never blames a correct bucket, whatever the calls and their concurrency', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { minLength: 1, maxLength: 250, size: 'max' }),
      quotas,
      fc.double({ min: 0, max: 30, noNaN: true }),
      async (calls, quota, level) => {
        const { verdict, evidence } = await quotaKept(historyOf(calls, { quota, level }), quota);
        expect(verdict === 'violated' ? evidence : []).toEqual([]);
      },
    ),
    { seed: 15, numRuns: 300 },
  );
});

it('does not blame a refusal that is answered before the calls that took the tokens', async () => {
  // The burst, a second of refill, then 11 calls at once. The last to reach the bucket is the first to be answered.
  const calls = [...steady(15, 1), ...steady(11, 0)].map((call, i) => {
    if (i < 15) return call;
    const refused = i === 25;
    const gap = i === 15 ? 1_000 : 0;
    return { ...call, gap, takes: refused ? 6 : 12 + i, share: refused ? 1 : 0.1 };
  });
  const history = historyOf(calls, { quota: PUBLISHED, level: 15 });
  expect(history[15]?.status).toBe(429);
  expect(history.slice(16).map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect((await quotaKept(history)).verdict).toBe('holds');
});

/** A call, a rest in which the bucket fills, and then twice the burst at once: 31 requests. */
function probe(burst: number, takes: fc.Arbitrary<readonly number[]>, seed: number): Sent[] {
  const [times = []] = fc.sample(takes, { seed, numRuns: 1 });
  return Array.from({ length: 1 + 2 * burst }, (_, i) => ({
    gap: i === 1 ? 2_000 : 0,
    takes: times[i] ?? 1,
    share: ((i * 7 + seed) % 10) / 10,
    befalls: 'nothing',
  }));
}

const upTo80 = fc.array(fc.double({ min: 1, max: 80, noNaN: true }), {
  minLength: 31,
  maxLength: 31,
});

it.each([14, 16, 18, 25, 40])(
  'catches a burst of %i instead of 15 within 31 requests, if calls take up to 80 ms',
  async (burst) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const calls = probe(15, upTo80, seed);
      const quota = { ratePerSecond: 10, burst };
      const found = await quotaKept(historyOf(calls, { quota, level: burst }));
      expect(found.verdict).toBe('violated');
      const right = historyOf(calls, { quota: PUBLISHED, level: 15 });
      expect((await quotaKept(right)).verdict).toBe('holds');
    }
  },
);

it.each([9, 11])('catches a rate of %i instead of 10 within 600 requests', async (rate) => {
  const calls = Array.from({ length: 600 }, (_, i): Sent => {
    return { gap: 33, takes: 1 + (i % 30), share: (i % 7) / 7, befalls: 'nothing' };
  });
  const quota = { ratePerSecond: rate, burst: 15 };
  expect((await quotaKept(historyOf(calls, { quota, level: 15 }))).verdict).toBe('violated');
  const right = historyOf(calls, { quota: PUBLISHED, level: 15 });
  expect((await quotaKept(right)).verdict).toBe('holds');
});

it('judges nothing where a clock was set back', async () => {
  const before = historyOf(steady(100, 100), { quota: PUBLISHED, level: 15 });
  const after = before.map((one) => ({ ...one, startMs: one.startMs + 4_000 }));
  expect(await quotaKept([...before, ...after])).toMatchObject({
    verdict: 'not decidable',
    evidence: [{ kind: 'times disagree' }],
  });
});

it('judges nothing where a call took longer than can be placed', async () => {
  const history = historyOf(steady(2_000, 100), { quota: PUBLISHED, level: 15 });
  const [first] = history;
  const long = { ...(first as Attempt), durationMs: 199_900 };
  expect(await quotaKept([...history.slice(1), long])).toMatchObject({
    verdict: 'not decidable',
    evidence: [{ kind: 'times disagree' }],
  });
});

it('blames no refusal where calls were cut, because they may have taken the tokens', async () => {
  const history = historyOf(probe(15, upTo80, 1), {
    quota: { ratePerSecond: 10, burst: 12 },
    level: 12,
  });
  expect((await quotaKept(history)).verdict).toBe('violated');
  expect((await quotaKept(history, PUBLISHED, true)).verdict).toBe('holds');
});
