/** The operations that the endpoint serves: where each lives, and what the model says of it. */

import { assumed, documented, type Provenance } from './aws/provenance.ts';
import { MODELLED_ERRORS } from './connect/batch-put-contact/refusals.ts';

export interface OperationRow {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** As the model writes it: a label in braces stands for one path segment. */
  readonly uri: string;
  /** The errors that the published model lists. */
  readonly errors: readonly string[];
  /** Of method, URI and errors. */
  readonly provenance: Provenance;
  readonly callers: 'outbound campaigns' | 'the account';
  readonly callersProvenance: Provenance;
}

const model = documented('botocore service model connect/2017-08-08');
const ofTheAccount = {
  callers: 'the account',
  callersProvenance: assumed('an IAM identity with connect:*; policies are not emulated'),
} as const;

const ROWS = {
  BatchPutContact: {
    method: 'PUT',
    uri: '/contact/batch/{InstanceId}',
    errors: MODELLED_ERRORS,
    provenance: model,
    callers: 'outbound campaigns',
    callersProvenance: documented('API reference'),
  },
  DescribeContact: {
    method: 'GET',
    uri: '/contacts/{InstanceId}/{ContactId}',
    errors: [
      'InvalidRequestException',
      'InvalidParameterException',
      'ResourceNotFoundException',
      'InternalServiceException',
      'ThrottlingException',
    ],
    provenance: model,
    ...ofTheAccount,
  },
  GetContactAttributes: {
    method: 'GET',
    uri: '/contact/attributes/{InstanceId}/{InitialContactId}',
    errors: ['InvalidRequestException', 'ResourceNotFoundException', 'InternalServiceException'],
    provenance: model,
    ...ofTheAccount,
  },
  UpdateContactAttributes: {
    method: 'POST',
    uri: '/contact/attributes',
    errors: [
      'InvalidRequestException',
      'InvalidParameterException',
      'ResourceNotFoundException',
      'InternalServiceException',
      'InvalidActiveRegionException',
    ],
    provenance: model,
    ...ofTheAccount,
  },
  StopContact: {
    method: 'POST',
    uri: '/contact/stop',
    errors: [
      'InvalidRequestException',
      'ContactNotFoundException',
      'InvalidParameterException',
      'ResourceNotFoundException',
      'InternalServiceException',
      'InvalidActiveRegionException',
    ],
    provenance: model,
    ...ofTheAccount,
  },
} as const satisfies Record<string, OperationRow>;

export type OperationName = keyof typeof ROWS;

/** An operation on a contact that BatchPutContact created. */
export type ContactOperationName = Exclude<OperationName, 'BatchPutContact'>;

export const OPERATIONS: Readonly<Record<OperationName, OperationRow>> = ROWS;

export const OPERATION_NAMES = Object.keys(ROWS) as readonly OperationName[];

interface Route {
  readonly name: OperationName;
  readonly method: string;
  /** The URI up to its first label. */
  readonly prefix: string;
  readonly labels: readonly string[];
}

const ROUTES = OPERATION_NAMES.map((name): Route => {
  const { method, uri } = OPERATIONS[name];
  const [prefix = '', ...rest] = uri.split('{');
  return { name, method, prefix, labels: rest.map((label) => label.slice(0, label.indexOf('}'))) };
});

/** The operation that a method and a raw (still encoded) path name; null is none. */
export function operationAt(method: string, rawPath: string): OperationName | null {
  const route = ROUTES.find(
    (candidate) => candidate.method === method && segmentsOf(candidate, rawPath) !== null,
  );
  return route?.name ?? null;
}

/**
 * The labels of an operation's URI, by name and decoded.
 *
 * @param rawPath a path of that operation.
 * @returns null where a segment is not well encoded.
 */
export function labelsIn(name: OperationName, rawPath: string): Record<string, string> | null {
  const route = ROUTES.find((candidate) => candidate.name === name);
  const segments = (route && segmentsOf(route, rawPath)) ?? [];
  try {
    return Object.fromEntries(
      segments.map((segment, i) => [route?.labels[i] ?? '', decodeURIComponent(segment)]),
    );
  } catch {
    return null;
  }
}

function segmentsOf({ prefix, labels }: Route, rawPath: string): readonly string[] | null {
  if (!rawPath.startsWith(prefix)) return null;
  const rest = rawPath.slice(prefix.length);
  if (labels.length === 0) return rest === '' ? [] : null;
  const segments = rest.split('/');
  return segments.length === labels.length ? segments : null;
}

/** The JSON body of an operation's error: `Message` where its model has the error, else `message`. */
export function errorBody(operation: OperationName, name: string, message: string): string {
  const modelled = OPERATIONS[operation].errors.includes(name);
  return JSON.stringify(modelled ? { Message: message } : { message });
}
