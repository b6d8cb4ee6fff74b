/** The step that answers an admitted call: the answer of the operation's definition, or a step here. */

import type { Read } from '../../../operation/aws/definition/known.ts';
import { describedContact } from '../../../operation/connect/contact/contact.ts';
import { merged } from '../../../operation/connect/contact/rules.ts';
import type { StatefulRow } from '../../../operation/operations.ts';
import type { Ended, Of, Road } from '../road.ts';
import { campaignCall, isCampaignCall } from './campaign-step.ts';
import { changing, reading, stopping } from './contact-step.ts';
import { putBatch } from './put-batch.ts';
import { searchContacts } from './search-step.ts';

type Step = (read: Of<Read>, road: Road) => Promise<Ended>;

/** A row of the registry without an answer of its own does not compile without a step. */
const STEPS: Readonly<Record<StatefulRow['id'], Step>> = {
  BatchPutContact: putBatch,

  DescribeContact: reading((contact) => ({ Contact: describedContact(contact) })),

  GetContactAttributes: reading(({ attributes }) => ({ Attributes: attributes })),

  UpdateContactAttributes: changing((contact, request, now) => ({
    attributes: merged(contact, request),
    updatedAt: now,
  })),

  SearchContacts: searchContacts,

  StopContact: stopping((_, { disconnectReason }, now) => ({
    disconnectedAt: now,
    updatedAt: now,
    ...(disconnectReason === undefined ? {} : { disconnectReason }),
  })),
};

export function settle(read: Of<Read>, road: Road): Promise<Ended> | Ended {
  const { operation, body } = read;
  if (isCampaignCall(read)) return campaignCall(read, road);
  if (!operation.answer) return STEPS[operation.id as StatefulRow['id']](read, road);
  const { facts, now, service } = road;
  const answered = operation.answer(body.request, { facts, now, newId: service.newContactId });
  return {
    end: 'answer' in answered ? { body: JSON.stringify(answered.answer) } : answered,
    known: read,
  };
}
