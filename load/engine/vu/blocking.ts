/**
 * What a call that blocks in k6 does to its VU: while it is under way nothing else of the script runs.
 *
 * Timers that are due and answers to asyncRequest wait until the script is at rest, and come one at a time, as
 * in k6's event loop.
 */

import type { Interruption, OpenTask, TaskHolder } from './open-tasks.ts';
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

  /** The iteration is cut: nothing waits any more. */
  cancel(_reason: Interruption): void {
    for (const event of this.#events.splice(0)) event();
    this.#vu.end(this);
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

/** A call that blocks in k6, under way. */
export class BlockingCall<T, P extends Pending<T>> {
  readonly promise: P;
  readonly #vu: BlockedVu;
  readonly #settler: PendingSettler<T, P>;

  /** @throws Error where another one is under way. */
  constructor(vu: BlockedVu, Kind: PendingClass<T, P>, call: string) {
    vu.blocking.refuseSecond(call);
    this.#vu = vu;
    this.#settler = openPending(Kind, call, vu.unawaited);
    this.promise = this.#settler.promise;
    vu.blocking.begin(this.promise);
  }

  resolve(value: T): void {
    this.#vu.blocking.end(this.promise);
    this.#settler.resolve(value);
  }

  reject(reason: Error): void {
    this.#vu.blocking.end(this.promise);
    // Nobody would hear the rejection of a promise that nobody waits for.
    if (!this.#vu.unawaited.has(this.promise)) this.#settler.reject(reason);
  }
}
