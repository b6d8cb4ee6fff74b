/** The emulator under attack, in a process of its own whose memory can be asked for. */

import { startEmulator } from '../../emulator/emulator.ts';

async function main(): Promise<void> {
  // Little is kept for long, so that what grows all the same is a leak.
  const emulator = await startEmulator({ profile: 'stress', retentionSeconds: 1 });
  process.on('message', () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    process.send?.({ bytes: heapUsed + external });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ host: new URL(emulator.url).host });
}

void main();
