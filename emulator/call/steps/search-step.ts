/** The step of SearchContacts: the contacts of the instance as they are now, then the search. */

import type { Read } from '../../../operation/aws/definition/known.ts';
import type { Refusal } from '../../../operation/aws/definition/refusals.ts';
import { notEmulated } from '../../../operation/campaigns/rules.ts';
import type { Contact } from '../../../operation/connect/contact/contact.ts';
import { instanceOf } from '../../../operation/connect/facts.ts';
import {
  type SearchRequest,
  search,
  unserved,
} from '../../../operation/connect/search-contacts/search.ts';
import { type ConnectError, statusOf } from '../../../operation/connect/service.ts';
import type { Ended, Of, Road } from '../road.ts';
import { contactsOfInstance } from './contact-access.ts';

export async function searchContacts(known: Of<Read>, { service, facts }: Road): Promise<Ended> {
  // Read by the shape of this operation.
  const request = known.body.request as unknown as SearchRequest;
  const { InstanceId, TimeRange } = request;
  const instance = instanceOf(InstanceId, facts);
  const refuse = (name: ConnectError, message: string) =>
    ended(known, { name, status: statusOf(name), message });
  if (!instance) {
    return refuse('ResourceNotFoundException', `Instance ${InstanceId} was not found.`);
  }
  const name = unserved(request);
  // Never a list that was not filtered: the caller would take it for the answer.
  if (name !== null) return ended(known, notEmulated(`${name} of SearchContacts`));
  if (TimeRange.EndTime < TimeRange.StartTime) {
    return refuse('InvalidParameterException', 'EndTime is before StartTime.');
  }
  const contacts: Contact[] = [];
  for await (const contact of contactsOfInstance(service, facts, instance.id))
    contacts.push(contact);
  const page = search(request, contacts);
  if (!page) return refuse('InvalidParameterException', 'NextToken is not valid.');
  return { known, end: { body: JSON.stringify(page) } };
}

function ended(known: Of<Read>, refusal: Refusal): Ended {
  return { known, end: { refusal } };
}
