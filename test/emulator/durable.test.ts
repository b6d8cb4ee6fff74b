import fs, { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { openSqliteFile } from '../../emulator/stores/sqlite-file.ts';
import { UserError } from '../../system/errors.ts';
import { tempDir } from '../support/temp-dir.ts';
import { body, contact, contacts, factsWith, send } from './fixtures.ts';

const PAGE_BYTES = 4_096;

let folder: string;
const file = () => path.join(folder, 'dialproof.sqlite');

beforeEach(() => {
  folder = tempDir();
});

afterEach(() => jest.restoreAllMocks());

function refusedBy(call: string): Error {
  return Object.assign(new Error(`EACCES: permission denied, ${call}`), { code: 'EACCES' });
}

async function using<T>(
  options: EmulatorOptions,
  use: (emulator: Awaited<ReturnType<typeof startEmulator>>) => Promise<T>,
): Promise<T> {
  const emulator = await startEmulator({ dataDir: folder, ...options });
  try {
    return await use(emulator);
  } finally {
    await emulator.close();
  }
}

it('answers a token after a restart as it did before', async () => {
  const call = { body: body(contacts(2), 't') };
  const first = await using({}, (emulator) => send(emulator, call));
  expect(first.contactIds).toHaveLength(2);
  const again = await using({}, (emulator) => send(emulator, call));
  expect(again.text).toBe(first.text);
  const other = { body: body(contacts(3), 't') };
  expect((await using({}, (emulator) => send(emulator, other))).status).toBe(409);
});

it.each([
  ['lone surrogates', ['\ud800', '\ud801', '\ufffd']],
  ['NUL', ['a\0b', 'a\0c', 'a']],
])('keeps tokens with %s apart', (_, tokens) =>
  using({}, async (emulator) => {
    for (const [n, token] of tokens.entries()) {
      const call = { body: body([contact(n)], token) };
      const first = await send(emulator, call);
      expect(first.status).toBe(200);
      expect((await send(emulator, call)).text).toBe(first.text);
    }
  }),
);

it('remembers the rate buckets', async () => {
  const options = { rate: 1, burst: 2, clock: { now: () => 1_000 } };
  const at = 1_000;
  const status = (token: string) =>
    using(options, async (emulator) => {
      const answer = await send(emulator, { body: body(contacts(1), token), at });
      return answer.status;
    });
  expect([await status('a'), await status('b'), await status('c')]).toEqual([200, 200, 429]);
});

it('answers 503 when the store is full, and a replay still', async () => {
  await using({ maxBytes: 200_000 }, async (emulator) => {
    const call = { body: body(contacts(1), 'kept') };
    const kept = await send(emulator, call);
    const attributes = { Attributes: { note: 'x'.repeat(30_000) } };
    let last = kept;
    for (let i = 0; i < 9 && last.status === 200; i += 1) {
      last = await send(emulator, { body: body([contact(0, attributes)], `t${i}`) });
    }
    expect(last).toMatchObject({ status: 503, error: 'ServiceUnavailable' });
    expect(last.message).toMatch(/store is full: .* has its 200000 bytes/);
    expect((await send(emulator, call)).text).toBe(kept.text);
  });
});

it('uses again the room that retention makes: the file stops growing', async () => {
  const clock = { time: Date.now(), now: () => clock.time };
  const facts = factsWith({ tokenLifetimeSeconds: 1 });
  const sizes: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await using({ retentionSeconds: 1, clock, facts, profile: 'stress' }, async (emulator) => {
      for (let i = 0; i < 20; i += 1) {
        const call = { body: body(contacts(25), `${round}-${i}`), at: clock.time };
        expect((await send(emulator, call)).status).toBe(200);
      }
    });
    clock.time += 2_000;
    sizes.push(statSync(file()).size);
  }
  expect(sizes[0]).toBeGreaterThan(50_000);
  expect(sizes[4]).toBeLessThan((sizes[1] ?? 0) * 1.2);
});

describe('a full disk', () => {
  /** Lets no statement through that begins so, as SQLite does without room for it. */
  const full = (statement: string) => {
    const { exec } = DatabaseSync.prototype;
    return jest.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (
      this: DatabaseSync,
      text,
    ) {
      if (text === statement) {
        throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
      }
      exec.call(this, text);
    });
  };

  it('is told from the bound of the store', async () => {
    await using({ maxBytes: 2 ** 60 }, async (emulator) => {
      full('COMMIT');
      const answer = await send(emulator, { body: body(contacts(1), 't') });
      expect(answer).toMatchObject({ status: 503, error: 'ServiceUnavailable' });
      expect(answer.message).toBe(`The emulator's store is full: the disk of ${file()} is full.`);
      jest.restoreAllMocks();
      expect((await send(emulator, { body: body(contacts(1), 't') })).status).toBe(200);
    });
  });

  it('keeps no replay from being answered', async () => {
    await using({}, async (emulator) => {
      const call = { body: body(contacts(1), 't') };
      const first = await send(emulator, call);
      full('COMMIT');
      expect((await send(emulator, { body: body(contacts(1), 'u') })).status).toBe(503);
      expect((await send(emulator, call)).text).toBe(first.text);
    });
  });

  it('does not keep the endpoint from closing, nor from opening where there is something to compact', async () => {
    const call = { body: body(contacts(1), 't') };
    const emulator = await startEmulator({ dataDir: folder });
    const first = await send(emulator, call);
    full('COMMIT');
    await emulator.close();
    jest.restoreAllMocks();
    const db = new DatabaseSync(file());
    db.exec('CREATE TABLE much (x); INSERT INTO much VALUES (zeroblob(1000000)); DROP TABLE much');
    db.close();
    const compacted = full('VACUUM');
    expect((await using({}, (again) => send(again, call))).text).toBe(first.text);
    expect(compacted).toHaveBeenCalledWith('VACUUM');
  });
});

describe('a folder that it cannot have', () => {
  it('is one that another emulator has open', async () => {
    await using({}, async () => {
      await expect(startEmulator({ dataDir: folder })).rejects.toThrow(
        `another emulator uses ${folder}: stop it, or give this one its own folder`,
      );
    });
    await using({}, async () => {});
  });

  it('is one that another version wrote', async () => {
    const db = new DatabaseSync(file());
    db.exec('CREATE TABLE x (y); PRAGMA user_version = 99');
    db.close();
    await expect(startEmulator({ dataDir: folder })).rejects.toThrow(
      /has schema 99 and this dialproof reads 2/,
    );
  });

  it('is one whose file is no database', async () => {
    writeFileSync(file(), 'x'.repeat(5_000));
    await expect(startEmulator({ dataDir: folder })).rejects.toThrow(/is not a SQLite file/);
  });

  it('is one whose file has a damaged page', async () => {
    await using({}, async (emulator) => {
      for (let i = 0; i < 8; i += 1) await send(emulator, { body: body(contacts(25), `t${i}`) });
    });
    const whole = readFileSync(file());
    const pages = whole.length / PAGE_BYTES;
    const refusalToOpen = () => {
      try {
        openSqliteFile(folder, 2 ** 30).db.close();
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    let refused = 0;
    // Each page but the first, which has the header: overwritten, it is found, unless it was free.
    for (let page = 1; page < pages; page += 1) {
      const broken = Buffer.from(whole);
      broken.fill(0xff, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
      writeFileSync(file(), broken);
      const message = refusalToOpen();
      if (message !== '') {
        expect(message).toMatch(/dialproof\.sqlite is damaged \([^\n]+\): restore a copy, or move/);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(pages / 2);
  });

  it('is one that has lost tokens', async () => {
    await using({}, (emulator) => send(emulator, { body: body(contacts(1), 't') }));
    const db = new DatabaseSync(file());
    db.exec('DELETE FROM tokens');
    db.close();
    await expect(startEmulator({ dataDir: folder })).rejects.toThrow(
      /is damaged \(1 ClientTokens are missing\)/,
    );
  });

  it('is one that may not be written', async () => {
    await using({}, async () => {});
    jest.spyOn(fs, 'accessSync').mockImplementation((place) => {
      if (place === file()) throw refusedBy('access');
    });
    await expect(startEmulator({ dataDir: folder })).rejects.toThrow(
      new UserError(
        `${file()} is not writable (EACCES: permission denied, access): give this user write access, or name another folder`,
      ),
    );
  });

  it('is one that may not be looked at', async () => {
    for (const call of ['mkdirSync', 'statSync'] as const) {
      jest.spyOn(fs, call).mockImplementation(() => {
        throw refusedBy(call);
      });
    }
    await expect(startEmulator({ dataDir: folder })).rejects.toThrow(
      /cannot create the data folder .* \(EACCES/,
    );
  });

  it('is a file', async () => {
    writeFileSync(path.join(folder, 'taken'), '');
    const dataDir = path.join(folder, 'taken');
    await expect(startEmulator({ dataDir })).rejects.toThrow(/taken: it is a file; name a folder$/);
  });

  it('is in no folder that is there', async () => {
    const dataDir = path.join(folder, 'a', 'b');
    await expect(startEmulator({ dataDir })).rejects.toThrow(/name one whose parent exists/);
  });

  it('is free again when the port was not', async () => {
    await using({}, async ({ url }) => {
      const dataDir = path.join(folder, 'second');
      const port = Number(new URL(url).port);
      await expect(startEmulator({ dataDir, port })).rejects.toThrow(/is in use/);
      await (await startEmulator({ dataDir })).close();
    });
  });
});

it('leaves one file behind when it is closed', async () => {
  await using({}, (emulator) => send(emulator, { body: body(contacts(1), 't') }));
  expect(readdirSync(folder)).toEqual(['dialproof.sqlite']);
});

it('is compacted on start-up when most of its file is free', async () => {
  const clock = { time: Date.now(), now: () => clock.time };
  const options = { retentionSeconds: 1, clock, profile: 'stress' as const };
  const put = (emulator: Awaited<ReturnType<typeof startEmulator>>, token: string, items: number) =>
    send(emulator, { body: body(contacts(items), token), at: clock.time });
  await using(options, async (emulator) => {
    for (let i = 0; i < 60; i += 1) await put(emulator, `old-${i}`, 25);
  });
  const full = statSync(file()).size;
  clock.time += 5_000;
  await using(options, async (emulator) => {
    for (let i = 0; i < 16; i += 1) await put(emulator, `new-${i}`, 1);
  });
  expect(statSync(file()).size).toBe(full);
  await using(options, async () => {});
  expect(statSync(file()).size).toBeLessThan(full / 2);
});
