/** The Connect service, and the modelled errors of the operations that are emulated. */

import type { AwsService } from '../aws/definition/model.ts';

export const CONNECT: AwsService = {
  signingName: 'connect',
  endpointPrefix: 'connect',
  apiVersion: '2017-08-08',
  errorText: 'Message',
};

/** Name of the error -> HTTP status. */
const ERRORS = {
  AccessDeniedException: 403,
  LimitExceededException: 429,
  ThrottlingException: 429,
  InvalidRequestException: 400,
  InvalidParameterException: 400,
  InvalidActiveRegionException: 400,
  ResourceNotFoundException: 404,
  ContactNotFoundException: 410,
  InternalServiceException: 500,
  IdempotencyException: 409,
} as const;

export type ConnectError = keyof typeof ERRORS;

export const statusOf = (error: ConnectError): number => ERRORS[error];

/** Picks the errors of an operation, for its definition. */
export function errors<const Name extends ConnectError>(...names: Name[]) {
  return Object.fromEntries(names.map((name) => [name, ERRORS[name]])) as unknown as Readonly<
    Record<Name, number>
  >;
}
