/** Delivers lines to a sink in their order: at least once each, unless the sink refuses them three times. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Outgoing } from '../stores/record-shelf.ts';
import type { Sink } from './sink.ts';

export interface DeliveryFigures {
  /** Where the lines go. */
  readonly target: string;
  /** Lines that the sink took. */
  readonly taken: number;
  /** Lines that the sink refused too often. */
  readonly dropped: number;
  /** Lines that are still to be delivered. */
  readonly waiting: number;
  /** Why the last refused line was refused; null if none was. */
  readonly lastError: string | null;
}

const LINES_AT_ONCE = 100;
/** Milliseconds before the second and the third try. */
const PAUSES = [100, 400];

export class Delivery {
  readonly #sink: Sink;
  readonly #done: (numbers: readonly number[]) => void;
  #queue: Outgoing[] = [];
  #running: Promise<void> | null = null;
  #closing = false;
  #taken = 0;
  #dropped = 0;
  #lastError: string | null = null;

  /** @param done is told of the numbers of lines that were taken, or dropped: they need not be kept any more. */
  constructor(sink: Sink, done: (numbers: readonly number[]) => void) {
    this.#sink = sink;
    this.#done = done;
  }

  get figures(): DeliveryFigures {
    return {
      target: this.#sink.target,
      taken: this.#taken,
      dropped: this.#dropped,
      waiting: this.#queue.length,
      lastError: this.#lastError,
    };
  }

  add(lines: readonly Outgoing[]): void {
    this.#queue.push(...lines);
    if (!this.#closing) this.#running ??= this.#run();
  }

  /** Forgets all lines that are not being delivered. */
  clear(): void {
    this.#queue = [];
  }

  /** Resolves when nothing is left to be delivered. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Delivers what is left, trying each line once, and closes the sink. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#queue.length > 0) this.#running ??= this.#run();
    await this.idle();
    await this.#sink.close();
  }

  async #run(): Promise<void> {
    // Later, so that `#running` is set before this can end.
    await undefined;
    while (this.#queue.length > 0) {
      const lines = this.#queue.slice(0, LINES_AT_ONCE);
      const outcome = await this.#deliver(lines.map(({ line }) => line));
      // At the end, lines that were refused stay in the store, for the next start.
      if (outcome === 'refused' && this.#closing) break;
      if (outcome === 'taken') this.#taken += lines.length;
      else this.#dropped += lines.length;
      const delivered = new Set(lines);
      this.#queue = this.#queue.filter((line) => !delivered.has(line));
      this.#done(lines.map(({ number }) => number));
    }
    this.#running = null;
  }

  async #deliver(lines: readonly string[]): Promise<'taken' | 'refused'> {
    for (const wait of [...PAUSES, null]) {
      try {
        await this.#sink.put(lines);
        return 'taken';
      } catch (error) {
        this.#lastError = error instanceof Error ? error.message : String(error);
      }
      if (this.#closing || wait === null) break;
      await pause(wait, undefined, { ref: false });
    }
    return 'refused';
  }
}
