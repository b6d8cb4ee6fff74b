/** The last events, in the order in which they were given, for those who read them from this process. */

import type { ContactStep } from '../../campaigns/campaign-engine.ts';
import type { ContactEvent } from '../../operation/connect/contact-event/event.ts';
import { eventOf, idOf } from './step-event.ts';

/** As many events are kept. Their texts are made when they are read. */
const KEPT_EVENTS = 10_000;

export class EventFeed {
  readonly #seed: number;
  #steps: ContactStep[] = [];
  /** The number of the first event kept. The first event of all is 0. */
  #first = 0;
  readonly #listeners = new Set<() => void>();
  #closed = false;

  /** @param seed that of the campaign engine. */
  constructor(seed: number) {
    this.#seed = seed;
  }

  add(steps: readonly ContactStep[]): void {
    this.#steps.push(...steps);
    // The list may grow to one and a half times the limit, because one shift for each event would be slow.
    const over = this.#steps.length - KEPT_EVENTS;
    if (over > KEPT_EVENTS / 2) {
      this.#steps.splice(0, over);
      this.#first += over;
    }
    this.#tell();
  }

  /** The number of the first event that is kept, and the one after the last. */
  get range(): { readonly from: number; readonly to: number } {
    return { from: this.#first, to: this.#first + this.#steps.length };
  }

  /** The events from a number on, as many as are kept; at most `count`. */
  from(number: number, count = Number.POSITIVE_INFINITY): ContactEvent[] {
    const at = Math.max(0, number - this.#first);
    return this.#steps.slice(at, at + count).map((step) => eventOf(this.#seed, step));
  }

  /** The number after the last event with an id; null if none is kept. */
  after(id: string): number | null {
    const at = this.#steps.findLastIndex((step) => idOf(step) === id);
    return at < 0 ? null : this.#first + at + 1;
  }

  /** @param listener called after events were added, and when the feed is closed. @returns ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get closed(): boolean {
    return this.#closed;
  }

  clear(): void {
    this.#first += this.#steps.length;
    this.#steps = [];
  }

  close(): void {
    this.#closed = true;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
