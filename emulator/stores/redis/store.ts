/** The store in Redis. The configuration of that Redis determines how durable a commit is. */

import { payloadHash } from '../payload.ts';
import {
  type BatchRecord,
  type ContactChange,
  type Keeping,
  type Store,
  type StoredContact,
  StoreFullError,
  StoreLostError,
} from '../store.ts';
import { recordOf } from './batch-reply.ts';
import type { Claims } from './claims.ts';
import type { Connection, Reply } from './connection.ts';
import * as scripts from './scripts.ts';

/** The number of batches that `batches` reads at a time. */
const PAGE = 64;

export function createRedisStore(redis: Connection, keeping: Keeping, claims: Claims): Store {
  const findContact = async (contactId: string) => {
    const reply = (await redis.run(scripts.FIND_CONTACT, contactId)) as readonly Reply[] | null;
    if (!reply) return undefined;
    const [index, change, batch] = reply;
    const text = `${change}`;
    const contact: StoredContact = {
      batch: recordOf(batch as Reply),
      index: Number(index),
      change: text === '' ? {} : (JSON.parse(text) as ContactChange),
    };
    return { contact, text };
  };

  return {
    async find(key) {
      const reply = await redis.run(scripts.FIND, key);
      return reply ? recordOf(reply) : undefined;
    },
    async commit({ key, record, rerun, now }) {
      const held = key === null ? undefined : claims.get(key);
      const ids = record.results.flatMap((result, i) =>
        'contactId' in result ? [i, result.contactId] : [],
      );
      const reply = await redis.run(
        scripts.COMMIT,
        key ?? '',
        held?.claim ?? '',
        rerun ? '1' : '',
        now,
        keeping.retentionSeconds * 1000,
        keeping.maxBytes,
        record.requests,
        held?.payloadHash ?? payloadHash(record),
        ...fieldsOf(record),
        ...ids,
      );
      if (`${reply}` === 'full') {
        throw new StoreFullError(`the shared store has its ${keeping.maxBytes} bytes`);
      }
      if (`${reply}` === 'lost') {
        throw new StoreLostError('the call took longer than its claim on the ClientToken lasts');
      }
      if (key !== null) claims.delete(key);
    },
    async countReplay(key) {
      await redis.run(scripts.COUNT_REPLAY, key);
    },
    async findContact(contactId) {
      return (await findContact(contactId))?.contact;
    },
    async changeContact(contactId, change) {
      for (;;) {
        const found = await findContact(contactId);
        const made = found && change(found.contact);
        if (!made) return found?.contact;
        const next = JSON.stringify({ ...found.contact.change, ...made });
        // If another emulator has changed the contact in the meantime, the loop starts again.
        const done = await redis.run(scripts.CHANGE_CONTACT, contactId, found.text, next);
        if (done === 1) return found.contact;
      }
    },
    async *batches() {
      for (let last = 0; ; ) {
        const serials = await redis.serialsAfter(last, PAGE);
        if (serials.length === 0) return;
        const replies = serials.map((serial) => redis.run(scripts.READ_BATCH, serial));
        // The reply is null for a batch that was dropped in the meantime.
        for (const reply of await Promise.all(replies)) if (reply) yield recordOf(reply);
        last = serials.at(-1) as number;
      }
    },
    clear: () => redis.clear(),
    close: () => redis.close(),
  };
}

/** Returns the fields of a batch in the order of `BATCH_FIELDS`. */
function fieldsOf(record: BatchRecord): (string | number | Uint8Array)[] {
  const { account, region, instanceId, clientToken, committedAt, results, body } = record;
  const owner = [account, region, instanceId, clientToken ?? ''];
  return [...owner, committedAt, JSON.stringify(results), body];
}
