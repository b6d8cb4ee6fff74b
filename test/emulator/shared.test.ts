import { createClient } from '@redis/client';
import fc from 'fast-check';
import type { RunningEmulator } from '../../emulator/emulator.ts';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { createBuckets } from '../../emulator/stores/buckets.ts';
import { openRedisBackend } from '../../emulator/stores/redis/backend.ts';
import { createRedisBuckets } from '../../emulator/stores/redis/buckets.ts';
import type { Claims } from '../../emulator/stores/redis/claims.ts';
import { connect } from '../../emulator/stores/redis/connection.ts';
import { FIND } from '../../emulator/stores/redis/scripts.ts';
import { createRedisStore } from '../../emulator/stores/redis/store.ts';
import { createRedisTokens } from '../../emulator/stores/redis/tokens.ts';
import { type BatchRecord, ORDINARY_KEEPING, StoreLostError } from '../../emulator/stores/store.ts';
import { choose } from '../../operation/connect/choices.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import { body, contacts, control, send, stats, until } from './fixtures.ts';
import { HAS_REDIS, type RedisServer, startRedis } from './redis-server.ts';

(HAS_REDIS ? describe : describe.skip)('emulators that share a Redis (needs redis-server)', () => {
  let redis: RedisServer;
  let pair: [RunningEmulator, RunningEmulator] | undefined;
  const log: string[] = [];

  const startPair = async (options: EmulatorOptions = {}) => {
    const one = () =>
      startEmulator({ store: redis.url, log: (line) => log.push(line), ...options });
    const started: [RunningEmulator, RunningEmulator] = [await one(), await one()];
    pair = started;
    await control(started[0], 'POST', '/reset');
    return started;
  };

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());
  afterEach(async () => {
    for (const emulator of pair ?? []) await emulator.close();
    pair = undefined;
    log.length = 0;
  });

  it('has one ledger: what one answered the other replays, and refuses with another payload', async () => {
    const [a, b] = await startPair({ profile: 'stress' });
    const first = await send(a, { body: body(contacts(3), 't') });
    expect(first.contactIds).toHaveLength(3);
    expect((await send(b, { body: body(contacts(3), 't') })).text).toBe(first.text);
    expect((await send(b, { body: body(contacts(2), 't') })).status).toBe(409);
  });

  it('has one rate bucket', async () => {
    const clock = { now: () => Date.now() };
    const frozen = { tokens: 5, frozen: true };
    const [a, b] = await startPair({ clock });
    await control(a, 'PUT', '/bucket', frozen);
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      for (const emulator of [a, b]) {
        statuses.push((await send(emulator, { body: body(contacts(1), `${i}`) })).status);
      }
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
  });

  it('has a rate bucket for each Region, and for each account', async () => {
    const [here] = await startPair();
    const there = await startEmulator({
      store: redis.url,
      facts: ordinaryFacts({ region: 'eu-west-2' }),
    });
    try {
      await control(here, 'PUT', '/bucket', { tokens: 2, frozen: true });
      const call = { body: body(contacts(1)) };
      const other = here.credentials.otherAccount;
      if (!other) throw new Error('the emulator has no key of another account');
      const statusesOf = async (send: () => Promise<{ status: number }>) => {
        const statuses: number[] = [];
        for (let i = 0; i < 3; i += 1) statuses.push((await send()).status);
        return statuses;
      };
      const once = [200, 200, 429];
      expect(await statusesOf(() => send(here, call))).toEqual(once);
      expect(await statusesOf(() => send(there, { ...call, region: 'eu-west-2' }))).toEqual(once);
      expect(await statusesOf(() => send(here, { ...call, key: other }))).toEqual(once);
    } finally {
      await there.close();
    }
  });

  it('makes an equal call wait for the other emulator, and answer as it does', async () => {
    const [a, b] = await startPair({ profile: 'stress' });
    await control(a, 'PUT', '/gate', { closed: true });
    const first = send(a, { body: body(contacts(1), 't') });
    await until(async () => (await stats(a)).heldAtGate === 1);
    const second = send(b, { body: body(contacts(1), 't') });
    await until(async () => (await stats(b)).waitingForDuplicate === 1);
    expect((await send(b, { body: body(contacts(2), 't') })).status).toBe(409);
    await control(a, 'PUT', '/gate', { closed: false });
    expect((await first).status).toBe(200);
    expect((await second).text).toBe((await first).text);
  });

  it('creates one set of contacts, however many equal calls come to both at once', async () => {
    const pair = await startPair({ profile: 'stress' });
    const calls = Array.from({ length: 40 }, (_, i) =>
      send(pair[i % 2] as RunningEmulator, { body: body(contacts(5), `t${i % 4}`) }),
    );
    const answers = await Promise.all(calls);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(4);
    const [one, other] = await Promise.all(pair.map(stats));
    expect((one?.contacts ?? 0) + (other?.contacts ?? 0)).toBe(20);
  });

  it('shows a contact through every emulator, with what was changed through any', async () => {
    const [a, b] = await startPair();
    const [id] = (await send(a, { body: body(contacts(1)) })).contactIds;
    const InstanceId = ORDINARY_INSTANCE.id;
    const change = { InstanceId, InitialContactId: id, Attributes: { tier: 'gold' } };
    const post = { method: 'POST', target: '/contact/attributes', body: JSON.stringify(change) };
    expect((await send(b, post)).status).toBe(200);
    const target = `/contact/attributes/${InstanceId}/${id}`;
    const seen = await send(a, { method: 'GET', target, body: '' });
    expect(JSON.parse(seen.text)).toMatchObject({ Attributes: { tier: 'gold' } });
    const stop = { method: 'POST', target: '/contact/stop' };
    const stopped = JSON.stringify({ InstanceId, ContactId: id });
    expect((await send(a, { ...stop, body: stopped })).status).toBe(200);
    expect((await send(b, { ...stop, body: stopped })).status).toBe(410);
  });

  it('answers 500 while Redis is lost, says so once, acknowledges nothing, and recovers', async () => {
    const [a] = await startPair({ profile: 'stress' });
    expect((await send(a, { body: body(contacts(1), 'before') })).status).toBe(200);
    await redis.kill();
    for (const token of ['x', 'y', 'x']) {
      const answer = await send(a, { body: body(contacts(1), token) });
      expect(answer).toMatchObject({ status: 500, error: 'InternalServiceException' });
      expect(answer.message).toMatch(/cannot reach its store/);
    }
    await expect(control(a, 'GET', '/ledger')).rejects.toThrow(/^GET \/ledger: 500 {"message":/);
    await redis.start();
    await until(async () => (await send(a, { body: body(contacts(1), 'x') })).status === 200);
    // One of the pair's each, and no more.
    expect(log.filter((line) => line.includes('lost'))).toHaveLength(2);
    await until(async () => log.filter((line) => !line.includes('lost')).length === 2);
  });

  describe('a Redis that does not answer', () => {
    const said: string[] = [];
    // Short only while the Redis is paused: on a busy machine, one that works may be slow.
    let patience = 60_000;
    const open = () =>
      connect(
        redis.url,
        (line) => said.push(line),
        () => patience,
      );
    const pause = () => {
      redis.pause();
      patience = 250;
    };
    const resume = () => {
      patience = 60_000;
      redis.resume();
    };
    afterEach(() => {
      resume();
      said.length = 0;
    });

    it('is lost as one that is gone: it is told once, calls end at once, and it is found again', async () => {
      const connection = await open();
      pause();
      const calls = [connection.run(FIND, 'a'), connection.run(FIND, 'b')];
      for (const { status, reason } of (await Promise.allSettled(
        calls,
      )) as PromiseRejectedResult[]) {
        expect(status).toBe('rejected');
        expect(reason).toBeInstanceOf(StoreLostError);
      }
      await expect(connection.run(FIND, 'c')).rejects.toThrow(StoreLostError);
      expect(said).toEqual([
        `store: lost ${redis.url} (no answer for 0.25 seconds); calls get 500 until it is back`,
      ]);
      resume();
      await until(async () => said.length === 2);
      expect(said[1]).toBe(`store: ${redis.url} is back`);
      expect(await connection.run(FIND, 'd')).toBeNull();
      await connection.close();
    });

    it('does not hold up the start', async () => {
      pause();
      await expect(open()).rejects.toThrow(/cannot be used \(no answer for 0\.25 seconds\)/);
    });

    it('nor is one that is busy a defect: its own word is told', async () => {
      const connection = await open();
      const [hog, other] = [createClient({ url: redis.url }), createClient({ url: redis.url })];
      await Promise.all([hog.connect(), other.connect()]);
      await other.sendCommand(['CONFIG', 'SET', 'busy-reply-threshold', '1']);
      const hogging = hog.eval('while true do end').catch((error: Error) => error.message);
      await until(() =>
        connection.run(FIND, 'a').then(
          () => false,
          (error: Error) => error instanceof StoreLostError,
        ),
      );
      await other.sendCommand(['SCRIPT', 'KILL']);
      expect(await hogging).toMatch(/killed by user/i);
      expect(await connection.run(FIND, 'a')).toBeNull();
      expect(said).toEqual([
        expect.stringMatching(/lost .* \(BUSY /),
        `store: ${redis.url} is back`,
      ]);
      for (const one of [hog, other, connection]) await one.close();
    });
  });

  it('refuses to start where no Redis answers, and with a URL that is none', async () => {
    await startPair();
    await expect(startEmulator({ store: 'redis://:secret@127.0.0.1:1' })).rejects.toThrow(
      /the Redis at redis:\/\/:\*\*\*@127\.0\.0\.1:1 cannot be used/,
    );
    await expect(startEmulator({ store: 'http://u:secret@x' })).rejects.toThrow(
      /must be a redis:\/\/ or rediss:\/\/ URL, not http:\/\/u:\*\*\*@x$/,
    );
    await expect(startEmulator({ store: 'redis://:a%zzb@127.0.0.1:1' })).rejects.toThrow(
      new UserError(
        'the user or the password in redis://:***@127.0.0.1:1 is not percent-encoded: write % as %25, and @ as %40',
      ),
    );
    await expect(startEmulator({ store: redis.url, dataDir: 'x' })).rejects.toThrow(
      /cannot be combined/,
    );
  });

  it('warns at the start of a policy that evicts, and answers replays when Redis is full', async () => {
    const [a] = await startPair({ profile: 'stress' });
    const first = await send(a, { body: body(contacts(1), 't') });
    expect(log).toEqual([]);
    const admin = createClient({ url: redis.url });
    await admin.connect();
    const set = (name: string, value: string) => admin.sendCommand(['CONFIG', 'SET', name, value]);
    try {
      await set('maxmemory', '1');
      expect(await send(a, { body: body(contacts(1), 'u') })).toMatchObject({ status: 503 });
      expect((await send(a, { body: body(contacts(1), 't') })).text).toBe(first.text);
      await set('maxmemory', '0');
      await set('maxmemory-policy', 'allkeys-lru');
      await (await startEmulator({ store: redis.url, log: (line) => log.push(line) })).close();
      expect(log).toEqual([
        `store: ${redis.url} has maxmemory-policy allkeys-lru, which can delete acknowledged contacts: set it to noeviction`,
      ]);
    } finally {
      await set('maxmemory', '0');
      await set('maxmemory-policy', 'noeviction');
      await admin.close();
    }
  });

  describe('a claim', () => {
    const record: BatchRecord = {
      account: '1',
      region: 'r',
      instanceId: 'i',
      clientToken: 't',
      committedAt: 0,
      body: Buffer.from(body(contacts(1), 't')),
      results: [{ contactId: 'c' }],
      requests: 1,
    };

    let closing: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of closing) await close();
      closing = [];
    });

    const holder = async (times: { lease: number; renewal: number }) => {
      const connection = await connect(redis.url, () => {});
      const claims: Claims = new Map();
      const tokens = createRedisTokens(connection, claims, () => {}, times);
      const store = createRedisStore(connection, ORDINARY_KEEPING, claims);
      closing.push(async () => {
        tokens.close();
        await connection.close();
      });
      return { tokens, store };
    };

    it('of a holder that died runs out, and one that was only slow commits nothing then', async () => {
      await startPair();
      const dead = await holder({ lease: 30, renewal: 1_000_000 });
      const alive = await holder({ lease: 10_000, renewal: 3_000 });
      const first = await dead.tokens.enter('t', record, 0, choose());
      expect(first.kind).toBe('new');
      const second = await alive.tokens.enter('t', record, 0, choose());
      expect(second.kind).toBe('new');
      const commit = { key: 't', record, rerun: false, now: 0 };
      await expect(dead.store.commit(commit)).rejects.toThrow(StoreLostError);
      await alive.store.commit(commit);
      expect((await alive.store.find('t'))?.results).toEqual(record.results);
    });

    it('is renewed while its holder works', async () => {
      await startPair();
      const slow = await holder({ lease: 600_000, renewal: 20 });
      await slow.tokens.enter('t', record, 0, choose());
      const admin = createClient({ url: redis.url });
      await admin.connect();
      const [claim = ''] = await admin.keys('*claim*');
      const left = () => admin.pTTL(claim);
      // As if most of the lease were over: only a renewal gives more.
      await admin.pExpire(claim, 60_000);
      await until(async () => (await left()) > 60_000);
      await admin.close();
      await slow.store.commit({ key: 't', record, rerun: false, now: 0 });
    });
  });

  it('takes from a bucket as one in memory does', async () => {
    await startPair();
    const connection = await connect(redis.url, () => {});
    const quotas = [null, { ratePerSecond: 10, burst: 15 }, { ratePerSecond: 2.5, burst: 3 }];
    const step = fc.oneof(
      fc.record({ kind: fc.constant('take' as const), wait: fc.integer({ min: -50, max: 1_500 }) }),
      // A virtual clock that is set forward, and back.
      fc.record({ kind: fc.constant('take' as const), wait: fc.constantFrom(400_000, -400_000) }),
      fc.record({ kind: fc.constant('drain' as const), n: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ kind: fc.constant('set' as const), tokens: fc.nat(20), frozen: fc.boolean() }),
    );
    const refills = fc.constantFrom('continuous' as const, 'per-second' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...quotas),
        refills,
        fc.array(step),
        async (quota, refill, steps) => {
          await connection.clear();
          const [shared, own] = [createRedisBuckets(connection, quota), createBuckets(quota)];
          let now = 1_700_000_000_000;
          for (const one of steps) {
            if (one.kind === 'take') {
              now += one.wait;
              const taken = await shared.take('b', refill, now);
              expect(taken).toBeCloseTo(await own.take('b', refill, now), 9);
            } else {
              for (const buckets of [shared, own]) {
                if (one.kind === 'drain') await buckets.drain('b', one.n);
                else await buckets.set({ tokens: one.tokens, frozen: one.frozen }, now);
              }
            }
          }
        },
      ),
      { numRuns: 60, seed: 1 },
    );
    await connection.close();
  });

  it('opens and closes as a whole', async () => {
    await startPair();
    const backend = await openRedisBackend(redis.url, null, ORDINARY_KEEPING, () => {});
    expect(await backend.buckets.take('b', 'continuous', 0)).toBe(Number.POSITIVE_INFINITY);
    await backend.store.close();
  });
});
