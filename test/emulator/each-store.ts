/** The stores an emulator can have, for tests over the wire that hold for each. */

import { join } from 'node:path';
import type { EmulatorOptions } from '../../emulator/emulator.ts';
import { tempDir } from '../support/temp-dir.ts';
import { HAS_REDIS, type RedisServer, startRedis } from './redis-server.ts';

export interface EmulatorStore {
  readonly kind: string;
  /** Options of an emulator on such a store. A Redis is one for the whole file, so it may not be empty. */
  readonly open: () => Promise<Pick<EmulatorOptions, 'dataDir' | 'store'>>;
}

/** Called once in a test file: the stores there are here. Those that are missing are skipped, by name. */
export function emulatorStores(): readonly EmulatorStore[] {
  const dir = tempDir();
  let folders = 0;
  let redis: RedisServer | undefined;
  afterAll(() => redis?.close());
  const stores: EmulatorStore[] = [
    { kind: 'memory', open: async () => ({}) },
    { kind: 'SQLite', open: async () => ({ dataDir: join(dir, `${++folders}`) }) },
  ];
  if (HAS_REDIS) {
    stores.push({
      kind: 'Redis',
      async open() {
        redis ??= await startRedis();
        return { store: redis.url };
      },
    });
  } else it.skip('the Redis store: no redis-server here', () => {});
  return stores;
}
