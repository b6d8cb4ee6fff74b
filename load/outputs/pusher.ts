/** Pushes the metrics of a run to an output, one push at a time. */

import type { Note } from '../../run/statements/load.ts';
import type { Labels, Measured, Output } from './output.ts';

/** Milliseconds between the starts of two pushes. */
const INTERVAL_MS = 5_000;

export class Pusher {
  readonly #output: Output;
  readonly #labels: Labels;
  #latest: Measured | null = null;
  #pushing: Promise<void> | null = null;
  /** Null before anything was measured. */
  #nextAt: number | null = null;
  #pushes = 0;
  #failures = 0;
  #why = '';

  constructor(output: Output, labels: Labels) {
    this.#output = output;
    this.#labels = labels;
  }

  /** Takes what is measured by now; most of it is never sent. The first push is an interval after the run's start. */
  take(measured: Measured): void {
    this.#latest = measured;
    this.#nextAt ??= measured.startedAt + INTERVAL_MS;
    if (this.#pushing || measured.at < this.#nextAt) return;
    this.#nextAt = measured.at + INTERVAL_MS;
    this.#pushing = this.#push(measured).finally(() => {
      this.#pushing = null;
    });
  }

  /**
   * Sends the last of it.
   *
   * @returns null where all was taken.
   */
  async end(): Promise<Note | null> {
    await this.#pushing;
    if (this.#latest) await this.#push(this.#latest);
    if (this.#failures === 0) return null;
    return {
      kind: 'pushes refused',
      output: this.#output.name,
      refused: this.#failures,
      of: this.#pushes,
      why: this.#why,
    };
  }

  async #push(measured: Measured): Promise<void> {
    this.#pushes += 1;
    try {
      await this.#output.push(measured, this.#labels);
    } catch (error) {
      this.#failures += 1;
      this.#why = (error as Error).message;
    }
  }
}
