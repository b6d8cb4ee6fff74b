/**
 * The store on disk: one SQLite file in WAL mode, synced before a commit is acknowledged.
 *
 * SQLite is built into Node, and any SQLite tool can open the file. Its exclusive lock keeps a second emulator
 * out, and the operating system releases that lock when the process ends. LMDB did 1.3 times as many commits a
 * second (docs/benchmarks.md), but it needs a native dependency and a lock of our own.
 */

import { statfsSync, statSync } from 'node:fs';
import type { BucketShelf } from './buckets.ts';
import { ContactIndex, contactIdsIn } from './contact-index.ts';
import { GroupCommit } from './group-commit.ts';
import type { RecordShelf } from './record-shelf.ts';
import { isFull, numberOf, openSqliteFile } from './sqlite-file.ts';
import { sqliteRecords } from './sqlite-records.ts';
import {
  type BatchRecord,
  type ContactChange,
  type ItemResult,
  type Keeping,
  SET_BACK_MILLISECONDS,
  type Store,
  StoreFullError,
} from './store.ts';
import type { Bucket } from './throttle.ts';

const BATCH = `
  SELECT b.serial, b.committed_at, b.account, b.region, b.instance_id, b.client_token, b.results, b.body,
         coalesce(t.requests, 1) AS requests
  FROM batches b LEFT JOIN tokens t ON t.key = b.key AND t.serial = b.serial`;

/** The most old batches that one commit drops. A commit adds one batch, so a larger number reduces a backlog. */
const DROPPED_PER_COMMIT = 4;

interface BatchRow {
  readonly serial: number;
  readonly key: string | null;
  readonly committed_at: number;
  readonly account: string;
  readonly region: string;
  readonly instance_id: string;
  readonly client_token: string | null;
  readonly results: string;
  readonly body: Uint8Array;
  readonly requests: number;
}

interface TokenRow {
  readonly serial: number;
}

/** The number of batches that `batches` reads at a time. Paging keeps no statement open between reads. */
const PAGE = 64;

/** A store that also keeps the rate buckets and the records of campaigns. */
export interface SqliteStore extends Store {
  readonly shelf: BucketShelf;
  readonly records: RecordShelf;
}

/**
 * Opens the store in a folder. The folder is created if it does not exist.
 *
 * @throws UnavailableError if another emulator has the store open, UserError if it cannot be used.
 */
export function openSqliteStore(folder: string, keeping: Keeping): SqliteStore {
  const { db, file } = openSqliteFile(folder, keeping.maxBytes);
  const statement = {
    find: db.prepare(`${BATCH} WHERE t.key = ?`),
    bySerial: db.prepare(`${BATCH} WHERE b.serial = ?`),
    page: db.prepare(`${BATCH} WHERE b.serial > ? ORDER BY b.serial LIMIT ${PAGE}`),
    idsAfter: db.prepare('SELECT serial, results FROM batches WHERE serial > ? ORDER BY serial'),
    oldest: db.prepare(
      'SELECT serial, key, committed_at, results FROM batches ORDER BY serial LIMIT ?',
    ),
    earliest: db.prepare('SELECT min(committed_at) AS at FROM batches'),
    addBatch: db.prepare('INSERT INTO batches VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)'),
    setResults: db.prepare('UPDATE batches SET results = ? WHERE serial = ?'),
    dropBatch: db.prepare('DELETE FROM batches WHERE serial = ?'),
    setToken: db.prepare('INSERT OR REPLACE INTO tokens VALUES (?, ?, ?)'),
    token: db.prepare('SELECT serial FROM tokens WHERE key = ?'),
    countReplay: db.prepare('UPDATE tokens SET requests = requests + 1 WHERE key = ?'),
    dropToken: db.prepare('DELETE FROM tokens WHERE key = ? AND serial = ?'),
    change: db.prepare('SELECT change FROM changes WHERE serial = ? AND item = ?'),
    setChange: db.prepare('INSERT OR REPLACE INTO changes VALUES (?, ?, ?)'),
    dropChanges: db.prepare('DELETE FROM changes WHERE serial = ?'),
    buckets: db.prepare('SELECT key, bucket FROM buckets'),
    setBucket: db.prepare('INSERT OR REPLACE INTO buckets VALUES (?, ?)'),
  };
  const unsavedBuckets = new Map<string, Bucket>();
  const index = new ContactIndex(function* after(serial) {
    const rows = statement.idsAfter.iterate(serial) as Iterable<BatchRow>;
    for (const row of rows) yield { serial: row.serial, ids: contactIdsIn(row.results) };
  });

  const group = new GroupCommit({
    begin: () => db.exec('BEGIN IMMEDIATE'),
    commit: () => {
      for (const [key, bucket] of unsavedBuckets)
        statement.setBucket.run(key, JSON.stringify(bucket));
      db.exec('COMMIT');
      unsavedBuckets.clear();
    },
    rollback: () => {
      if (db.isTransaction) db.exec('ROLLBACK');
    },
    explain: (error) =>
      isFull(error) ? new StoreFullError(whyFull(file, keeping.maxBytes), { cause: error }) : error,
  });

  /** Drops old batches, and returns their results. */
  const dropOld = (now: number): string[] => {
    const until = now - keeping.retentionSeconds * 1000;
    const ahead = now + SET_BACK_MILLISECONDS;
    const oldFollows = () => Number((statement.earliest.get() as { at: number }).at) <= until;
    const oldest = statement.oldest.all(DROPPED_PER_COMMIT) as unknown as BatchRow[];
    const dropped: string[] = [];
    for (const { serial, key, committed_at, results } of oldest) {
      if (committed_at > until && !(committed_at > ahead && oldFollows())) break;
      statement.dropBatch.run(serial);
      statement.dropChanges.run(serial);
      if (key !== null) statement.dropToken.run(key, serial);
      dropped.push(results);
    }
    return dropped;
  };

  const find = (contactId: string) => {
    const place = index.find(contactId);
    const row = place && (statement.bySerial.get(place.serial) as BatchRow | undefined);
    if (!row) return undefined;
    const changed = statement.change.get(place.serial, place.index) as
      | { change: string }
      | undefined;
    const change = changed ? (JSON.parse(changed.change) as ContactChange) : {};
    return { ...place, contact: { batch: recordOf(row), index: place.index, change } };
  };

  return {
    records: sqliteRecords(db, group),
    shelf: {
      load: () =>
        (statement.buckets.all() as unknown as { key: string; bucket: string }[]).map(
          ({ key, bucket }) => [key, JSON.parse(bucket) as Bucket] as const,
        ),
      save(key, bucket) {
        unsavedBuckets.set(key, bucket);
      },
      clear() {
        unsavedBuckets.clear();
        db.exec('DELETE FROM buckets');
      },
    },
    async find(key) {
      const row = statement.find.get(key) as BatchRow | undefined;
      return row && recordOf(row);
    },
    async commit({ key, record, rerun, now }) {
      const results = JSON.stringify(record.results);
      const { dropped, replaced } = await group.run(() => {
        const dropped = dropOld(now);
        const known = rerun ? (statement.token.get(key) as TokenRow | undefined) : undefined;
        let serial = known?.serial;
        if (serial === undefined) {
          const { committedAt, account, region, instanceId, clientToken, body } = record;
          const who = [account, region, instanceId, clientToken] as const;
          const { lastInsertRowid } = statement.addBatch.run(
            committedAt,
            key,
            ...who,
            results,
            body,
          );
          serial = Number(lastInsertRowid);
        } else {
          statement.setResults.run(results, serial);
        }
        if (key !== null) statement.setToken.run(key, serial, record.requests);
        return { dropped, replaced: known?.serial };
      });
      // The index is updated after the commit, because a failed commit drops nothing.
      if (index.built) for (const old of dropped) index.drop(contactIdsIn(old));
      if (replaced !== undefined) index.add(replaced, contactIdsIn(results));
    },
    countReplay: (key) =>
      group.run(() => {
        statement.countReplay.run(key);
      }),
    async findContact(contactId) {
      return find(contactId)?.contact;
    },
    changeContact: (contactId, change) =>
      group.run(() => {
        const found = find(contactId);
        const made = found && change(found.contact);
        if (made) {
          const all = JSON.stringify({ ...found.contact.change, ...made });
          statement.setChange.run(found.serial, found.index, all);
        }
        return found?.contact;
      }),
    async *batches() {
      let rows: BatchRow[];
      for (let last = 0; ; last = rows.at(-1)?.serial ?? last) {
        rows = statement.page.all(last) as unknown as BatchRow[];
        if (rows.length === 0) return;
        yield* rows.map(recordOf);
      }
    },
    keptBytes: () =>
      (numberOf(db, 'PRAGMA page_count') - numberOf(db, 'PRAGMA freelist_count')) *
      numberOf(db, 'PRAGMA page_size'),
    async clear() {
      await group.run(() => {
        for (const table of ['batches', 'tokens', 'changes', 'buckets'])
          db.exec(`DELETE FROM ${table}`);
      });
      unsavedBuckets.clear();
      index.clear();
    },
    async close() {
      try {
        // This commit saves the remaining buckets. If the store is full, they are lost, as after a crash.
        await group.run(() => {}).catch(unlessFull);
      } finally {
        db.close();
      }
    },
  };
}

function unlessFull(error: unknown): void {
  if (!(error instanceof StoreFullError)) throw error;
}

/** Says which limit the file has reached: the configured size or the space on the disk. */
function whyFull(file: string, maxBytes: number): string {
  const { bavail, bsize } = statfsSync(file);
  const toBound = maxBytes - statSync(file).size;
  return bavail * bsize < toBound
    ? `the disk of ${file} is full`
    : `${file} has its ${maxBytes} bytes`;
}

function recordOf(row: BatchRow): BatchRecord {
  return {
    account: row.account,
    region: row.region,
    instanceId: row.instance_id,
    clientToken: row.client_token,
    committedAt: row.committed_at,
    body: row.body,
    results: JSON.parse(row.results) as ItemResult[],
    requests: row.requests,
  };
}
