/** Options that set where the emulator stores its data, and how much it keeps. */

import type { Command } from 'commander';
import type { BackendOptions } from '../../emulator/open-backend.ts';
import { ORDINARY_KEEPING } from '../../emulator/stores/store.ts';
import { wholeNumber } from './read-option.ts';

const MEBIBYTE = 2 ** 20;

export interface StoreOptions {
  readonly dataDir?: string;
  readonly store?: string;
  readonly retention: number;
  readonly storeLimit: number;
}

export function addStoreOptions(command: Command): Command {
  return command
    .option('--data-dir <folder>', 'keep contacts and tokens on disk; they survive any crash')
    .option('--store <redis url>', 'share contacts, tokens and rate buckets with other emulators')
    .option(
      '--retention <seconds>',
      'seconds after their commit at which contacts and tokens are dropped',
      wholeNumber(1, 2 ** 31),
      ORDINARY_KEEPING.retentionSeconds,
    )
    .option(
      '--store-limit <MiB>',
      'size of the store, above which calls are refused',
      wholeNumber(1, 2 ** 30),
      ORDINARY_KEEPING.maxBytes / MEBIBYTE,
    );
}

export function backendOptions(options: StoreOptions): BackendOptions {
  return {
    retentionSeconds: options.retention,
    maxBytes: options.storeLimit * MEBIBYTE,
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    ...(options.store === undefined ? {} : { store: options.store }),
  };
}

/** Texts of the options again, for a child process. */
export function storeArgs({ dataDir, store, retention, storeLimit }: StoreOptions): string[] {
  const where = dataDir === undefined ? [] : ['--data-dir', dataDir];
  const shared = store === undefined ? [] : ['--store', store];
  return [...where, ...shared, '--retention', `${retention}`, '--store-limit', `${storeLimit}`];
}
