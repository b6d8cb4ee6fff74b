/** The call that provokes each refusal, or the reason why no SDK client can provoke it. */

import type { RefusalName } from '../../../operation/connect/batch-put-contact/refusals.ts';
import type {
  BatchPutContactRequest,
  ContactDataRequest,
} from '../../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { LIMITS } from '../../../operation/connect/limits.ts';
import { tokenFor } from '../interaction.ts';
import { type Given, ordinaryDay } from '../states.ts';
import { exampleContactId, FULL_CONTACT, ordinaryContact } from './ordinary-contacts.ts';

export interface RefusedCall {
  readonly how: string;
  readonly given: readonly Given[];
  /** The request without its ClientToken. Each interaction adds its own. */
  readonly request: Omit<BatchPutContactRequest, 'ClientToken'>;
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

export const REFUSED_CALLS: Readonly<Record<RefusalName, RefusedCall | Unprovoked>> = {
  UnknownOperationException: { unprovoked: 'the SDK sends no other method or path' },
  RequestEntityTooLargeException: {
    how: 'a body over the limit, here lowered',
    given: [ordinaryDay({ maxBodyBytes: SMALL_BODY_LIMIT })],
    request: withContacts([
      { ...ordinaryContact(1), Attributes: { note: 'x'.repeat(SMALL_BODY_LIMIT) } },
    ]),
  },
  MissingAuthenticationTokenException: { unprovoked: 'the SDK signs every call' },
  IncompleteSignatureException: { unprovoked: 'the SDK writes the whole Authorization header' },
  UnrecognizedClientException: {
    how: 'an access key that nobody has',
    given: [ordinaryDay(), { name: 'the caller is', params: { caller: 'unknown key' } }],
    request: goodRequest,
  },
  ExpiredTokenException: { unprovoked: 'it takes a session that has expired' },
  InvalidSignatureException: {
    how: 'a wrong secret key',
    given: [ordinaryDay(), { name: 'the caller is', params: { caller: 'wrong secret' } }],
    request: goodRequest,
  },
  AccessDeniedException: {
    how: 'a caller other than outbound campaigns',
    given: [ordinaryDay(), { name: 'the caller is', params: { caller: 'outsider' } }],
    request: goodRequest,
  },
  TooManyRequestsException: {
    how: 'an empty token bucket',
    given: [
      ordinaryDay({ throttleError: 'TooManyRequestsException' }),
      { name: 'the token bucket is empty', params: {} },
    ],
    request: goodRequest,
  },
  ThrottlingException: {
    how: 'an empty token bucket, where throttling is so named',
    given: [
      ordinaryDay({ throttleError: 'ThrottlingException' }),
      { name: 'the token bucket is empty', params: {} },
    ],
    request: goodRequest,
  },
  LimitExceededException: {
    how: 'a resource at its limit',
    given: [
      ordinaryDay(),
      { name: 'the service is failing', params: { outage: 'LimitExceededException' } },
    ],
    request: goodRequest,
  },
  SerializationException: {
    how: 'a fraction where the model has an integer',
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
    given: [ordinaryDay()],
    request: withContacts(
      Array.from({ length: LIMITS.contacts.max + 1 }, (_, i) => ordinaryContact(i + 1)),
    ),
  },
  ResourceNotFoundException: {
    how: 'an instance that does not exist',
    given: [ordinaryDay()],
    request: { ...goodRequest, InstanceId: '00000000-0000-4000-8000-000000000000' },
  },
  InternalServiceException: {
    how: 'a failing service',
    given: [
      ordinaryDay(),
      { name: 'the service is failing', params: { outage: 'InternalServiceException' } },
    ],
    request: goodRequest,
  },
  ServiceUnavailable: {
    how: 'a service that is down',
    given: [
      ordinaryDay(),
      { name: 'the service is failing', params: { outage: 'ServiceUnavailable' } },
    ],
    request: goodRequest,
  },
  IdempotencyException: {
    how: 'a ClientToken that was used for another batch',
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
