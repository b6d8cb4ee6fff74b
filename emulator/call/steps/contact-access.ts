/** Contacts of an instance, read and changed through the store's interface under the contact rules. */

import type { Refusal } from '../../../operation/aws/definition/refusals.ts';
import type { Contact } from '../../../operation/connect/contact/contact.ts';
import { type ContactCall, contactRefusal } from '../../../operation/connect/contact/rules.ts';
import type { Facts } from '../../../operation/connect/facts.ts';
import type { CampaignDriver } from '../../campaigns/driver.ts';
import { contactsIn } from '../../stores/payload.ts';
import type { ContactChange, Store, StoredContact } from '../../stores/store.ts';
import { lived, livingOf, requestOfContact } from './contact-life.ts';

/** A refusal, or the JSON body of a 200 answer. */
export type ContactOutcome = { readonly refusal: Refusal } | { readonly answer: object };

export interface ContactStage {
  readonly store: Store;
  /** The campaigns that may have made the contact; null if there are none. */
  readonly campaigns: CampaignDriver | null;
  /** The facts that the call arrived to. */
  readonly facts: Facts;
  /** Epoch milliseconds. */
  readonly now: number;
}

export async function readContact(
  call: ContactCall,
  { store, campaigns, facts }: ContactStage,
  answer: (contact: Contact) => object,
): Promise<ContactOutcome> {
  const { contactId } = call.request;
  const stored = call.instance && (await store.findContact(contactId));
  const own = ownContact(stored, call, facts);
  const living =
    own && (await campaigns?.run((engine) => livingOf(engine, engine.requestOfContact(contactId))));
  const contact = own && lived(own, living ?? null);
  const refusal = contactRefusal(call, contact);
  if (refusal) return { refusal };
  if (!contact) throw new Error(`${call.operation} was allowed for a contact that is not there`);
  return { answer: answer(contact) };
}

/**
 * Judges and changes in one atomic step of the store; the answer is an empty structure. A contact of a campaign then
 * has an event, before the caller is answered.
 */
export async function changeContact(
  call: ContactCall,
  { store, campaigns, facts }: ContactStage,
  change: (contact: Contact) => ContactChange,
): Promise<ContactOutcome> {
  const before =
    call.instance &&
    (await store.changeContact(call.request.contactId, (stored) => {
      const contact = ownContact(stored, call, facts);
      return contact && !contactRefusal(call, contact) ? change(contact) : null;
    }));
  const refusal = contactRefusal(call, ownContact(before, call, facts));
  if (refusal) return { refusal };
  const { contactId } = call.request;
  await campaigns?.run((engine, now) => engine.updateContact(contactId, now));
  return { answer: {} };
}

/**
 * Stops a contact. One that was made of a dial request is stopped by its campaign, so that it is not dialled.
 *
 * @param change what is stored of any other contact.
 */
export async function stopContact(
  call: ContactCall,
  stage: ContactStage,
  change: (contact: Contact) => ContactChange,
): Promise<ContactOutcome> {
  const { store, campaigns, facts } = stage;
  const stored = call.instance && (await store.findContact(call.request.contactId));
  const contact = ownContact(stored, call, facts);
  const stopped =
    stored &&
    contact &&
    (await campaigns?.run((engine, now) => {
      const request = requestOfContact(engine, contact, stored.batch, now);
      if (!request) return undefined;
      const refusal = contactRefusal(call, lived(contact, livingOf(engine, request)));
      if (!refusal) engine.stopContact(contact.id, now);
      return { refusal };
    }));
  if (!stopped) return changeContact(call, stage, change);
  return stopped.refusal ? { refusal: stopped.refusal } : { answer: {} };
}

/** Every contact of an instance as it is now, in the order of creation. */
export async function* contactsOfInstance(
  { store, campaigns }: Pick<ContactStage, 'store' | 'campaigns'>,
  facts: Facts,
  instanceId: string,
): AsyncGenerator<Contact> {
  const { account, region } = facts;
  for await (const batch of store.batches()) {
    if (batch.account !== account || batch.region !== region) continue;
    if (batch.instanceId !== instanceId) continue;
    for (const result of batch.results) {
      if (!('contactId' in result)) continue;
      const { contactId } = result;
      const contact = ownContact(
        await store.findContact(contactId),
        { instance: { id: instanceId } },
        facts,
      );
      if (!contact) continue;
      const living = campaigns?.look((engine) =>
        livingOf(engine, engine.requestOfContact(contactId)),
      );
      yield lived(contact, living ?? null);
    }
  }
}

/** The stored contact, unless it is another account's, Region's or instance's. */
function ownContact(
  stored: StoredContact | undefined,
  { instance }: { readonly instance: { readonly id: string } | undefined },
  { account, region }: Facts,
): Contact | undefined {
  if (!stored) return undefined;
  const { batch, index, change } = stored;
  if (batch.account !== account || batch.region !== region) return undefined;
  if (batch.instanceId !== instance?.id) return undefined;
  const item = contactsIn(batch.body)[index];
  const result = batch.results[index];
  if (!item || !result || !('contactId' in result)) {
    throw new Error(`the store has no contact at item ${index} of the batch it named`);
  }
  return {
    account,
    region,
    instanceId: batch.instanceId,
    id: result.contactId,
    item,
    attributes: change.attributes ?? item.Attributes ?? {},
    createdAt: batch.committedAt,
    updatedAt: change.updatedAt ?? batch.committedAt,
    disconnectedAt: change.disconnectedAt,
    disconnectReason: change.disconnectReason,
  };
}
