/** The file of the durable store: made, locked, checked for its version, compacted. */

import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { RECORD_SCHEMA } from './sqlite-records.ts';

/** Raised with every change of the tables; a file of another version is refused, never converted. */
const SCHEMA_VERSION = 2;
const FILE = 'dialproof.sqlite';

/** Body last: what is read without it then need not pass over its pages. */
const SCHEMA = `
  CREATE TABLE batches (
    serial INTEGER PRIMARY KEY,
    committed_at INTEGER NOT NULL,
    key TEXT,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    client_token TEXT,
    results TEXT NOT NULL,
    body BLOB NOT NULL
  );
  CREATE TABLE tokens (key TEXT PRIMARY KEY, serial INTEGER NOT NULL, requests INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE changes (serial INTEGER, item INTEGER, change TEXT NOT NULL, PRIMARY KEY (serial, item)) WITHOUT ROWID;
  CREATE TABLE buckets (key TEXT PRIMARY KEY, bucket TEXT NOT NULL) WITHOUT ROWID;
  ${RECORD_SCHEMA}
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Finds the earliest batch, which after the clock was set back is not the first. Not a change of the tables. */
const INDEX = 'CREATE INDEX IF NOT EXISTS batches_by_time ON batches (committed_at)';

/** The keys of batches that no token means. A token means the last batch of its key. */
const LOST_TOKENS = `
  SELECT count(*) FROM batches b WHERE key IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM tokens t WHERE t.key = b.key AND t.serial >= b.serial)`;

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

export interface SqliteFile {
  readonly db: DatabaseSync;
  /** Its path. */
  readonly file: string;
}

/**
 * Opens the file in a folder, locks it, and compacts it if needed. A missing folder is made.
 *
 * @throws UnavailableError if another emulator has the file open, UserError if the file cannot be used.
 */
export function openSqliteFile(folder: string, maxBytes: number): SqliteFile {
  const file = path.join(folder, FILE);
  makeFolder(folder);
  for (const place of [folder, file]) checkWritable(place);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file);
    // The lock first, so that nothing is read that another emulator is writing.
    db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL',
    );
    db.exec('BEGIN EXCLUSIVE');
    const version = numberOf(db, 'PRAGMA user_version');
    if (version === 0 && numberOf(db, 'SELECT count(*) FROM sqlite_schema') === 0) db.exec(SCHEMA);
    else if (version !== SCHEMA_VERSION) {
      throw new UserError(
        `${file} has schema ${version} and this dialproof reads ${SCHEMA_VERSION}: use the version that wrote it, or another folder`,
      );
    } else checkWhole(db, file);
    db.exec(INDEX);
    db.exec('COMMIT');
    const pages = Math.max(1, Math.floor(maxBytes / numberOf(db, 'PRAGMA page_size')));
    db.exec(`PRAGMA max_page_count = ${pages}`);
    compact(db);
    return { db, file };
  } catch (error) {
    db?.close();
    if (errcode(error) === SQLITE_BUSY) {
      throw new UnavailableError(
        `another emulator uses ${folder}: stop it, or give this one its own folder`,
      );
    }
    if (errcode(error) === SQLITE_CORRUPT) throw damaged(file, (error as Error).message);
    if (errcode(error) === SQLITE_NOTADB) {
      throw new UserError(`${file} is not a SQLite file: move it away, or name another folder`);
    }
    if (errcode(error) !== undefined) {
      throw new UserError(
        `${file} cannot be opened (${(error as Error).message}): name another folder`,
      );
    }
    throw error;
  }
}

/**
 * Reads the whole file once: a page that cannot be read, or that was lost, would make acknowledged tokens new again.
 *
 * @throws UserError if the file is damaged.
 */
function checkWhole(db: DatabaseSync, file: string): void {
  const [found] = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {});
  if (found !== 'ok') throw damaged(file, `${found}`.replace(/\s+/g, ' '));
  const lost = numberOf(db, LOST_TOKENS);
  if (lost > 0) throw damaged(file, `${lost} ClientTokens are missing`);
}

function damaged(file: string, what: string): UserError {
  return new UserError(
    `${file} is damaged (${what}): restore a copy, or move the file away to begin with an empty store; "sqlite3 ${file} .recover" shows what can still be read`,
  );
}

/** Makes only the last level, because node's recursive mkdir never returns if a parent cannot hold folders (/proc). */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (isFolder(folder)) return;
    const isFile = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new UserError(
      isFile
        ? `cannot create the data folder ${folder}: it is a file; name a folder`
        : `cannot create the data folder ${folder} (${(error as Error).message}): name one whose parent exists`,
    );
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // The folder is missing, or a parent cannot be read. The error from making it says which.
    return false;
  }
}

/** Checks access first, because SQLite reports missing rights as an I/O error. @throws UserError without access. */
function checkWritable(path: string): void {
  if (!existsSync(path)) return;
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new UserError(
      `${path} is not writable (${(error as Error).message}): give this user write access, or name another folder`,
    );
  }
}

/** Frees the space of dropped batches if it is most of the file. Otherwise SQLite uses the space again. */
function compact(db: DatabaseSync): void {
  const free = numberOf(db, 'PRAGMA freelist_count');
  if (free * 2 <= numberOf(db, 'PRAGMA page_count')) return;
  try {
    db.exec('VACUUM');
  } catch (error) {
    // It needs room for a copy. Without it the pages stay, to be used again.
    if (!isFull(error)) throw error;
  }
}

/** The one number that a query gives. */
export function numberOf(db: DatabaseSync, query: string): number {
  return Number(Object.values(db.prepare(query).get() ?? {})[0]);
}

/** Whether a statement failed because the file cannot grow. */
export function isFull(error: unknown): boolean {
  return errcode(error) === SQLITE_FULL;
}

function errcode(error: unknown): number | undefined {
  return (error as { errcode?: number } | null)?.errcode;
}
