/** Compares the rates of the stores: the cost of durability, and the gain of a second process on one Redis. */

import { type EmulatorProcess, spawnEmulator } from '../cli/stages/emulator-process.ts';
import { measureCapacity } from '../load/drive/capacity.ts';
import { ORDINARY_INSTANCE } from '../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import { HAS_REDIS, startRedis } from '../test/emulator/redis-server.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 5;
const CONNECTIONS = 32;
const SECONDS = 2;

interface Side {
  readonly label: string;
  readonly emulators: readonly EmulatorProcess[];
}

/** A closed loop of 32 connections over all of a side's processes; the client has the same CPUs. */
export async function benchStores(): Promise<BenchResult> {
  const folder = makeTemporaryFolder('bench');
  const redis = HAS_REDIS ? await startRedis() : null;
  const start = (...args: string[]) =>
    spawnEmulator(['--port', '0', '--profile', 'stress', ...args]);
  const sides: Side[] = [
    { label: 'memory', emulators: [await start()] },
    { label: 'SQLite (--data-dir)', emulators: [await start('--data-dir', folder)] },
  ];
  if (redis) {
    const pair = [await start('--store', redis.url), await start('--store', redis.url)];
    sides.push({ label: 'Redis, one process', emulators: pair.slice(0, 1) });
    sides.push({ label: 'Redis, two processes', emulators: pair });
  }
  const all = new Map<string, number[]>(sides.map(({ label }) => [label, []]));
  try {
    for (const { emulators } of sides) await rateOf(emulators);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { label, emulators } of sides) all.get(label)?.push(await rateOf(emulators));
    }
  } finally {
    for (const emulator of new Set(sides.flatMap(({ emulators }) => emulators))) {
      await emulator.close();
    }
    await redis?.close();
    removeTemporaryFolder(folder);
  }
  const rows = [...all].map(([label, values]) => ({ label, median: median(values), all: values }));
  const [memory, durable, one, two] = rows.map((row) => row.median);
  const ratios = [
    { label: 'SQLite / memory', value: (durable ?? Number.NaN) / (memory ?? 1), aim: '>= 0.5' },
  ];
  if (one && two) {
    ratios.push({ label: 'two processes on one Redis / one', value: two / one, aim: 'stated' });
  }
  return { name: 'stores, 25 contacts a request', unit: 'requests/s', rows, ratios };
}

async function rateOf(emulators: readonly EmulatorProcess[]): Promise<number> {
  const connections = [CONNECTIONS / emulators.length];
  const measured = emulators.map(({ credentials, ...emulator }) => {
    const target = { ...emulator, key: credentials.principal, instanceId: ORDINARY_INSTANCE.id };
    return measureCapacity(target, { connections, seconds: SECONDS });
  });
  const capacities = await Promise.all(measured);
  return capacities.reduce((sum, { best }) => sum + best.requestsPerSecond, 0);
}
