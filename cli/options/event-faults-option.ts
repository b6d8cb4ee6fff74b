/** Reads `--event-faults`: shares of contact events that are lost, repeated and reordered. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { EventFaults } from '../../emulator/events/disturbance.ts';

export interface EventFaultsOption {
  /** Absent: every event is given once and in order. */
  readonly eventFaults?: EventFaults;
}

export function addEventFaultsOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--event-faults <shares>',
      'lose, repeat and reorder contact events, such as loss=0.01,repetition=0.02,reordering=0.1,seed=1',
    ).argParser(readEventFaults),
  );
}

/** The option again, for a child process. */
export function eventFaultsArgs({ eventFaults }: EventFaultsOption): string[] {
  return eventFaults ? ['--event-faults', eventFaultsText(eventFaults)] : [];
}

export function eventFaultsText(faults: EventFaults): string {
  return Object.entries(faults)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

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
