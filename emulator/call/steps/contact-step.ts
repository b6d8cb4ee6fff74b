/** The steps of operations on one contact: its rules, then the contact is read or changed. */

import type { Read } from '../../../operation/aws/definition/known.ts';
import type { Contact } from '../../../operation/connect/contact/contact.ts';
import {
  type ContactMembers,
  type ContactOperationName,
  type ContactRequest,
  contactRequestOf,
} from '../../../operation/connect/contact/request.ts';
import type { ContactCall } from '../../../operation/connect/contact/rules.ts';
import { instanceOf } from '../../../operation/connect/facts.ts';
import type { ContactChange } from '../../stores/store.ts';
import type { Ended, Of, Road } from '../road.ts';
import {
  type ContactOutcome,
  type ContactStage,
  changeContact,
  readContact,
  stopContact,
} from './contact-access.ts';

export function reading(answer: (contact: Contact) => object) {
  return async (read: Of<Read>, road: Road): Promise<Ended> => {
    const call = contactCall(read, road.facts);
    return ended(read, await readContact(call, stageOf(road), answer));
  };
}

/** What a call changes of a contact. */
type ChangeOf = (contact: Contact, request: ContactRequest, now: number) => ContactChange;

export function changing(change: ChangeOf, access: typeof changeContact = changeContact) {
  return async (read: Of<Read>, road: Road): Promise<Ended> => {
    const call = contactCall(read, road.facts);
    const changed = (contact: Contact) => change(contact, call.request, road.now);
    return ended(read, await access(call, stageOf(road), changed));
  };
}

/** As `changing`, for the operation that stops a contact. */
export function stopping(change: ChangeOf) {
  return changing(change, stopContact);
}

function stageOf({ service: { store, campaigns }, facts, now }: Road): ContactStage {
  return { store, campaigns, facts, now };
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
