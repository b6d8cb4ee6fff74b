/** Waits of tests for what is to happen. */

import { clearTimeout, setTimeout } from 'node:timers';

const TIMEOUT_MS = 5_000;

export interface WaitOptions {
  /** Default 5,000. */
  readonly timeoutMs?: number;
}

export class Waiters {
  readonly #waiting = new Set<{ look(): void; end(why: string): void }>();
  readonly #told: () => string;

  /** @param told what happened instead, for the error of a wait that is over. */
  constructor(told: () => string) {
    this.#told = told;
  }

  /** Waits until a predicate returns a truthy value. It is called at once, and at each `look`. */
  wait<T>(predicate: () => T, { timeoutMs = TIMEOUT_MS }: WaitOptions = {}) {
    return new Promise<NonNullable<T>>((resolve, reject) => {
      const settle = (then: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        then();
      };
      const waiter = {
        look() {
          try {
            const found = predicate();
            if (found) settle(() => resolve(found));
          } catch (error) {
            settle(() => reject(error));
          }
        },
        end: (why: string) => settle(() => reject(new Error(`${why}\n${this.#told()}`))),
      };
      const timer = setTimeout(
        () => waiter.end(`waited ${timeoutMs} ms for what did not happen.`),
        timeoutMs,
      );
      this.#waiting.add(waiter);
      waiter.look();
    });
  }

  look(): void {
    for (const waiter of [...this.#waiting]) waiter.look();
  }

  /** Rejects every pending wait. */
  close(): void {
    for (const waiter of [...this.#waiting]) waiter.end('the emulator was closed.');
  }
}
