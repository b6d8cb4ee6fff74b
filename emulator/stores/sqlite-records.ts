/**
 * The records of outbound campaigns in the durable store.
 *
 * A record is found by the number of its row, which is kept in memory. Ids are random, and an index of them on disk
 * would be changed at a random place by each commit.
 */

import type { DatabaseSync } from 'node:sqlite';
import type { Change, KeptRecord } from '../../campaigns/records.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Outgoing, RecordShelf } from './record-shelf.ts';

export const RECORD_TABLES = ['records', 'outgoing', 'written'] as const;

export const RECORD_SCHEMA = `
  CREATE TABLE records (serial INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL);
  CREATE TABLE outgoing (number INTEGER PRIMARY KEY, sink TEXT NOT NULL, line TEXT NOT NULL);
  CREATE TABLE written (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL);
`;

interface RecordRow {
  readonly serial: number;
  readonly kind: string;
  readonly id: string;
  readonly value: string;
}

export function sqliteRecords(db: DatabaseSync, group: GroupCommit): RecordShelf {
  const statement = {
    records: db.prepare('SELECT serial, kind, id, value FROM records ORDER BY serial'),
    add: db.prepare('INSERT INTO records VALUES (NULL, ?, ?, ?)'),
    set: db.prepare('UPDATE records SET value = ? WHERE serial = ?'),
    drop: db.prepare('DELETE FROM records WHERE serial = ?'),
    outgoing: db.prepare('SELECT number, sink, line FROM outgoing ORDER BY number'),
    addLine: db.prepare('INSERT INTO outgoing VALUES (?, ?, ?)'),
    dropLine: db.prepare('DELETE FROM outgoing WHERE number = ?'),
    written: db.prepare('SELECT at FROM written'),
    setWritten: db.prepare('INSERT OR REPLACE INTO written VALUES (1, ?)'),
  };
  const serials = new Map<string, number>();
  const placeOf = (kind: string, id: string) => `${kind} ${id}`;

  /** Writes one change. @returns the row of the record; null if it is dropped. */
  const write = ({ kind, id, value }: Change, serial: number | undefined): number | null => {
    if (value === null) {
      if (serial !== undefined) statement.drop.run(serial);
      return null;
    }
    const text = JSON.stringify(value);
    if (serial === undefined) {
      return Number(statement.add.run(kind, id, text).lastInsertRowid);
    }
    statement.set.run(text, serial);
    return serial;
  };

  return {
    load() {
      serials.clear();
      const rows = statement.records.all() as unknown as RecordRow[];
      for (const { serial, kind, id } of rows) serials.set(placeOf(kind, id), serial);
      return {
        records: rows.map(({ kind, value }) => ({ kind, value: JSON.parse(value) }) as KeptRecord),
        outgoing: statement.outgoing.all() as unknown as Outgoing[],
        writtenAt: (statement.written.get() as { at: number } | undefined)?.at ?? null,
      };
    },
    async commit(next) {
      const rows = await group.run(() => {
        const { changes, outgoing, taken, now } = next();
        const last = new Map(changes.map((change) => [placeOf(change.kind, change.id), change]));
        const rows = new Map<string, number | null>();
        for (const [place, change] of last) rows.set(place, write(change, serials.get(place)));
        for (const { number, sink, line } of outgoing) statement.addLine.run(number, sink, line);
        for (const number of taken) statement.dropLine.run(number);
        statement.setWritten.run(now);
        return rows;
      });
      // After the commit, because a failed commit leaves every row as it was.
      for (const [place, serial] of rows) {
        if (serial === null) serials.delete(place);
        else serials.set(place, serial);
      }
    },
    async clear() {
      await group.run(() => {
        for (const table of RECORD_TABLES) db.exec(`DELETE FROM ${table}`);
      });
      serials.clear();
    },
  };
}
