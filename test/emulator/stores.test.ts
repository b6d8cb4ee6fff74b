import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMemoryStore } from '../../emulator/stores/memory-store.ts';
import { connect } from '../../emulator/stores/redis/connection.ts';
import { createRedisStore } from '../../emulator/stores/redis/store.ts';
import { openSqliteStore } from '../../emulator/stores/sqlite-store.ts';
import {
  type BatchRecord,
  type Commit,
  type ItemResult,
  type Keeping,
  ORDINARY_KEEPING,
  type Store,
  StoreFullError,
} from '../../emulator/stores/store.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';
import { HAS_REDIS, type RedisServer, startRedis } from './redis-server.ts';

const created = (contactId: string): ItemResult => ({ contactId });
const throttled: ItemResult = { code: 'REQUEST_THROTTLED' };

/** A good body that says `text`. */
function bodyWith(text: string): Buffer {
  return Buffer.from(JSON.stringify({ ContactDataRequestList: [{ QueueId: text }] }));
}

function record(token: string | null, overrides: Partial<BatchRecord> = {}): BatchRecord {
  return {
    account: '1',
    region: 'r',
    instanceId: 'i',
    clientToken: token,
    committedAt: 0,
    body: bodyWith(`${token} \u{1F4DE}`),
    results: [created(`${token}-0`), throttled, created(`${token}-2`)],
    requests: 1,
    ...overrides,
  };
}

function commitOf(token: string | null, overrides: Partial<BatchRecord> = {}): Commit {
  const made = record(token, overrides);
  return { key: token, record: made, rerun: false, now: made.committedAt };
}

async function all(store: Store): Promise<BatchRecord[]> {
  const batches: BatchRecord[] = [];
  for await (const batch of store.batches()) batches.push(plain(batch));
  return batches;
}

/** Bytes of any kind as a Buffer, so that equal ones are equal to jest. */
const plain = (batch: BatchRecord): BatchRecord => ({ ...batch, body: Buffer.from(batch.body) });

let redis: RedisServer | undefined;

interface Kind {
  readonly kind: string;
  /** Why it cannot be tried here. */
  readonly missing?: string | false;
  readonly open: (folder: string, keeping: Keeping) => Store | Promise<Store>;
}

const KINDS: readonly Kind[] = [
  { kind: 'memory', open: (_, keeping) => createMemoryStore(keeping) },
  { kind: 'SQLite', open: (folder, keeping) => openSqliteStore(folder, keeping) },
  {
    kind: 'Redis',
    missing: !HAS_REDIS && 'no redis-server here',
    async open(_, keeping) {
      redis ??= await startRedis();
      const connection = await connect(redis.url, (line) => {
        throw new Error(line);
      });
      await connection.clear();
      return createRedisStore(connection, keeping, new Map());
    },
  },
];

afterAll(() => redis?.close());

it('every store of the emulator is tried here and over HTTP, and docs/stores.md has its row', () => {
  const folder = join(PACKAGE_ROOT, 'emulator', 'stores');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const openers = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /^export (?:async )?function ((?:create|open)\w*Store)\b/gm,
      ),
    ])
    .map(([, name = '']) => name);
  expect(KINDS.map(({ open }) => openers.find((name) => `${open}`.includes(name))).sort()).toEqual(
    openers.sort(),
  );
  const eachStore = readFileSync(join(__dirname, 'each-store.ts'), 'utf8');
  const page = readFileSync(join(PACKAGE_ROOT, 'docs', 'stores.md'), 'utf8');
  for (const { kind } of KINDS) {
    expect(eachStore).toContain(`kind: '${kind}'`);
    expect(page).toContain(`\n| ${kind} | `);
  }
});

for (const { kind, missing } of KINDS) {
  if (missing) it.skip(`the ${kind} store: ${missing}`, () => {});
}

describe.each(KINDS.filter(({ missing }) => !missing))('the $kind store', ({ kind, open }) => {
  let folder: string;
  const opened: Store[] = [];
  const store = async (keeping: Partial<Keeping> = {}) => {
    const one = await open(folder, { ...ORDINARY_KEEPING, ...keeping });
    opened.push(one);
    return one;
  };

  beforeEach(() => {
    folder = tempDir();
  });

  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  it('finds a batch by its token as it was committed, and none by another', async () => {
    const s = await store();
    await s.commit(commitOf('a'));
    const found = await s.find('a');
    expect(found && plain(found)).toEqual(record('a'));
    expect(await s.find('b')).toBeUndefined();
  });

  it('keeps batches without a token, in the order of their commits', async () => {
    const s = await store();
    for (const token of ['a', null, 'b', null]) await s.commit(commitOf(token));
    expect((await all(s)).map((batch) => batch.clientToken)).toEqual(['a', null, 'b', null]);
  });

  it('walks more batches than it reads at a time', async () => {
    const s = await store();
    const tokens = Array.from({ length: 150 }, (_, i) => `t${i}`);
    await Promise.all(tokens.map((token) => s.commit(commitOf(token))));
    expect((await all(s)).map((batch) => batch.clientToken)).toEqual(tokens);
  });

  it('counts the requests of a token, and of no token that is not there', async () => {
    const s = await store();
    await s.commit(commitOf('a'));
    await s.countReplay('a');
    await s.countReplay('a');
    await s.countReplay('b');
    expect((await s.find('a'))?.requests).toBe(3);
    expect(await s.find('b')).toBeUndefined();
  });

  it('lets a token mean the batch that was committed last, and keeps the older batch', async () => {
    const s = await store();
    await s.commit(commitOf('a', { body: bodyWith('first'), results: [created('1')] }));
    await s.commit(commitOf('a', { body: bodyWith('second'), results: [created('2')] }));
    expect((await s.find('a'))?.results).toEqual([created('2')]);
    expect((await all(s)).map(({ results }) => results)).toEqual([[created('1')], [created('2')]]);
  });

  it('puts the results of a rerun in the place of the first ones', async () => {
    const s = await store();
    await s.commit(commitOf('a'));
    // Asked before, so that the index must learn of the new contact.
    expect(await s.findContact('late')).toBeUndefined();
    const results = [created('a-0'), created('late'), created('a-2')];
    await s.commit({
      key: 'a',
      record: record('a', { results, requests: 2 }),
      rerun: true,
      now: 0,
    });
    expect(await all(s)).toEqual([record('a', { results, requests: 2 })]);
    expect(await s.findContact('late')).toMatchObject({ index: 1, batch: { clientToken: 'a' } });
  });

  it('finds a contact by its id, whether it came before the first question or after', async () => {
    const s = await store();
    await s.commit(commitOf('a'));
    expect(await s.findContact('a-2')).toMatchObject({ index: 2, change: {} });
    await s.commit(commitOf('b'));
    expect(await s.findContact('b-0')).toMatchObject({ index: 0, batch: { clientToken: 'b' } });
    expect(await s.findContact('c-0')).toBeUndefined();
  });

  it('changes a contact member by member, and tells what it was before', async () => {
    const s = await store();
    await s.commit(commitOf('a'));
    await s.changeContact('a-2', () => ({ attributes: { tier: 'gold' } }));
    const before = await s.changeContact('a-2', ({ change }) => {
      expect(change).toEqual({ attributes: { tier: 'gold' } });
      return { disconnectedAt: 5 };
    });
    expect(before?.change).toEqual({ attributes: { tier: 'gold' } });
    expect((await s.findContact('a-2'))?.change).toEqual({
      attributes: { tier: 'gold' },
      disconnectedAt: 5,
    });
    expect((await s.findContact('a-0'))?.change).toEqual({});
    expect(await s.changeContact('a-2', () => null)).toBeDefined();
    expect(await s.changeContact('none', () => ({ disconnectedAt: 1 }))).toBeUndefined();
  });

  it('drops what is older than its retention: token, contacts and their changes', async () => {
    const s = await store({ retentionSeconds: 10 });
    await s.commit(commitOf('old', { committedAt: 0 }));
    await s.commit(commitOf('young', { committedAt: 5_000 }));
    await s.changeContact('old-0', () => ({ disconnectedAt: 1 }));
    await s.commit(commitOf('now', { committedAt: 10_000 }));
    expect((await all(s)).map(({ clientToken }) => clientToken)).toEqual(['young', 'now']);
    expect(await s.find('old')).toBeUndefined();
    expect(await s.findContact('old-0')).toBeUndefined();
    expect(await s.findContact('young-0')).toBeDefined();
  });

  it('catches up with a backlog of old batches', async () => {
    const s = await store({ retentionSeconds: 1 });
    for (let i = 0; i < 30; i += 1) await s.commit(commitOf(`old${i}`));
    for (let i = 0; i < 12; i += 1) await s.commit(commitOf(`new${i}`, { committedAt: 9_000 }));
    expect((await all(s)).map(({ clientToken }) => clientToken)).toEqual(
      Array.from({ length: 12 }, (_, i) => `new${i}`),
    );
  });

  it('refuses what it has no room for, changes nothing then, and has room again after retention', async () => {
    const s = await store({ maxBytes: 400_000, retentionSeconds: 60 });
    const large = { body: bodyWith('x'.repeat(50_000)) };
    let kept = 0;
    const fill = async () => {
      for (; kept < 20; kept += 1) await s.commit(commitOf(`t${kept}`, large));
    };
    await expect(fill()).rejects.toThrow(StoreFullError);
    expect(kept).toBeGreaterThan(2);
    expect(await s.find(`t${kept}`)).toBeUndefined();
    expect(await all(s)).toHaveLength(kept);
    await s.commit(commitOf('later', { ...large, committedAt: 61_000 }));
    expect(await s.find('later')).toBeDefined();
  });

  // SQLite writes the new row before it gives back the old one's pages, so it may refuse this too.
  if (kind !== 'SQLite') {
    it('has room for what takes the place of another, when it is full', async () => {
      const s = await store({ maxBytes: 400_000 });
      const large = { body: bodyWith('x'.repeat(50_000)) };
      const fill = async () => {
        for (let i = 0; i < 20; i += 1) await s.commit(commitOf(`t${i}`, large));
      };
      await expect(fill()).rejects.toThrow(StoreFullError);
      const again = commitOf('t0', { ...large, results: [created('t0-0'), created('t0-1')] });
      await s.commit({ ...again, rerun: true });
      expect(await s.findContact('t0-1')).toBeDefined();
    });
  }

  it('refuses only what it has no room for, of all that comes at once', async () => {
    const s = await store({ maxBytes: 400_000 });
    await s.commit(commitOf('a'));
    const [large, replay, small] = await Promise.allSettled([
      s.commit(commitOf('large', { body: bodyWith('x'.repeat(500_000)) })),
      s.countReplay('a'),
      s.commit(commitOf('small')),
    ]);
    expect(large).toMatchObject({ status: 'rejected', reason: expect.any(StoreFullError) });
    expect([replay.status, small.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(await s.find('large')).toBeUndefined();
    expect(await s.find('small')).toBeDefined();
    expect((await s.find('a'))?.requests).toBe(2);
  });

  it('shows the contacts of every batch that it keeps, after a commit that failed too', async () => {
    const s = await store({ maxBytes: 400_000, retentionSeconds: 1 });
    await s.commit(commitOf('old'));
    expect(await s.findContact('old-0')).toBeDefined();
    const large = { body: bodyWith('x'.repeat(500_000)), committedAt: 9_000 };
    await expect(s.commit(commitOf('large', large))).rejects.toThrow(StoreFullError);
    const kept = await all(s);
    expect((await s.findContact('old-0')) !== undefined).toBe(kept.length === 1);
  });

  it('forgets everything when it is cleared', async () => {
    const s = await store();
    await s.commit(commitOf('a'));
    await s.changeContact('a-0', () => ({ disconnectedAt: 1 }));
    await s.clear();
    expect(await all(s)).toEqual([]);
    expect(await s.find('a')).toBeUndefined();
    expect(await s.findContact('a-0')).toBeUndefined();
    await s.commit(commitOf('a'));
    expect((await s.findContact('a-0'))?.change).toEqual({});
  });
});
