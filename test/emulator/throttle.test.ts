import { bucketKey } from '../../emulator/call/take-token.ts';
import { type BucketShelf, createBuckets } from '../../emulator/stores/buckets.ts';
import { type Bucket, fullBucket, refilled, spent } from '../../emulator/stores/throttle.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import { OPERATIONS } from '../../operation/operations.ts';

const QUOTA: Quota = { ratePerSecond: 10, burst: 15 };

/** How many of `tries` requests at `now` are admitted, and the bucket after them. */
function admit(bucket: Bucket, now: number, tries: number, refill = 'continuous' as const) {
  let admitted = 0;
  let state = bucket;
  for (let i = 0; i < tries; i += 1) {
    state = refilled(state, now, QUOTA, refill);
    if (state.tokens < 1) continue;
    state = spent(state);
    admitted += 1;
  }
  return { admitted, state };
}

it('starts full, and gives ten a second from then on', () => {
  let { admitted, state } = admit(fullBucket(QUOTA, 0), 0, 100);
  expect(admitted).toBe(15);
  let later = 0;
  for (let now = 1; now <= 10_000; now += 1) {
    ({ admitted, state } = admit(state, now, 3));
    later += admitted;
  }
  expect(later).toBe(100);
});

it('saves up no more than the burst', () => {
  const { state } = admit(fullBucket(QUOTA, 0), 0, 15);
  expect(admit(state, 3_600_000, 100).admitted).toBe(15);
});

it('gives nothing for a clock that goes back, and loses nothing by it', () => {
  const { state } = admit(fullBucket(QUOTA, 10_000), 10_000, 15);
  expect(admit(state, 5_000, 10).admitted).toBe(0);
  expect(admit(refilled(state, 5_000, QUOTA, 'continuous'), 10_500, 10).admitted).toBe(5);
});

it('counts on from where a clock was set back to', () => {
  const week = 604_800_000;
  const { state } = admit(fullBucket(QUOTA, week), week, 15);
  const back = admit(state, 0, 10);
  expect(back.admitted).toBe(0);
  expect(admit(back.state, 500, 10).admitted).toBe(5);
});

it.each([
  ['a millisecond on', 1, { tokens: 5.01, at: 1 }],
  ['a moment before', -5_000, { tokens: 5, at: 0 }],
  ['the furthest that hosts may disagree', -300_000, { tokens: 5, at: 0 }],
  ['a clock that was set back', -300_001, { tokens: 5, at: -300_001 }],
])('%s, a bucket stands as it should', (_, now, expected) => {
  const bucket = { tokens: 5, at: 0, frozen: false };
  expect(refilled(bucket, now, QUOTA, 'continuous')).toEqual({ ...expected, frozen: false });
});

it('is without end where there is no quota', () => {
  expect(fullBucket(QUOTA, 7)).toEqual({ tokens: 15, at: 7, frozen: false });
  expect(fullBucket(null, 7)).toEqual({ tokens: Infinity, at: 7, frozen: false });
});

it('per second, gives the whole rate at each full second, whenever it is asked in between', () => {
  let bucket: Bucket = { tokens: 0, at: 0, frozen: false };
  for (const now of [300, 600, 999]) bucket = refilled(bucket, now, QUOTA, 'per-second');
  expect(bucket.tokens).toBe(0);
  bucket = refilled(bucket, 1_400, QUOTA, 'per-second');
  expect(bucket.tokens).toBe(10);
  expect(refilled(bucket, 1_900, QUOTA, 'per-second').tokens).toBe(10);
  expect(refilled(bucket, 2_000, QUOTA, 'per-second').tokens).toBe(15);
});

it('a bucket is of one account, one Region and one operation', () => {
  const [one, other] = OPERATIONS;
  if (!one || !other) throw new Error('there are too few operations');
  const facts = ordinaryFacts();
  const keys = [
    bucketKey(facts, one),
    bucketKey(facts, other),
    bucketKey({ ...facts, account: '210987654321' }, one),
    bucketKey({ ...facts, region: 'eu-west-2' }, one),
  ];
  expect(new Set(keys).size).toBe(4);
});

describe('buckets', () => {
  const taken = async (buckets: ReturnType<typeof createBuckets>, key: string, now: number) => {
    let admitted = 0;
    while (admitted < 1000 && (await buckets.take(key, 'continuous', now)) >= 1) admitted += 1;
    return admitted;
  };

  it('are one for each account and Region', async () => {
    const buckets = createBuckets(QUOTA);
    expect(await taken(buckets, '1|us-east-1', 0)).toBe(15);
    expect(await taken(buckets, '1|eu-west-2', 0)).toBe(15);
    expect(await taken(buckets, '2|us-east-1', 0)).toBe(15);
    expect(await taken(buckets, '1|us-east-1', 0)).toBe(0);
  });

  it('do not limit where there is no quota, except frozen', async () => {
    const buckets = createBuckets(null);
    expect(await taken(buckets, 'a', 0)).toBe(1000);
    await buckets.set({ tokens: 3, frozen: true }, 0);
    expect(await taken(buckets, 'a', 1_000_000)).toBe(3);
    expect(await taken(buckets, 'not seen before', 0)).toBe(3);
    await buckets.set({ tokens: 0, frozen: false }, 0);
    expect(await taken(buckets, 'a', 1)).toBe(1000);
  });

  it('refill after their level was set, and are full after a reset', async () => {
    const buckets = createBuckets(QUOTA);
    await buckets.take('a', 'continuous', 0);
    await buckets.set({ tokens: 0, frozen: false }, 0);
    expect(await taken(buckets, 'a', 0)).toBe(0);
    expect(await taken(buckets, 'a', 200)).toBe(2);
    await buckets.reset();
    expect(await taken(buckets, 'a', 200)).toBe(15);
  });

  it('lose what is drained besides, where they have been used', async () => {
    const buckets = createBuckets(QUOTA);
    await buckets.drain('a', 5);
    expect(await buckets.take('a', 'continuous', 0)).toBe(15);
    await buckets.drain('a', 5);
    expect(await buckets.take('a', 'continuous', 0)).toBe(9);
  });

  it('outlive their process on a shelf, as far as there is a quota', async () => {
    const kept = new Map<string, Bucket>();
    const shelf: BucketShelf = {
      load: () => kept,
      save: (key, bucket) => kept.set(key, bucket),
      clear: () => kept.clear(),
    };
    await createBuckets(null, shelf).take('a', 'continuous', 0);
    expect(kept.size).toBe(0);
    await createBuckets(QUOTA, shelf).take('a', 'continuous', 0);
    const again = createBuckets(QUOTA, shelf);
    expect(await again.take('a', 'continuous', 0)).toBe(14);
    await createBuckets(null, shelf).set({ tokens: 3, frozen: true }, 0);
    expect(kept.get('a')).toMatchObject({ tokens: 13 });
    await again.reset();
    expect(kept.size).toBe(0);
  });
});
