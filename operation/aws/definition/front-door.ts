/**
 * Refusals of the front door, which every AWS service has, and refusals whose name a service chooses.
 *
 * They are documented for AWS services in general. That a service sends exactly these is inferred or assumed,
 * as marked in each row.
 */

import { assumed, inferred, type Provenance } from '../provenance.ts';
import type { Labels } from '../uri.ts';
import type { FrontDoorFacts, Outage } from './facts.ts';
import type { Authenticated, Metered, Parsed, SignatureRefusal, Signed } from './known.ts';
import type { Provoked, RefusalTable } from './refusals.ts';

/** A refusal that the signature check found. */
const unsigned = (refusal: SignatureRefusal, provenance: Provenance, example: string) =>
  ({
    stage: 'signature',
    status: 403,
    provenance,
    applies: ({ signature }: Signed) => !signature.ok && signature.refusal === refusal,
    message: ({ signature }: Signed) => (signature.ok ? '' : signature.message),
    provoke: (): Provoked<FrontDoorFacts> => ({
      arrival: { signature: { ok: false, refusal, message: example } },
    }),
  }) as const;

/** An error that every call gets during an outage in the facts. */
export const inOutage = (outage: Outage) =>
  ({
    outage,
    applies: (_: unknown, facts: FrontDoorFacts) => facts.outage === outage,
    provoke: (): Provoked<FrontDoorFacts> => ({ facts: { outage } }),
  }) as const;

export const bucketIsEmpty = ({ bucketTokens }: Metered): boolean => bucketTokens < 1;

/** A wrong JSON type, or a broken constraint. */
export const misread = (
  wrong: 'type' | 'constraint',
  provenance: Provenance,
  trigger: Provenance,
  example: string,
) =>
  ({
    stage: 'body',
    status: 400,
    provenance,
    trigger,
    applies: ({ body }: Parsed) => !body.ok && body.wrong === wrong,
    message: ({ body }: Parsed) => (body.ok ? '' : body.message),
    provoke: (): Provoked<FrontDoorFacts> => ({
      arrival: { body: { ok: false, wrong, message: example } },
    }),
  }) as const;

/**
 * The refusal of a caller who may not use the operation.
 *
 * @param resource ARN of the resource of the call.
 */
export const accessDenied = (
  provenance: Provenance,
  trigger: Provenance,
  resource: (labels: Labels, facts: FrontDoorFacts) => string,
) =>
  ({
    stage: 'caller',
    status: 403,
    provenance,
    trigger,
    applies: ({ operation, signature }: Authenticated) =>
      signature.denied === true ||
      (operation.callers === 'outbound campaigns' && !signature.servicePrincipal),
    message: ({ operation, signature, labels }: Authenticated, facts: FrontDoorFacts) =>
      `User: ${signature.principalArn} is not authorized to perform: ` +
      `${operation.service.signingName}:${operation.name} on resource: ${resource(labels, facts)}`,
    provoke: (_: unknown, { account }: FrontDoorFacts): Provoked<FrontDoorFacts> => ({
      arrival: {
        signature: {
          ok: true,
          principalArn: `arn:aws:iam::${account}:user/somebody`,
          servicePrincipal: false,
          denied: true,
        },
      },
    }),
  }) as const;

export const FRONT_DOOR = {
  UnknownOperationException: {
    stage: 'route',
    status: 404,
    provenance: inferred('AWS Common Errors; the body was seen on another REST service'),
    applies: ({ operation, labels }) => operation === null || labels === null,
    message: () => 'The requested operation is not recognized by the service.',
    provoke: () => ({ arrival: { operation: null, labels: null } }),
  },
  RequestEntityTooLargeException: {
    stage: 'size',
    status: 413,
    provenance: assumed('AWS Common Errors name it; no limit is published for Connect'),
    applies: ({ bodyBytes }, { choices }) => bodyBytes > choices.maxBodyBytes,
    message: (_, { choices }) => `The request body is larger than ${choices.maxBodyBytes} bytes.`,
    provoke: (_, { choices }) => ({ arrival: { bodyBytes: choices.maxBodyBytes + 1 } }),
  },
  MissingAuthenticationTokenException: unsigned(
    'MissingAuthenticationTokenException',
    inferred('seen on Lambda, also restJson1'),
    'Missing Authentication Token',
  ),
  IncompleteSignatureException: unsigned(
    'IncompleteSignatureException',
    inferred('AWS Common Errors; texts seen on other services'),
    "Authorization header requires 'Signature' parameter.",
  ),
  UnrecognizedClientException: unsigned(
    'UnrecognizedClientException',
    inferred('AWS Common Errors; text seen on a rest-json service'),
    'The security token included in the request is invalid',
  ),
  ExpiredTokenException: unsigned(
    'ExpiredTokenException',
    inferred('AWS Common Errors'),
    'The security token included in the request is expired',
  ),
  InvalidSignatureException: unsigned(
    'InvalidSignatureException',
    inferred('texts seen on several AWS services'),
    'The request signature we calculated does not match the signature you provided.',
  ),
  SerializationException: misread(
    'type',
    inferred('seen on awsJson services'),
    assumed('seen on awsJson services for malformed JSON and wrong JSON types'),
    'The body is not JSON',
  ),
  ServiceUnavailable: {
    stage: 'service',
    status: 503,
    provenance: inferred('AWS Common Errors'),
    ...inOutage('ServiceUnavailable'),
    message: () => 'The service is temporarily unavailable.',
  },
} as const satisfies RefusalTable<FrontDoorFacts>;
