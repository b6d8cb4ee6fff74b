/**
 * The errors that refuse a whole call: one row each, in the order in which they are checked.
 *
 * The six modelled errors are documented for BatchPutContact; the others are front-door answers
 * documented for AWS services in general. That Connect gives exactly these, and in this order, is
 * inferred or assumed, as each row says.
 */

import { assumed, documented, inferred, type Provenance } from '../../aws/provenance.ts';
import { bareInstanceId, instanceIdIn, OPERATION } from '../address.ts';
import type { Facts } from '../facts.ts';
import type { ReadBody } from './read-request.ts';

/** Refusals that the signature check can find. */
export type SignatureRefusal =
  | 'MissingAuthenticationTokenException'
  | 'IncompleteSignatureException'
  | 'UnrecognizedClientException'
  | 'ExpiredTokenException'
  | 'InvalidSignatureException';

/** What is known of a call, as plain values. Each stage reads only what stands at or before it. */
export interface Arrival {
  readonly method: string;
  /** Path as received: still percent-encoded, without the query. */
  readonly path: string;
  readonly bodyBytes: number;
  readonly signature:
    | { readonly ok: true; readonly principalArn: string; readonly servicePrincipal: boolean }
    | { readonly ok: false; readonly refusal: SignatureRefusal; readonly message: string };
  /** Tokens in the caller's rate bucket before this call. */
  readonly bucketTokens: number;
  readonly body: ReadBody;
  /** What the idempotency ledger knows of the ClientToken. */
  readonly token: 'none' | 'new' | 'replay' | 'in-flight' | 'mismatch';
}

/** The steps of admission, in order (assumed; throttling after authentication is inferred). */
export const STAGES = [
  'route',
  'size',
  'signature',
  'caller',
  'rate',
  'body',
  'instance',
  'service',
  'ledger',
] as const;

export type Stage = (typeof STAGES)[number];

export interface RefusalRow {
  readonly stage: Stage;
  readonly status: number;
  /** In the published model of BatchPutContact. */
  readonly modelled: boolean;
  readonly provenance: Provenance;
  readonly applies: (arrival: Arrival, facts: Facts) => boolean;
  readonly message: (arrival: Arrival, facts: Facts) => string;
  /** Turns a good arrival (and its facts) into one that gets exactly this refusal. */
  readonly provoke: (arrival: Arrival, facts: Facts) => { arrival: Arrival; facts: Facts };
}

const signatureFound =
  (refusal: SignatureRefusal) =>
  ({ signature }: Arrival): boolean =>
    !signature.ok && signature.refusal === refusal;

const signatureMessage = ({ signature }: Arrival): string =>
  signature.ok ? '' : signature.message;

const failSignature =
  (refusal: SignatureRefusal, message: string): RefusalRow['provoke'] =>
  (arrival, facts) => ({
    arrival: { ...arrival, signature: { ok: false, refusal, message } },
    facts,
  });

const bucketIsEmpty = (arrival: Arrival): boolean => arrival.bucketTokens < 1;

const throttledAs =
  (name: Facts['choices']['throttleError']): RefusalRow['applies'] =>
  (arrival, { choices }) =>
    choices.throttleError === name && bucketIsEmpty(arrival);

const throttle =
  (throttleError: Facts['choices']['throttleError']): RefusalRow['provoke'] =>
  (arrival, facts) => ({
    arrival: { ...arrival, bucketTokens: 0 },
    facts: { ...facts, choices: { ...facts.choices, throttleError } },
  });

const outage =
  (name: NonNullable<Facts['outage']>): RefusalRow['provoke'] =>
  (arrival, facts) => ({ arrival, facts: { ...facts, outage: name } });

/** The instance that a path names, if the facts know it. */
export function instanceAt(path: string, facts: Facts) {
  return instanceOf(instanceIdIn(path) ?? '', facts);
}

/** The instance that an id or ARN names, if the facts know it. */
export function instanceOf(idOrArn: string, facts: Facts) {
  const named = bareInstanceId(idOrArn, facts.account, facts.region);
  return facts.instances.find((instance) => instance.id === named);
}

const ROWS = {
  UnknownOperationException: {
    stage: 'route',
    status: 404,
    modelled: false,
    provenance: inferred('AWS Common Errors; the body was seen on another REST service'),
    applies: ({ method, path }) => method !== OPERATION.method || instanceIdIn(path) === null,
    message: () => 'The requested operation is not recognized by the service.',
    provoke: (arrival, facts) => ({ arrival: { ...arrival, method: 'POST' }, facts }),
  },
  RequestEntityTooLargeException: {
    stage: 'size',
    status: 413,
    modelled: false,
    provenance: assumed('AWS Common Errors name it; no limit is published for Connect'),
    applies: ({ bodyBytes }, { choices }) => bodyBytes > choices.maxBodyBytes,
    message: (_, { choices }) => `The request body is larger than ${choices.maxBodyBytes} bytes.`,
    provoke: (arrival, facts) => ({
      arrival: { ...arrival, bodyBytes: facts.choices.maxBodyBytes + 1 },
      facts,
    }),
  },
  MissingAuthenticationTokenException: {
    stage: 'signature',
    status: 403,
    modelled: false,
    provenance: inferred('seen on Lambda, also restJson1'),
    applies: signatureFound('MissingAuthenticationTokenException'),
    message: signatureMessage,
    provoke: failSignature('MissingAuthenticationTokenException', 'Missing Authentication Token'),
  },
  IncompleteSignatureException: {
    stage: 'signature',
    status: 403,
    modelled: false,
    provenance: inferred('AWS Common Errors; texts seen on other services'),
    applies: signatureFound('IncompleteSignatureException'),
    message: signatureMessage,
    provoke: failSignature(
      'IncompleteSignatureException',
      "Authorization header requires 'Signature' parameter.",
    ),
  },
  UnrecognizedClientException: {
    stage: 'signature',
    status: 403,
    modelled: false,
    provenance: inferred('AWS Common Errors; text seen on a rest-json service'),
    applies: signatureFound('UnrecognizedClientException'),
    message: signatureMessage,
    provoke: failSignature(
      'UnrecognizedClientException',
      'The security token included in the request is invalid',
    ),
  },
  ExpiredTokenException: {
    stage: 'signature',
    status: 403,
    modelled: false,
    provenance: inferred('AWS Common Errors'),
    applies: signatureFound('ExpiredTokenException'),
    message: signatureMessage,
    provoke: failSignature(
      'ExpiredTokenException',
      'The security token included in the request is expired',
    ),
  },
  InvalidSignatureException: {
    stage: 'signature',
    status: 403,
    modelled: false,
    provenance: inferred('texts seen on several AWS services'),
    applies: signatureFound('InvalidSignatureException'),
    message: signatureMessage,
    provoke: failSignature(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
    ),
  },
  AccessDeniedException: {
    stage: 'caller',
    status: 403,
    modelled: true,
    provenance: documented('model and API reference; when a caller gets it is assumed'),
    applies: ({ signature }) => signature.ok && !signature.servicePrincipal,
    message: ({ signature, path }, { region, account }) =>
      `User: ${signature.ok ? signature.principalArn : 'unknown'} is not authorized to perform: ` +
      `connect:BatchPutContact on resource: arn:aws:connect:${region}:${account}:instance/${instanceIdIn(path)}`,
    provoke: (arrival, facts) => ({
      arrival: {
        ...arrival,
        signature: {
          ok: true,
          principalArn: `arn:aws:iam::${facts.account}:user/somebody`,
          servicePrincipal: false,
        },
      },
      facts,
    }),
  },
  TooManyRequestsException: {
    stage: 'rate',
    status: 429,
    modelled: false,
    provenance: assumed('default of throttleError; StartChatContact text and one sighting'),
    applies: throttledAs('TooManyRequestsException'),
    message: () => 'Too Many Requests',
    provoke: throttle('TooManyRequestsException'),
  },
  ThrottlingException: {
    stage: 'rate',
    status: 429,
    modelled: false,
    provenance: assumed('a value of throttleError; modelled on most other Connect operations'),
    applies: throttledAs('ThrottlingException'),
    message: () => 'Rate exceeded',
    provoke: throttle('ThrottlingException'),
  },
  LimitExceededException: {
    stage: 'rate',
    status: 429,
    modelled: true,
    provenance: documented('model and API reference; when a caller gets it is assumed'),
    applies: (arrival, facts) =>
      facts.outage === 'LimitExceededException' ||
      throttledAs('LimitExceededException')(arrival, facts),
    message: () => 'The allowed limit for the resource has been exceeded.',
    provoke: outage('LimitExceededException'),
  },
  SerializationException: {
    stage: 'body',
    status: 400,
    modelled: false,
    provenance: inferred('seen on awsJson services for malformed JSON and wrong JSON types'),
    applies: ({ body }) => !body.ok && body.refusal === 'SerializationException',
    message: ({ body }) => (body.ok ? '' : body.message),
    provoke: (arrival, facts) => ({
      arrival: {
        ...arrival,
        body: { ok: false, refusal: 'SerializationException', message: 'The body is not JSON' },
      },
      facts,
    }),
  },
  InvalidRequestException: {
    stage: 'body',
    status: 400,
    modelled: true,
    provenance: documented('model and API reference; that a broken bound gives it is assumed'),
    applies: ({ body }) => !body.ok && body.refusal === 'InvalidRequestException',
    message: ({ body }) => (body.ok ? '' : body.message),
    provoke: (arrival, facts) => ({
      arrival: {
        ...arrival,
        body: {
          ok: false,
          refusal: 'InvalidRequestException',
          message:
            "1 validation error detected: Value at 'contactDataRequestList' failed to satisfy constraint",
        },
      },
      facts,
    }),
  },
  ResourceNotFoundException: {
    stage: 'instance',
    status: 404,
    modelled: true,
    provenance: documented('model and API reference; that an unknown instance gives it is assumed'),
    applies: ({ path }, facts) => instanceAt(path, facts) === undefined,
    message: ({ path }) => `Instance ${instanceIdIn(path)} was not found.`,
    provoke: (arrival, facts) => ({
      arrival: { ...arrival, path: `${OPERATION.pathPrefix}00000000-0000-4000-8000-000000000000` },
      facts,
    }),
  },
  InternalServiceException: {
    stage: 'service',
    status: 500,
    modelled: true,
    provenance: documented('model and API reference'),
    applies: (_, facts) => facts.outage === 'InternalServiceException',
    message: () => 'Request processing failed because of an error or failure with the service.',
    provoke: outage('InternalServiceException'),
  },
  ServiceUnavailable: {
    stage: 'service',
    status: 503,
    modelled: false,
    provenance: inferred('AWS Common Errors'),
    applies: (_, facts) => facts.outage === 'ServiceUnavailable',
    message: () => 'The service is temporarily unavailable.',
    provoke: outage('ServiceUnavailable'),
  },
  IdempotencyException: {
    stage: 'ledger',
    status: 409,
    modelled: true,
    provenance: documented('model and API reference; that a reused token gives it is inferred'),
    applies: ({ token }, { choices }) =>
      token === 'mismatch' || (token === 'in-flight' && choices.inFlightDuplicate === 'refuse'),
    message: () => 'The ClientToken was already used with other parameters.',
    provoke: (arrival, facts) => ({ arrival: { ...arrival, token: 'mismatch' }, facts }),
  },
} as const satisfies Record<string, RefusalRow>;

export type RefusalName = keyof typeof ROWS;

/** The table. Iterating it gives the order of checks. */
export const REFUSALS: Readonly<Record<RefusalName, RefusalRow>> = ROWS;

export const REFUSAL_NAMES = Object.keys(ROWS) as readonly RefusalName[];

/** The errors that the published model lists for BatchPutContact. */
export const MODELLED_ERRORS = REFUSAL_NAMES.filter((name) => REFUSALS[name].modelled);
