/** A sink's samples, divided into windows of equal length. */

import { difference } from './difference.ts';
import { type Sink, type SinkRecord, sinkOf } from './sinks.ts';

export class Windows {
  /** Length of each, in milliseconds. */
  readonly ms: number;
  readonly #closed: Sink[] = [];
  /** The whole of it when the last one was closed. */
  #before: SinkRecord | null = null;

  constructor(ms: number) {
    this.ms = ms;
  }

  get closed(): readonly Sink[] {
    return this.#closed;
  }

  /**
   * Closes the windows that are over: those that nobody looked in upon in between have no samples.
   *
   * @param elapsedMs since the run began; called so often that it is hardly later than a window's end.
   */
  advance(elapsedMs: number, sink: Sink): void {
    while (elapsedMs >= (this.#closed.length + 1) * this.ms) this.#close(sink);
  }

  /** The run is over. What is left of a window counts where there is no other. */
  end(elapsedMs: number, sink: Sink): void {
    this.advance(elapsedMs, sink);
    if (this.#closed.length === 0) this.#close(sink);
  }

  toRecord(): SinkRecord[] {
    return this.#closed.map((one) => one.toRecord());
  }

  /** Adds another instance's, window by window: they began together. */
  take(records: readonly SinkRecord[]): void {
    for (const [i, record] of records.entries()) {
      this.#closed[i] ??= sinkOf(record.type);
      this.#closed[i].take(record);
    }
  }

  #close(sink: Sink): void {
    const now = sink.toRecord();
    const window: Sink = sinkOf(sink.type);
    window.take(difference(now, this.#before));
    this.#closed.push(window);
    this.#before = now;
  }
}
