/** `dialproof emulator --capacity`: what it refuses, and that it leaves nothing behind. */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '../../emulator/emulator.ts';
import { body, contacts, ledger, send, until } from '../emulator/fixtures.ts';
import { HAS_REDIS, startRedis } from '../emulator/redis-server.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, ended, start } from './command.ts';

const dir = tempDir();

it.each([
  ['--faults', 'ambiguous'],
  ['--rate', '5'],
  ['--burst', '5'],
])('has no place for %s', async (...option) => {
  const { code, stdout, stderr } = await dialproof('emulator', '--capacity', ...option);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    'dialproof: --capacity measures the endpoint without faults, quota, seed, speed, dials, events, agents and feeder journal: leave out --faults, --rate, --burst, --seed, --speed, --dials, --events, --event-faults, --agents, --shift and --feeder-journal\n',
  );
});

it('measures on the disk of the data folder, beside what is in it, and leaves nothing there', async () => {
  const dataDir = join(dir, 'data');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'dialproof.sqlite'), 'somebody has this one');
  const child = start('emulator', '--capacity', '--data-dir', dataDir, '--bug', 'drops-item');
  const end = ended(child);
  const own = () => readdirSync(dataDir).find((name) => name.startsWith('capacity-'));
  await until(async () => {
    const name = own();
    return name !== undefined && readdirSync(join(dataDir, name)).includes('dialproof.sqlite');
  });
  child.kill('SIGINT');
  expect((await end).code).toBe(130);
  expect(readdirSync(dataDir)).toEqual(['dialproof.sqlite']);
});

it('says where it can make no folder', async () => {
  const dataDir = join(dir, 'no', 'such');
  const { code, stderr } = await dialproof('emulator', '--capacity', '--data-dir', dataDir);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^dialproof: cannot create a temporary folder for --data-dir .*such \(ENOENT.*\): name another folder\n$/,
  );
});

(HAS_REDIS ? it : it.skip)('empties no Redis that has contacts (needs redis-server)', async () => {
  const redis = await startRedis();
  const emulator = await startEmulator({ store: redis.url, log: () => {} });
  try {
    await send(emulator, { body: body(contacts(1)) });
    const { code, stderr } = await dialproof('emulator', '--capacity', '--store', redis.url);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `dialproof: the store ${redis.url} has contacts, and --capacity empties the store that it measures: name an empty database\n`,
    );
    expect(await ledger(emulator)).toHaveLength(1);
  } finally {
    await emulator.close();
    await redis.close();
  }
});
