/** What a predictive dialler learns of its calls: how many customers answer, and how many of them are abandoned. */

/** Dials whose results count. */
const DIALS = 200;
/** What is assumed before anything is learned: 3 of 10. */
const PRIOR = { connected: 3, finished: 10 };
/** The factor changes once in so many milliseconds: slowly up, and fast down. */
export const ADJUSTMENT = { every: 10_000, up: 0.02, down: 0.1, first: 1, most: 1.5 };
const MINUTE = 60_000;

interface Minute {
  readonly at: number;
  connected: number;
  abandoned: number;
}

export class Learned {
  /** Whether each of the last dials was connected, as a ring. */
  readonly #dials: boolean[] = [];
  #next = 0;
  #connected = 0;
  /** By minutes, oldest first, from `#head` on. */
  #minutes: Minute[] = [];
  #head = 0;
  #window = { connected: 0, abandoned: 0 };
  #factor = ADJUSTMENT.first;
  #adjustedIn = 0;

  /** The share of dials that a customer answers. */
  get connectedShare(): number {
    const { connected, finished } = PRIOR;
    return (this.#connected + connected) / (this.#dials.length + finished);
  }

  /** A dial was connected to the queue of the agents, or ended without that. */
  finished(isConnected: boolean): void {
    if (this.#dials[this.#next] === true) this.#connected -= 1;
    if (isConnected) this.#connected += 1;
    this.#dials[this.#next] = isConnected;
    this.#next = (this.#next + 1) % DIALS;
  }

  /** The wait of a customer is over. */
  waited(isAbandoned: boolean, at: number): void {
    const minute = Math.floor(at / MINUTE) * MINUTE;
    let last = this.#minutes.at(-1);
    if (last === undefined || last.at < minute) {
      last = { at: minute, connected: 0, abandoned: 0 };
      this.#minutes.push(last);
    }
    for (const one of [last, this.#window]) {
      one.connected += 1;
      if (isAbandoned) one.abandoned += 1;
    }
  }

  /**
   * By how much more is dialled than the agents alone allow.
   *
   * @param rate the share of customers that may be abandoned in a window of so many milliseconds.
   */
  factor(rate: number, window: number, now: number): number {
    const slot = Math.floor(now / ADJUSTMENT.every);
    if (slot === this.#adjustedIn) return this.#factor;
    this.#adjustedIn = slot;
    this.#forget(now - window);
    const { connected, abandoned } = this.#window;
    const next =
      abandoned > rate * connected ? this.#factor - ADJUSTMENT.down : this.#factor + ADJUSTMENT.up;
    this.#factor = Math.min(ADJUSTMENT.most, Math.max(0, next));
    return this.#factor;
  }

  #forget(until: number): void {
    for (;;) {
      const oldest = this.#minutes[this.#head];
      if (oldest === undefined || oldest.at + MINUTE > until) break;
      this.#window.connected -= oldest.connected;
      this.#window.abandoned -= oldest.abandoned;
      this.#head += 1;
    }
    if (this.#head * 2 > this.#minutes.length) {
      this.#minutes = this.#minutes.slice(this.#head);
      this.#head = 0;
    }
  }
}
