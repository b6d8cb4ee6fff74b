/** Reads `--event-faults`: shares of contact events that are lost, repeated and reordered. */

import { InvalidArgumentError } from 'commander';
import type { EventFaults } from '../../emulator/events/disturbance.ts';

const NAMES = ['loss', 'repetition', 'reordering', 'seed'] as const;

export function readEventFaults(text: string): EventFaults {
  const read: Partial<Record<(typeof NAMES)[number], number>> = {};
  for (const part of text.split(',')) {
    const [given, value = '', ...more] = part.split('=');
    const name = NAMES.find((one) => one === given);
    const number = /^\d+(\.\d+)?$/.test(value) && more.length === 0 ? Number(value) : Number.NaN;
    const isFit = name === 'seed' ? Number.isSafeInteger(number) : number >= 0 && number <= 1;
    if (!name || !isFit) {
      throw new InvalidArgumentError(
        `write shares from 0 to 1, such as loss=0.01,repetition=0.02,reordering=0.1,seed=1, not ${part}.`,
      );
    }
    read[name] = number;
  }
  return read;
}
