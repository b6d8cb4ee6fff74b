/**
 * Idempotency across several emulators. A call claims its ClientToken in Redis before it runs.
 *
 * A claim expires unless its holder renews it. If an emulator dies, its tokens soon become free again.
 * A commit checks that the claim is still held. A call that has lost its claim cannot commit.
 */

import { randomUUID } from 'node:crypto';
import { payloadHash } from '../payload.ts';
import { StoreLostError } from '../store.ts';
import { canRerun, type Entry, type Tokens } from '../tokens.ts';
import { recordOf } from './batch-reply.ts';
import type { Claims } from './claims.ts';
import type { Connection, Reply } from './connection.ts';
import { COUNT_REPLAY, ENTER, RELEASE, RENEW } from './scripts.ts';

export interface LeaseTimes {
  /** Milliseconds after which a claim expires if it is not renewed. */
  readonly lease: number;
  /** Milliseconds between renewals. */
  readonly renewal: number;
}

const ORDINARY_LEASE: LeaseTimes = { lease: 10_000, renewal: 3_000 };

/** A release is published, but the message may be lost. After this time, waiting calls check again by themselves. */
const LOOK_AGAIN_MILLISECONDS = 1_000;

export interface RedisTokens extends Tokens {
  /** Stops the renewals. */
  close(): void;
}

/** @param log gets a line if claims cannot be renewed or released. */
export function createRedisTokens(
  redis: Connection,
  claims: Claims,
  log: (line: string) => void,
  { lease, renewal }: LeaseTimes = ORDINARY_LEASE,
): RedisTokens {
  const waiters = new Map<string, Set<() => void>>();
  let waiting = 0;

  redis.onReleased((key) => {
    const woken = key === null ? [...waiters.values()] : [waiters.get(key) ?? []];
    for (const set of woken) for (const wake of set) wake();
  });

  /** Logs a failure. The connection already logs the loss of Redis once for all calls. */
  const tell = (what: string) => (error: Error) => {
    if (!(error instanceof StoreLostError)) log(`store: ${what} (${error.message})`);
  };

  const renewing = setInterval(() => {
    const held = [...claims].flatMap(([key, { claim }]) => [key, claim]);
    if (held.length === 0) return;
    redis.run(RENEW, lease, ...held).catch(tell('claims were not renewed'));
  }, renewal);
  renewing.unref();

  /** Listens for the release of a key. It must start before ENTER, because the release may arrive before ENTER's reply. */
  const watch = (key: string) => {
    const set = waiters.get(key) ?? new Set();
    waiters.set(key, set);
    let wake = () => {};
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    set.add(wake);
    return {
      async released() {
        const timer = setTimeout(wake, LOOK_AGAIN_MILLISECONDS);
        waiting += 1;
        await woken;
        waiting -= 1;
        clearTimeout(timer);
      },
      stop() {
        set.delete(wake);
        if (set.size === 0 && waiters.get(key) === set) waiters.delete(key);
      },
    };
  };

  const release = (key: string, claim: string) => {
    // A commit has already released this claim.
    if (claims.get(key)?.claim !== claim) return;
    claims.delete(key);
    redis.run(RELEASE, key, claim).catch(tell('a claim runs out by itself'));
  };

  return {
    get waiting() {
      return waiting;
    },
    async enter(key, payload, now, choices) {
      const hash = payloadHash(payload);
      const claim = `${randomUUID()}|${hash}`;
      const lifetime = choices.tokenLifetimeSeconds * 1000;
      const rerun = choices.replayMode === 'rerun-retryable' ? '1' : '';
      const entryOf = async (kind: string, detail: Reply): Promise<Entry | null> => {
        switch (kind) {
          case 'new':
            claims.set(key, { claim, payloadHash: hash });
            return { kind, release: () => release(key, claim) };
          case 'mismatch':
            return { kind };
          case 'replay':
            return { kind, record: recordOf(detail) };
          case 'known': {
            claims.set(key, { claim, payloadHash: hash });
            const record = recordOf(detail);
            if (record.results.some(canRerun)) {
              return { kind: 'rerun', record, release: () => release(key, claim) };
            }
            release(key, claim);
            await redis.run(COUNT_REPLAY, key);
            return { kind: 'replay', record };
          }
          default:
            if (`${detail}` !== hash) return { kind: 'mismatch' };
            return choices.inFlightDuplicate === 'refuse' ? { kind: 'in-flight' } : null;
        }
      };
      const asked = [key, hash, claim, lease, now, lifetime, rerun] as const;
      for (;;) {
        const watching = watch(key);
        try {
          const found = await redis.run(ENTER, ...asked);
          const [kind, detail] = found as readonly Reply[];
          const entry = await entryOf(`${kind}`, detail as Reply);
          if (entry) return entry;
          await watching.released();
        } finally {
          watching.stop();
        }
      }
    },
    close() {
      clearInterval(renewing);
    },
  };
}
