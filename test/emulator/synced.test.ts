/** The durable store is synced before a commit is acknowledged: neither a crash nor a power cut loses an answer. */

import { DatabaseSync } from 'node:sqlite';
import { startEmulator } from '../../emulator/emulator.ts';
import { tempDir } from '../support/temp-dir.ts';
import { body, contacts, send } from './fixtures.ts';

const dataDir = tempDir();
afterEach(() => jest.restoreAllMocks());

/** SQLite's number for `synchronous = FULL`: the log is synced with each transaction. EXTRA is more. */
const FULL = 2;

it('syncs with every transaction that an answer stands on', async () => {
  const commits: { synchronous: number; journal: string }[] = [];
  const { exec } = DatabaseSync.prototype;
  const read = (db: DatabaseSync, pragma: string) =>
    Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
  jest.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (
    this: DatabaseSync,
    text,
  ) {
    if (text === 'COMMIT') {
      const journal = String(read(this, 'journal_mode'));
      commits.push({ synchronous: Number(read(this, 'synchronous')), journal });
    }
    exec.call(this, text);
  });
  const emulator = await startEmulator({ dataDir });
  const opened = commits.length;
  expect((await send(emulator, { body: body(contacts(1), 't') })).status).toBe(200);
  expect(commits.length).toBeGreaterThan(opened);
  await emulator.close();
  for (const { synchronous, journal } of commits) {
    expect(synchronous).toBeGreaterThanOrEqual(FULL);
    expect(journal).toBe('wal');
  }
});
