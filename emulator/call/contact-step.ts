/** The steps of operations on one contact: its rules, then the contact is read or changed. */

import type { Read } from '../../operation/aws/definition/known.ts';
import type { Contact } from '../../operation/connect/contact/contact.ts';
import {
  type ContactMembers,
  type ContactOperationName,
  type ContactRequest,
  contactRequestOf,
} from '../../operation/connect/contact/request.ts';
import type { ContactCall } from '../../operation/connect/contact/rules.ts';
import { instanceOf } from '../../operation/connect/facts.ts';
import type { ContactChange } from '../stores/store.ts';
import { type ContactOutcome, changeContact, readContact } from './contact-access.ts';
import type { Ended, Of, Road } from './road.ts';

export function reading(answer: (contact: Contact) => object) {
  return async (read: Of<Read>, { service: { store }, facts, now }: Road): Promise<Ended> => {
    const call = contactCall(read, facts);
    return ended(read, await readContact(call, { store, facts, now }, answer));
  };
}

export function changing(
  change: (contact: Contact, request: ContactRequest, now: number) => ContactChange,
) {
  return async (read: Of<Read>, { service: { store }, facts, now }: Road): Promise<Ended> => {
    const call = contactCall(read, facts);
    const stage = { store, facts, now };
    return ended(
      read,
      await changeContact(call, stage, (contact) => change(contact, call.request, now)),
    );
  };
}

function contactCall({ operation, body, signature }: Of<Read>, facts: Road['facts']): ContactCall {
  // Read by the shape of one of these operations.
  const request = contactRequestOf(body.request as unknown as ContactMembers);
  return {
    operation: operation.id as ContactOperationName,
    request,
    instance: instanceOf(request.instanceId, facts),
    servicePrincipal: signature.servicePrincipal,
  };
}

function ended(known: Of<Read>, outcome: ContactOutcome): Ended {
  return {
    known,
    end: 'answer' in outcome ? { body: JSON.stringify(outcome.answer) } : outcome,
  };
}
