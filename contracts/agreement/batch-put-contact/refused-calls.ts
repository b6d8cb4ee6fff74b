/** The call that provokes each refusal, or the reason why no SDK client can provoke it. */

import type { RefusalName } from '../../../operation/connect/batch-put-contact/refusals.ts';
import type {
  BatchPutContactRequest,
  ContactDataRequest,
} from '../../../operation/connect/batch-put-contact/shapes.ts';
import type { Choices } from '../../../operation/connect/choices.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { LIMITS } from '../../../operation/connect/limits.ts';
import { type Chosen, type Group, tokenFor } from '../interaction.ts';
import { type Given, ordinaryDay } from '../states.ts';
import { exampleContactId, FULL_CONTACT, ordinaryContact } from './ordinary-contacts.ts';

export interface RefusedCall {
  readonly how: string;
  readonly group: Group;
  readonly choice?: Chosen;
  readonly given: readonly Given[];
  /** The request without its ClientToken. Each interaction adds its own. */
  readonly request: Omit<BatchPutContactRequest, 'ClientToken'>;
}

/** No data causes it: a provider is asked for it by a state. */
export interface Asked {
  readonly asked: true;
}

export interface Unprovoked {
  readonly unprovoked: string;
}

const goodRequest: RefusedCall['request'] = {
  InstanceId: ORDINARY_INSTANCE.id,
  ContactDataRequestList: [ordinaryContact(1)],
};

const withContacts = (contacts: readonly ContactDataRequest[]): RefusedCall['request'] => ({
  ...goodRequest,
  ContactDataRequestList: contacts,
});

/** The body limit in the interaction, in bytes. A small limit keeps the pact readable. */
const SMALL_BODY_LIMIT = 1_024;

function throttledAs(error: Choices['throttleError']): RefusedCall {
  return {
    how: 'a call over the quota, where throttling is so named',
    group: 'choices',
    choice: { name: 'throttleError', value: error },
    given: [ordinaryDay(), { name: 'calls are throttled', params: { error } }],
    request: goodRequest,
  };
}

export const REFUSED_CALLS: Readonly<Record<RefusalName, RefusedCall | Asked | Unprovoked>> = {
  UnknownOperationException: { unprovoked: 'the SDK sends no other method or path' },
  RequestEntityTooLargeException: {
    how: 'a body over the limit, here lowered',
    group: 'refusals',
    given: [ordinaryDay(), { name: 'the largest body is', params: { bytes: SMALL_BODY_LIMIT } }],
    request: withContacts([
      { ...ordinaryContact(1), Attributes: { note: 'x'.repeat(SMALL_BODY_LIMIT) } },
    ]),
  },
  MissingAuthenticationTokenException: { unprovoked: 'the SDK signs every call' },
  IncompleteSignatureException: { unprovoked: 'the SDK writes the whole Authorization header' },
  UnrecognizedClientException: {
    how: 'an access key that nobody has',
    group: 'signatures',
    given: [ordinaryDay(), { name: 'the caller is', params: { caller: 'unknown key' } }],
    request: goodRequest,
  },
  ExpiredTokenException: {
    how: 'a session token that has expired',
    group: 'signatures',
    given: [ordinaryDay(), { name: 'the caller is', params: { caller: 'expired token' } }],
    request: goodRequest,
  },
  InvalidSignatureException: {
    how: 'a wrong secret key',
    group: 'signatures',
    given: [ordinaryDay(), { name: 'the caller is', params: { caller: 'wrong secret' } }],
    request: goodRequest,
  },
  AccessDeniedException: {
    how: 'a caller other than outbound campaigns',
    group: 'callers',
    given: [ordinaryDay(), { name: 'the caller is', params: { caller: 'outsider' } }],
    request: goodRequest,
  },
  TooManyRequestsException: throttledAs('TooManyRequestsException'),
  ThrottlingException: throttledAs('ThrottlingException'),
  LimitExceededException: throttledAs('LimitExceededException'),
  SerializationException: {
    how: 'a fraction where the model has an integer',
    group: 'bounds',
    given: [ordinaryDay()],
    request: withContacts([
      {
        ...FULL_CONTACT,
        OutboundStrategy: {
          Type: 'AGENT_FIRST',
          Config: {
            AgentFirst: {
              Preview: {
                PostAcceptTimeoutConfig: { DurationInSeconds: 1.5 },
                AllowedUserActions: ['CALL'],
              },
            },
          },
        },
      },
    ]),
  },
  InvalidRequestException: {
    how: 'one contact more than a batch may have',
    group: 'bounds',
    given: [ordinaryDay()],
    request: withContacts(
      Array.from({ length: LIMITS.contacts.max + 1 }, (_, i) => ordinaryContact(i + 1)),
    ),
  },
  ResourceNotFoundException: {
    how: 'an instance that does not exist',
    group: 'refusals',
    given: [ordinaryDay()],
    request: { ...goodRequest, InstanceId: '00000000-0000-4000-8000-000000000000' },
  },
  InternalServiceException: { asked: true },
  ServiceUnavailable: { asked: true },
  IdempotencyException: {
    how: 'a ClientToken that was used for another batch',
    group: 'replays',
    given: [
      ordinaryDay(),
      {
        name: 'the ClientToken was used before',
        params: {
          clientToken: tokenFor('IdempotencyException'),
          instanceId: ORDINARY_INSTANCE.id,
          contacts: [ordinaryContact(2)],
          contactIds: [exampleContactId(2)],
        },
      },
    ],
    request: goodRequest,
  },
};
