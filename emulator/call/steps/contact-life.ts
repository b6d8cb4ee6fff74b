/** What became of a contact that was made of a dial request. The engine knows it, and the store does not. */

import type { CampaignEngine } from '../../../campaigns/campaign-engine.ts';
import type { DialRequest } from '../../../campaigns/records.ts';
import type { Contact } from '../../../operation/connect/contact/contact.ts';
import type { ContactLife } from '../../../operation/connect/contact/life.ts';
import { agentIdOf } from '../../events/text-uuid.ts';
import { contactsIn } from '../../stores/payload.ts';
import type { BatchRecord } from '../../stores/store.ts';
import { answered } from '../../wire/answer.ts';

/** A dial request, and the life of its contact. */
export interface Living {
  readonly request: DialRequest;
  readonly life: ContactLife | null;
}

export function livingOf(engine: CampaignEngine, request: DialRequest | undefined): Living | null {
  return request ? { request, life: engine.lifeOf(request) } : null;
}

/** The contact as it is at the present step of its dial request. */
export function lived(contact: Contact, living: Living | null): Contact {
  const life = living?.life;
  if (!life) return contact;
  const { dialledAt, ended, agent, ...rest } = life;
  const moments = [contact.updatedAt, dialledAt, rest.ringsAt, rest.detected?.at, rest.queuedAt];
  const last = [...moments, agent?.connectedAt, ended?.at, rest.completedAt];
  return {
    ...contact,
    // The dial takes the place of the creation as InitiationTimestamp (documented).
    createdAt: dialledAt ?? contact.createdAt,
    updatedAt: Math.max(...last.map((at) => at ?? 0)),
    life,
    ...(agent && { agentId: agentIdOf(contact.instanceId, agent) }),
    ...(ended && { disconnectedAt: ended.at, disconnectReason: ended.reason }),
  };
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
