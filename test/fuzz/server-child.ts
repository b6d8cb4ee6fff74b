/** The emulator under attack, in a process of its own whose memory can be asked for. */

import { randomUUID } from 'node:crypto';
import { startEmulator } from '../../emulator/emulator.ts';

/** What a contact does to an emulator that goes wrong. */
const HARMS = {
  crash: () => process.exit(3),
  stick: () => {
    for (;;);
  },
  leak: () => kept.push(Buffer.alloc(200_000)),
} as const;

export type Harm = keyof typeof HARMS;

const kept: Buffer[] = [];

async function main(harm: string | undefined): Promise<void> {
  const emulator = await startEmulator({
    profile: 'stress',
    // Little is kept for long, so that what grows all the same is a leak.
    retentionSeconds: 1,
    newContactId: () => {
      if (harm !== undefined) HARMS[harm as Harm]();
      return randomUUID();
    },
  });
  process.on('message', () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    process.send?.({ bytes: heapUsed + external });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ host: new URL(emulator.url).host });
}

void main(process.argv[2]);
