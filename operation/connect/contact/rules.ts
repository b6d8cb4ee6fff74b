/** The rules that refuse a call about one contact: one row each, in the order of checks (assumed). */

import type { Refusal } from '../../aws/definition/refusals.ts';
import { assumed, documented, inferred, type Provenance } from '../../aws/provenance.ts';
import { hasInvalidAttributeKey, hasOversizeAttributes } from '../attributes.ts';
import type { Instance } from '../facts.ts';
import { LIMITS } from '../limits.ts';
import { type ConnectError, statusOf } from '../service.ts';
import type { ContactOperationName, ContactRequest } from './request.ts';

export interface ContactCall {
  readonly operation: ContactOperationName;
  readonly request: ContactRequest;
  /** The instance that the request names, if it is in the facts. */
  readonly instance: Instance | undefined;
  /** Whether the caller is outbound campaigns. */
  readonly servicePrincipal: boolean;
}

/** The members of a contact that the rules read. */
export interface ContactState {
  readonly attributes: Readonly<Record<string, string>>;
  /** Epoch milliseconds; undefined while the contact is active. */
  readonly disconnectedAt: number | undefined;
}

interface ContactRule {
  /** The operations that have the rule; absent if every operation has it. */
  readonly only?: readonly ContactOperationName[];
  readonly error: ConnectError;
  /** Provenance of the condition. */
  readonly provenance: Provenance;
  /** Provenance of the claim that the condition causes this error. */
  readonly errorProvenance: Provenance;
  /** @param contact undefined if the instance has no contact with the id. */
  readonly applies: (call: ContactCall, contact: ContactState | undefined) => boolean;
  readonly message: (call: ContactCall) => string;
}

const nameOnly = inferred('the only error of the model that fits');

export const CONTACT_RULES = {
  unknownInstance: {
    error: 'ResourceNotFoundException',
    provenance: documented('model: the specified resource was not found'),
    errorProvenance: nameOnly,
    applies: ({ instance }) => instance === undefined,
    message: ({ request }) => `Instance ${request.instanceId} was not found.`,
  },
  disconnectReason: {
    only: ['StopContact'],
    error: 'InvalidRequestException',
    provenance: documented('API reference: only outbound campaigns can provide DisconnectReason'),
    errorProvenance: assumed('InvalidParameterException would fit as well'),
    applies: ({ request, servicePrincipal }) =>
      request.disconnectReason !== undefined && !servicePrincipal,
    message: () => 'DisconnectReason can be provided by outbound campaigns only.',
  },
  attributeKey: {
    only: ['UpdateContactAttributes'],
    error: 'InvalidRequestException',
    provenance: documented('API reference: alphanumeric, dash and underscore characters'),
    errorProvenance: assumed('InvalidParameterException would fit as well'),
    applies: ({ request }) => hasInvalidAttributeKey(request.attributes),
    message: () => 'An attribute key has a character other than letters, digits, _ and -.',
  },
  unknownContact: {
    only: ['DescribeContact', 'GetContactAttributes', 'UpdateContactAttributes'],
    error: 'ResourceNotFoundException',
    provenance: documented('model: the specified resource was not found'),
    errorProvenance: nameOnly,
    applies: (_, contact) => contact === undefined,
    message: ({ request }) => `Contact ${request.contactId} was not found.`,
  },
  inactiveContact: {
    only: ['StopContact'],
    error: 'ContactNotFoundException',
    provenance: documented('API reference: a voice contact is not active or does not exist'),
    errorProvenance: documented('API reference'),
    applies: (_, contact) => contact?.disconnectedAt !== undefined || contact === undefined,
    message: ({ request }) => `Contact ${request.contactId} is not active or does not exist.`,
  },
  oversizeAttributes: {
    only: ['UpdateContactAttributes'],
    error: 'InvalidRequestException',
    provenance: documented('API reference: 32,768 UTF-8 bytes across all attributes of a contact'),
    errorProvenance: assumed('nothing is published'),
    applies: ({ request }, contact) => hasOversizeAttributes(merged(contact, request)),
    message: () =>
      `The contact would have more than ${LIMITS.attributesBytes.max} bytes of attributes.`,
  },
} as const satisfies Record<string, ContactRule>;

const RULES: readonly ContactRule[] = Object.values(CONTACT_RULES);

/** The first rule that refuses a call; null allows it. */
export function contactRefusal(
  call: ContactCall,
  contact: ContactState | undefined,
): Refusal | null {
  const rule = RULES.find(
    ({ only, applies }) => (only?.includes(call.operation) ?? true) && applies(call, contact),
  );
  if (!rule) return null;
  return { name: rule.error, status: statusOf(rule.error), message: rule.message(call) };
}

/** The attributes after an update. Attributes that it does not name stay; an empty value is stored (assumed). */
export function merged(
  contact: ContactState | undefined,
  { attributes }: ContactRequest,
): Record<string, string> {
  return { ...contact?.attributes, ...attributes };
}
