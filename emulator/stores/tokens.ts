/**
 * Idempotency: what a ClientToken allows a call to do.
 *
 * A token is claimed before it is looked up, so that exactly one of several identical calls in flight runs. The
 * others wait for it; if it commits they replay its answer, if it fails one of them takes its place.
 */

import { FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import type { Choices } from '../../operation/connect/choices.ts';
import { type Payload, samePayload } from './payload.ts';
import { type BatchRecord, type ItemResult, type Store, StoreFullError } from './store.ts';

/** What a call may do. A holder of `release` calls it once it has committed, or failed. */
export type Entry =
  | { readonly kind: 'new'; readonly release: () => void }
  | { readonly kind: 'rerun'; readonly record: BatchRecord; readonly release: () => void }
  | { readonly kind: 'replay'; readonly record: BatchRecord }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'in-flight' };

export interface Tokens {
  /**
   * Asks what a call may do, waiting for an equal one in flight.
   *
   * @param now epoch milliseconds, for the lifetime of records.
   */
  enter(key: string, payload: Payload, now: number, choices: Choices): Promise<Entry>;
  /** The number of calls that wait for an identical call in flight. */
  readonly waiting: number;
}

/**
 * The key of a ClientToken: a token of another account or Region is another token. Written as JSON, because
 * stores keep keys in UTF-8, in which all lone surrogates would be the same.
 */
export function tokenKey(account: string, region: string, clientToken: string): string {
  return `${account}|${region}|BatchPutContact|${JSON.stringify(clientToken)}`;
}

export function canRerun(result: ItemResult): boolean {
  return 'code' in result && FAILURES[result.code].retryable;
}

/** A replay is answered although a full store cannot count it. */
function unlessFull(error: unknown): void {
  if (!(error instanceof StoreFullError)) throw error;
}

interface Claim {
  /** Null while the store is asked: nobody knows yet whether this call will run. */
  running: Payload | null;
  /** Called when the claim changes: it begins to run, or is released. */
  waiters: (() => void)[];
}

function wake(claim: Claim): void {
  const { waiters } = claim;
  claim.waiters = [];
  for (const waiter of waiters) waiter();
}

export function createTokens(store: Store): Tokens {
  const claims = new Map<string, Claim>();
  let waiting = 0;

  return {
    get waiting() {
      return waiting;
    },
    async enter(key, payload, now, choices) {
      for (let held = claims.get(key); held; held = claims.get(key)) {
        const { running, waiters } = held;
        if (running !== null) {
          if (!samePayload(running, payload)) return { kind: 'mismatch' };
          if (choices.inFlightDuplicate === 'refuse') return { kind: 'in-flight' };
          waiting += 1;
        }
        await new Promise<void>((resolve) => waiters.push(resolve));
        if (running !== null) waiting -= 1;
      }
      const claim: Claim = { running: null, waiters: [] };
      claims.set(key, claim);
      const release = () => {
        claims.delete(key);
        wake(claim);
      };
      const runs = () => {
        claim.running = payload;
        wake(claim);
        return release;
      };
      try {
        const record = await store.find(key);
        if (!record || now >= record.committedAt + choices.tokenLifetimeSeconds * 1000) {
          return { kind: 'new', release: runs() };
        }
        if (!samePayload(record, payload)) return { kind: 'mismatch' };
        if (choices.replayMode === 'rerun-retryable' && record.results.some(canRerun)) {
          return { kind: 'rerun', record, release: runs() };
        }
        await store.countReplay(key).catch(unlessFull);
        return { kind: 'replay', record };
      } finally {
        if (claim.running === null) release();
      }
    },
  };
}
