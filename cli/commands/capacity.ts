/** dialproof emulator --capacity: measures the most calls a second that the emulator answers on this machine. */

import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { BugName } from '../../emulator/bugs/bugs.ts';
import { CAPACITY_CONTACTS, type Capacity, measureCapacity } from '../../load/drive/capacity.ts';
import { readLedger } from '../../load/endpoint/ledger.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import { makeTemporaryFolderAs, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { seededBug } from '../options/emulator-options.ts';
import { type StoreOptions, storeArgs } from '../options/store-options.ts';
import { spawnEmulator } from '../stages/emulator-process.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import type { Terminal } from '../terminal/terminal.ts';

const MEBIBYTE = 2 ** 20;

export interface CapacityEndpoint {
  readonly bugs: readonly BugName[];
  /** Arguments of `dialproof emulator` without its port, quota and store. */
  readonly args: readonly string[];
  /** Where the emulator stores its contacts. Existing data there is not changed. */
  readonly store: StoreOptions;
}

/** Starts an endpoint without a quota in a process of its own, and leaves nothing behind in its store. */
export async function tellCapacity(terminal: Terminal, endpoint: CapacityEndpoint): Promise<void> {
  const signal = interruptSignal(terminal);
  await withEmptyStore(endpoint.store, async (store) => {
    const own = ['--port', '0', '--profile', 'stress', ...storeArgs(store)];
    const { credentials, close, ...emulator } = await spawnEmulator([...own, ...endpoint.args]);
    try {
      if (store.store !== undefined) await checkEmpty(emulator.controlUrl, store.store);
      const target = { ...emulator, key: credentials.principal, instanceId: ORDINARY_INSTANCE.id };
      const onProgress = (n: number) => terminal.progress(`measuring with ${n} connections`);
      try {
        const capacity = await measureCapacity(target, { signal, onProgress });
        if (terminal.json) terminal.document({ bugs: endpoint.bugs, ...capacity });
        for (const bug of endpoint.bugs) terminal.say(seededBug(bug));
        tell(terminal, capacity);
      } finally {
        await fetch(`${emulator.controlUrl}/reset`, { method: 'POST' });
      }
    } finally {
      await close();
    }
  });
}

/** Uses a temporary folder in the data folder or next to it, so that it is on the same disk, and removes it afterwards. */
async function withEmptyStore(
  options: StoreOptions,
  work: (options: StoreOptions) => Promise<void>,
): Promise<void> {
  const { dataDir } = options;
  if (dataDir === undefined) return work(options);
  const folder = folderFor(dataDir);
  try {
    await work({ ...options, dataDir: folder });
  } finally {
    removeTemporaryFolder(folder);
  }
}

function folderFor(dataDir: string): string {
  const parent = existsSync(dataDir) ? dataDir : dirname(resolve(dataDir));
  try {
    return makeTemporaryFolderAs(join(parent, 'capacity-'));
  } catch (error) {
    throw new UserError(
      `cannot create a temporary folder for --data-dir ${dataDir} (${(error as Error).message}): name another folder`,
    );
  }
}

/** @throws UserError where the shared store has contacts: they would be measured, and deleted with the rest. */
async function checkEmpty(controlUrl: string, store: string): Promise<void> {
  for await (const _ of readLedger(controlUrl)) {
    throw new UserError(
      `the store ${store} has contacts, and --capacity empties the store that it measures: name an empty database`,
    );
  }
}

function tell(terminal: Terminal, { steps, best, endpointWasLimit }: Capacity): void {
  terminal.say('connections  requests/s   p50 ms   p99 ms  CPU us/req   busy  memory MiB');
  for (const step of steps) {
    const row = [
      `${step.connections}`.padStart(11),
      step.requestsPerSecond.toFixed(0).padStart(11),
      step.p50.toFixed(2).padStart(8),
      step.p99.toFixed(2).padStart(8),
      step.cpuMicroseconds.toFixed(0).padStart(11),
      `${(step.utilization * 100).toFixed(0)}%`.padStart(6),
      (step.residentBytes / MEBIBYTE).toFixed(0).padStart(11),
    ];
    terminal.say(row.join(' '));
  }
  const rate = best.requestsPerSecond;
  const contacts = Math.round(rate * CAPACITY_CONTACTS);
  terminal.say('');
  terminal.say(
    `capacity: ${endpointWasLimit ? '' : 'at least '}${Math.round(rate)} requests/s, ${contacts} contacts/s, with the client on the same ${cpus().length} CPUs` +
      `${endpointWasLimit ? '' : ' (the client was the limit, not the endpoint)'}`,
  );
}
