/**
 * Makes a call that blocks in k6 block its VU here too. While it is under way, no other code of the script runs.
 *
 * Due timers and answers to asyncRequest wait until the call is over. They are delivered one at a time, as
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

/** The members of a VU that blocking calls use. */
export interface BlockedVu extends TaskHolder {
  readonly blocking: Blocking;
  readonly unawaited: Unawaited;
  /** Not null after the iteration was cut. */
  readonly interruption: Interruption | null;
  /** @throws Error where the VU may not call `call` now. */
  enter(call: string): void;
}

export class Blocking implements OpenTask {
  readonly #vu: BlockedVu;
  #call: Pending<unknown> | null = null;
  readonly #events: (() => void)[] = [];
  /** Not null while the script has its turn of the event loop for the last event. */
  #turn: NodeJS.Immediate | null = null;

  constructor(vu: BlockedVu) {
    this.#vu = vu;
  }

  /**
   * @param call the call as the script wrote it, such as `http.get()`.
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

  /** Delivers an event to the script, at once or when no call is under way. */
  deliver(event: () => void): void {
    if (this.#call || this.#turn) {
      this.#events.push(event);
      this.#vu.begin(this);
    } else this.#give(event);
  }

  cancel(): void {
    this.forget();
  }

  /** Drops the waiting events of an iteration that was cut. */
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
    // end() calls this function again when the call is over.
    if (this.#call) return;
    const event = this.#events.shift();
    if (this.#events.length === 0) this.#vu.end(this);
    if (event) this.#give(event);
  }
}

/** Ends a blocking call with a value or an error. */
export interface BlockingCall<T> {
  resolve(value: T): void;
  reject(reason: Error): void;
}

/**
 * Makes a call that blocks in k6.
 *
 * In an iteration that was cut, the call is not made and its promise never settles. This also stops a script that
 * caught the exception of `exec.test.abort()`.
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
      // A promise that was not awaited is not rejected, because no handler would see the rejection.
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
