/** Drops dial requests that are over when their client tokens are no longer valid. */

import { DIAL_TOKEN_SECONDS } from '../../operation/campaigns/limits.ts';
import type { TimerKind } from '../collections/timers.ts';
import type { KeptRequest, State } from './state.ts';

const TOKEN_LIFETIME = DIAL_TOKEN_SECONDS * 1_000;

/** Most requests that are dropped in one step. */
const AT_ONCE = 100;
/** How long a request that is not over is left alone. */
const LATER = 3_600_000;

/** Requests in the order of acceptance, each until its token lifetime is over. */
export class Retention {
  #queue: KeptRequest[] = [];
  #head = 0;
  #planned = false;

  add(state: State, kept: KeptRequest): void {
    this.#queue.push(kept);
    this.#plan(state);
  }

  dropOld(state: State, now: number): void {
    this.#planned = false;
    for (let i = 0; i < AT_ONCE; i += 1) {
      const kept = this.#queue[this.#head];
      if (kept === undefined || !(kept.gone || keptUntil(state, kept) <= now)) break;
      this.#head += 1;
      if (!kept.gone) dropIfOver(state, kept, now);
    }
    if (this.#head > AT_ONCE && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    this.#plan(state);
  }

  #plan(state: State): void {
    const next = this.#queue[this.#head];
    if (this.#planned || next === undefined) return;
    this.#planned = true;
    state.timers.add(keptUntil(state, next), DROP_OLD, this);
  }
}

/** When the client token of a request is no longer valid, and the request may be dropped. */
export function keptUntil({ options }: State, { given }: KeptRequest): number {
  return given.acceptedAt + (options.tokenLifetime ?? TOKEN_LIFETIME);
}

function dropIfOver(state: State, kept: KeptRequest, now: number): void {
  const { state: is } = kept.status;
  if (is === 'FAILED' || is === 'ENDED') state.dropRequest(kept);
  else state.timers.add(now + LATER, DROP_LATER, kept);
}

const DROP_OLD: TimerKind<State, Retention> = {
  live: () => true,
  run: (state, retention, now) => retention.dropOld(state, now),
};

const DROP_LATER: TimerKind<State, KeptRequest> = {
  live: ({ gone }) => !gone,
  run: dropIfOver,
};
