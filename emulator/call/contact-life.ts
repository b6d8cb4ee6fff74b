/** What became of a contact that was made of a dial request. The engine knows it, and the store does not. */

import type { CampaignEngine } from '../../campaigns/engine.ts';
import type { DialRequest } from '../../campaigns/records.ts';
import type { Contact } from '../../operation/connect/contact/contact.ts';
import { contactsIn } from '../stores/payload.ts';
import type { BatchRecord } from '../stores/store.ts';
import { answered } from '../wire/answer.ts';

/** The contact as it is at the present step of its dial request. */
export function lived(contact: Contact, request: DialRequest | undefined): Contact {
  const status = request?.status;
  switch (status?.state) {
    case 'DIALING':
      return { ...contact, ...dialled(contact, status.dial.at) };
    case 'ENDED':
      return {
        ...contact,
        ...(status.dial && dialled(contact, status.dial.at)),
        updatedAt: Math.max(contact.updatedAt, status.at),
        disconnectedAt: status.at,
        disconnectReason: status.reason,
      };
    default:
      return contact;
  }
}

/** The dial takes the place of the creation as InitiationTimestamp (documented). */
function dialled({ updatedAt }: Contact, at: number): Pick<Contact, 'createdAt' | 'updatedAt'> {
  return { createdAt: at, updatedAt: Math.max(updatedAt, at) };
}

/**
 * The dial request of which a contact was made. If the engine does not know the contact yet, because the answer of
 * its batch is on the way or was lost, the engine learns it from the store.
 *
 * @param batch the stored batch that has the contact.
 */
export function requestOfContact(
  engine: CampaignEngine,
  { id, item }: Contact,
  batch: BatchRecord,
  now: number,
): DialRequest | undefined {
  const known = engine.requestOfContact(id);
  if (known || !item.RequestIdentifier || batch.clientToken === null) return known;
  const status = engine.request(item.RequestIdentifier)?.status;
  if (status?.state !== 'SUBMITTING' || status.batch !== batch.clientToken) return undefined;
  const results = answered(contactsIn(batch.body), batch.results).map((result) => ({
    ...result,
    requestIdentifier: result.requestIdentifier ?? '',
  }));
  const answer = { kind: 'answer', status: 200, error: null, results, retryAfter: null } as const;
  engine.settle(batch.clientToken, answer, now);
  return engine.requestOfContact(id);
}
