/** Seeded bugs that wrap a part of the emulator. The part itself has no code for bugs and no cost without them. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Buckets } from '../stores/buckets.ts';
import type { Commit, Store } from '../stores/store.ts';
import { createTokens, type Tokens } from '../stores/tokens.ts';
import type { AnsweredItem } from '../wire/answer.ts';
import type { Bugs } from './bugs.ts';

/** Long enough for an identical request to arrive before the first has committed. */
const RACE_MILLISECONDS = 20;
const LOST_COMMIT = 50;

export function seededStore(store: Store, bugs: Bugs): Store {
  if (bugs['loses-at-crash']) return lateStore(store);
  if (!bugs['loses-acknowledged']) return store;
  let commits = 0;
  return {
    ...store,
    async commit(change) {
      commits += 1;
      if (commits % LOST_COMMIT !== 0) await store.commit(change);
    },
  };
}

/** Holds the last commit back until the next one; whoever asks is shown it all the same. */
function lateStore(store: Store): Store {
  let held: Commit | null = null;
  const write = async () => {
    const commit = held;
    held = null;
    if (commit) await store.commit(commit);
  };
  return {
    ...store,
    find: async (key) => (held?.key === key ? held.record : store.find(key)),
    async commit(commit) {
      const written = write();
      held = commit;
      await written;
    },
    async *batches() {
      await write();
      yield* store.batches();
    },
    async close() {
      await write();
      await store.close();
    },
  };
}

export function seededBuckets(buckets: Buckets, bugs: Bugs): Buckets {
  if (!bugs['shared-bucket']) return buckets;
  const shared = (key: string) => key.slice(key.lastIndexOf('|') + 1);
  return {
    ...buckets,
    take: (key, ...more) => buckets.take(shared(key), ...more),
    drain: (key, n) => buckets.drain(shared(key), n),
  };
}

export function seededTokens(tokens: Tokens, store: Store, bugs: Bugs): Tokens {
  if (bugs['forgets-tokens']) {
    return { waiting: 0, enter: async () => ({ kind: 'new', release: () => {} }) };
  }
  // Over the store that shows what it has not written.
  if (bugs['loses-at-crash']) return createTokens(store);
  if (bugs['races-duplicates']) {
    return {
      waiting: 0,
      async enter(...call) {
        // Claims of its own know of no other call in flight.
        const entry = await createTokens(store).enter(...call);
        if (entry.kind === 'new') await pause(RACE_MILLISECONDS);
        return entry;
      },
    };
  }
  if (bugs['ignores-payload']) {
    return {
      waiting: 0,
      async enter(...call) {
        const entry = await tokens.enter(...call);
        const record = entry.kind === 'mismatch' ? await store.find(call[0]) : undefined;
        return record ? { kind: 'replay', record } : entry;
      },
    };
  }
  return tokens;
}

/** The results as a buggy answer shows them. The stored results stay correct. */
export function seededResults(
  results: readonly AnsweredItem[],
  replayed: boolean,
  bugs: Bugs,
  newContactId: () => string,
): readonly AnsweredItem[] {
  let shown = [...results];
  if (bugs['replay-new-ids'] && replayed) {
    shown = shown.map((result) =>
      'contactId' in result ? { ...result, contactId: newContactId() } : result,
    );
  }
  if (bugs['swaps-identifiers']) {
    const [a, b] = shown.filter((result) => 'contactId' in result);
    if (a && b) {
      shown[shown.indexOf(a)] = { ...a, contactId: b.contactId };
      shown[shown.indexOf(b)] = { ...b, contactId: a.contactId };
    }
  }
  if (bugs['wrong-code']) {
    shown = shown.map((result) =>
      'code' in result && result.code === 'INVALID_QUEUE'
        ? { ...result, code: 'INTERNAL_ERROR' }
        : result,
    );
  }
  if (bugs['drops-item']) shown.pop();
  const first = shown[0];
  if (bugs['answers-twice'] && first) {
    const { requestIdentifier } = first;
    shown.push(
      'contactId' in first
        ? { requestIdentifier, code: 'INTERNAL_ERROR' }
        : { requestIdentifier, contactId: newContactId() },
    );
  }
  return shown;
}
