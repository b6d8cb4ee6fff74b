/** The store in the memory of this process. */

import { ContactIndex, contactIdsIn } from './contact-index.ts';
import {
  type BatchRecord,
  type ContactChange,
  type ItemResult,
  type Keeping,
  SET_BACK_MILLISECONDS,
  type Store,
  StoreFullError,
} from './store.ts';

/** Results as text: one flat string outlives its request, instead of some fifty objects. */
interface Kept extends Omit<BatchRecord, 'results' | 'requests'> {
  readonly key: string | null;
  readonly results: string;
}

/** Bytes of a batch besides its body and results, about: what 20,000 had left on the heap after a collection. */
const OVERHEAD_BYTES = 1_400;

/** Old batches dropped at a commit: more than one is made, so that a backlog shrinks. */
const DROPPED_PER_COMMIT = 4;

export function createMemoryStore({ retentionSeconds, maxBytes }: Keeping): Store {
  /** Serial number -> batch, in the order of commits. */
  const batches = new Map<number, Kept>();
  const tokens = new Map<string, { serial: number; requests: number }>();
  const changes = new Map<string, ContactChange>();
  let lastSerial = 0;
  const index = new ContactIndex(function* after(serial) {
    for (let next = serial + 1; next <= lastSerial; next += 1) {
      const kept = batches.get(next);
      if (kept) yield { serial: next, ids: contactIdsIn(kept.results) };
    }
  });
  let bytes = 0;

  const record = ({ key, results, ...kept }: Kept): BatchRecord => ({
    ...kept,
    results: JSON.parse(results) as ItemResult[],
    requests: (key !== null && tokens.get(key)?.requests) || 1,
  });

  const drop = (serial: number, kept: Kept) => {
    batches.delete(serial);
    bytes -= sizeOf(kept);
    if (kept.key !== null && tokens.get(kept.key)?.serial === serial) tokens.delete(kept.key);
    if (!index.built) return;
    const ids = contactIdsIn(kept.results);
    index.drop(ids);
    for (const id of ids) if (id !== undefined) changes.delete(id);
  };

  const dropOld = (now: number) => {
    const until = now - retentionSeconds * 1000;
    const ahead = now + SET_BACK_MILLISECONDS;
    const oldFollows = () => {
      for (const { committedAt } of batches.values()) {
        if (committedAt <= ahead) return committedAt <= until;
      }
      return false;
    };
    let dropped = 0;
    for (const [serial, kept] of batches) {
      const { committedAt } = kept;
      const old = committedAt <= until || (committedAt > ahead && oldFollows());
      if (!old || dropped === DROPPED_PER_COMMIT) return;
      drop(serial, kept);
      dropped += 1;
    }
  };

  const find = (contactId: string) => {
    const place = index.find(contactId);
    const kept = place && batches.get(place.serial);
    if (!kept) return undefined;
    return { batch: record(kept), index: place.index, change: changes.get(contactId) ?? {} };
  };

  return {
    async find(key) {
      const token = tokens.get(key);
      const kept = token && batches.get(token.serial);
      return kept && record(kept);
    },
    async commit({ key, record: { results, requests, ...rest }, rerun, now }) {
      dropOld(now);
      const kept: Kept = { ...rest, key, results: JSON.stringify(results) };
      const before = rerun && key !== null ? tokens.get(key) : undefined;
      const replaced = before && batches.get(before.serial);
      const grown = bytes + sizeOf(kept) - (replaced ? sizeOf(replaced) : 0);
      if (grown > maxBytes) {
        throw new StoreFullError(`the memory store holds ${batches.size} batches and no more`);
      }
      bytes = grown;
      const serial = before ? before.serial : ++lastSerial;
      batches.set(serial, kept);
      if (key !== null) tokens.set(key, { serial, requests });
      if (replaced) index.add(serial, contactIdsIn(kept.results));
    },
    async countReplay(key) {
      const token = tokens.get(key);
      if (token) token.requests += 1;
    },
    async findContact(contactId) {
      return find(contactId);
    },
    async changeContact(contactId, change) {
      const contact = find(contactId);
      const made = contact && change(contact);
      if (made) changes.set(contactId, { ...contact.change, ...made });
      return contact;
    },
    async *batches() {
      for (const kept of batches.values()) yield record(kept);
    },
    keptBytes: () => bytes,
    async clear() {
      batches.clear();
      tokens.clear();
      changes.clear();
      index.clear();
      bytes = 0;
    },
    async close() {},
  };
}

function sizeOf({ body, results }: Kept): number {
  return body.length + results.length + OVERHEAD_BYTES;
}
