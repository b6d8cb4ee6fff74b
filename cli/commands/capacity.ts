/** dialproof emulator --capacity: what this endpoint can take on this machine. */

import { cpus } from 'node:os';
import { CAPACITY_CONTACTS, type Capacity, measureCapacity } from '../../load/capacity.ts';
import { ORDINARY_INSTANCE } from '../../operation/facts.ts';
import { spawnEmulator } from '../emulator-process.ts';
import { interruptSignal } from '../interrupt.ts';
import type { Terminal } from '../terminal.ts';

const MEBIBYTE = 2 ** 20;

/** @param args of `dialproof emulator`, for a process of its own without a quota. */
export async function tellCapacity(terminal: Terminal, args: readonly string[]): Promise<void> {
  const signal = interruptSignal(terminal);
  const { credentials, close, ...emulator } = await spawnEmulator(args);
  try {
    const target = { ...emulator, key: credentials.principal, instanceId: ORDINARY_INSTANCE.id };
    const onProgress = (n: number) => terminal.progress(`measuring with ${n} connections`);
    const capacity = await measureCapacity(target, { signal, onProgress });
    if (terminal.json) terminal.document(capacity);
    tell(terminal, capacity);
  } finally {
    await close();
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
