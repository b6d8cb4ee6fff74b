/** Seeded bugs that wrap a part of the emulator. The part itself has no code for bugs and no cost without them. */

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Buckets } from '../stores/buckets.ts';
import { contactsIn } from '../stores/payload.ts';
import type { BatchRecord, Commit, Store } from '../stores/store.ts';
import { createTokens, type Tokens } from '../stores/tokens.ts';
import type { AnsweredItem } from '../wire/answer.ts';
import type { Bugs } from './bugs.ts';
import { everyNth } from './turns.ts';

/** Long enough for an identical request to arrive before the first has committed. */
const RACE_MILLISECONDS = 20;
const LOST_COMMIT = 50;
/** More than a batch has contacts, so that the earlier contact is one of another batch. */
const REUSED_CONTACT = 50;
const REFUSED_REPLAY = 3;
const REFUSED_TOKEN = 20;
const DOUBLE_COMMIT = 20;

export function seededContactIds(newContactId: () => string, bugs: Bugs): () => string {
  if (!bugs['reuses-contact-ids']) return newContactId;
  const isTurn = everyNth(REUSED_CONTACT);
  let earlier: string | null = null;
  return () => {
    if (isTurn() && earlier !== null) return earlier;
    const id = newContactId();
    earlier ??= id;
    return id;
  };
}

export function seededStore(store: Store, bugs: Bugs): Store {
  if (bugs['loses-at-crash']) return lateStore(store);
  if (bugs['swaps-stored-identifiers']) {
    return {
      ...store,
      async *batches() {
        for await (const batch of store.batches()) yield swapped(batch);
      },
    };
  }
  if (bugs['creates-unasked']) {
    const isTurn = everyNth(DOUBLE_COMMIT);
    return {
      ...store,
      async commit(change) {
        await store.commit(change);
        if (isTurn()) await store.commit(unasked(change));
      },
    };
  }
  if (!bugs['loses-acknowledged']) return store;
  const isTurn = everyNth(LOST_COMMIT);
  return {
    ...store,
    async commit(change) {
      if (!isTurn()) await store.commit(change);
    },
  };
}

/** The batch with the identifiers of its first two contacts exchanged. */
function swapped(batch: BatchRecord): BatchRecord {
  const [a, b] = batch.results.flatMap((result, i) => ('contactId' in result ? [i] : []));
  if (a === undefined || b === undefined) return batch;
  const contacts = contactsIn(batch.body).map((contact, i, all) => {
    const from = i === a ? b : i === b ? a : i;
    return { ...contact, RequestIdentifier: all[from]?.RequestIdentifier };
  });
  return { ...batch, body: Buffer.from(JSON.stringify({ ContactDataRequestList: contacts })) };
}

/** The first contact of a batch once more, with neither a token nor an identifier. */
function unasked({ record, now }: Commit): Commit {
  const contacts = contactsIn(record.body)
    .slice(0, 1)
    .map((contact) => ({ ...contact, RequestIdentifier: undefined }));
  return {
    key: null,
    record: {
      ...record,
      clientToken: null,
      body: Buffer.from(JSON.stringify({ ContactDataRequestList: contacts })),
      results: [{ contactId: randomUUID() }],
    },
    rerun: false,
    now,
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
  if (bugs['refuses-replays'] || bugs['refuses-new-tokens']) return refusingTokens(tokens, bugs);
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

function refusingTokens(tokens: Tokens, bugs: Bugs): Tokens {
  const isReplaysTurn = everyNth(REFUSED_REPLAY);
  const isTokensTurn = everyNth(REFUSED_TOKEN);
  return {
    waiting: 0,
    async enter(...call) {
      const entry = await tokens.enter(...call);
      if (entry.kind === 'replay' && bugs['refuses-replays'] && isReplaysTurn()) {
        return { kind: 'mismatch' };
      }
      if (entry.kind === 'new' && bugs['refuses-new-tokens'] && isTokensTurn()) {
        entry.release();
        return { kind: 'mismatch' };
      }
      return entry;
    },
  };
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
