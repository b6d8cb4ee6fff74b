/**
 * What a call that blocks in k6 does to its VU: while it is under way nothing else of the script runs.
 *
 * Timers that are due and answers to asyncRequest wait until the script is at rest, and come one at a time, as
 * in k6's event loop.
 */

import { type Interruption, later, type OpenTask, type TaskHolder } from './open-tasks.ts';
import {
  forgotten,
  openPending,
  type Pending,
  type PendingClass,
  type PendingSettler,
  type Unawaited,
} from './pending.ts';

/** What is asked of a VU whose calls block. */
export interface BlockedVu extends TaskHolder {
  readonly blocking: Blocking;
  readonly unawaited: Unawaited;
  /** Not null once its iteration is cut. */
  readonly interruption: Interruption | null;
  /** @throws Error where the VU may not call `call` now. */
  enter(call: string): void;
}

export class Blocking implements OpenTask {
  readonly #vu: BlockedVu;
  #call: Pending<unknown> | null = null;
  readonly #events: (() => void)[] = [];
  /** The script has a turn of the event loop for what came last. */
  #turn: NodeJS.Immediate | null = null;

  constructor(vu: BlockedVu) {
    this.#vu = vu;
  }

  /**
   * @param call as the script wrote it, such as `http.get()`.
   * @throws Error where another call is under way.
   */
  refuseSecond(call: string): void {
    const first = this.#call;
    if (!first) return;
    throw new Error(
      this.#vu.unawaited.has(first)
        ? forgotten(first)
        : `${call} was called while ${first.call} was under way: in k6 a call blocks until it is over; await what made the first one, or use http.asyncRequest() for requests at the same time`,
    );
  }

  begin(call: Pending<unknown>): void {
    this.#call = call;
  }

  end(call: Pending<unknown>): void {
    if (this.#call !== call) return;
    this.#call = null;
    if (this.#events.length > 0) this.#turn ??= setImmediate(() => this.#next());
  }

  /** Lets the script have an event as soon as it is at rest. */
  deliver(event: () => void): void {
    if (this.#call || this.#turn) {
      this.#events.push(event);
      this.#vu.begin(this);
    } else this.#give(event);
  }

  cancel(): void {
    this.forget();
  }

  /** The iteration is cut: what waited in it is dropped. */
  forget(): void {
    this.#call = null;
    this.#events.length = 0;
    if (this.#turn) clearImmediate(this.#turn);
    this.#turn = null;
  }

  #give(event: () => void): void {
    this.#turn = setImmediate(() => this.#next());
    event();
  }

  #next(): void {
    this.#turn = null;
    // Its end goes on from here.
    if (this.#call) return;
    const event = this.#events.shift();
    if (this.#events.length === 0) this.#vu.end(this);
    if (event) this.#give(event);
  }
}

/** How a call that blocks ends for the script. */
export interface BlockingCall<T> {
  resolve(value: T): void;
  reject(reason: Error): void;
}

/**
 * Makes a call that blocks in k6.
 *
 * In an iteration that was cut, the call is not made, and its promise never settles: a script that caught what
 * `exec.test.abort()` throws ends here too.
 *
 * @param make begins the call. If it throws, the call is rejected in a later turn of the event loop.
 * @throws Error where another call is under way, or no call is allowed.
 */
export function blockingCall<T, P extends Pending<T>>(
  vu: BlockedVu,
  Kind: PendingClass<T, P>,
  name: string,
  make: (call: BlockingCall<T>) => void,
): P {
  if (vu.interruption) return openPending<T, P>(Kind, name, vu.unawaited).promise;
  vu.enter(name);
  vu.blocking.refuseSecond(name);
  const { promise, ...settler }: PendingSettler<T, P> = openPending(Kind, name, vu.unawaited);
  vu.blocking.begin(promise);
  const call: BlockingCall<T> = {
    resolve(value) {
      vu.blocking.end(promise);
      settler.resolve(value);
    },
    reject(reason) {
      vu.blocking.end(promise);
      // A promise that is not awaited is not rejected: no handler would see the rejection.
      if (!vu.unawaited.has(promise)) settler.reject(reason);
    },
  };
  try {
    make(call);
  } catch (error) {
    later(vu, () => call.reject(error as Error));
  }
  return promise;
}
