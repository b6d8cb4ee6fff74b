/** The Connect service, and the modelled errors of the operations that are emulated. */

import type { AwsService } from '../aws/definition/model.ts';
import type { AnswerShape, Shape } from '../aws/shape/shapes.ts';

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

const FILE_REASONS = ['INVALID_FILE_SIZE', 'INVALID_FILE_TYPE', 'INVALID_FILE_NAME'];

/** A member of InvalidRequestException. No operation that is emulated gives it: it concerns attached files. */
const REASON: Shape = {
  kind: 'union',
  members: {
    AttachedFileInvalidRequestExceptionReason: {
      kind: 'string',
      enum: {
        name: 'AttachedFileInvalidRequestExceptionReason',
        values: FILE_REASONS.map((value) => ({ value })),
      },
    },
  },
};

const TEXT_ONLY: AnswerShape = { kind: 'structure', members: { Message: { kind: 'string' } } };

export const CONNECT: AwsService = {
  signingName: 'connect',
  endpointPrefix: 'connect',
  apiVersion: '2017-08-08',
  protocol: 'rest-json',
  errorText: 'Message',
  errors: {
    ...Object.fromEntries(Object.keys(ERRORS).map((name) => [name, TEXT_ONLY])),
    InvalidRequestException: {
      kind: 'structure',
      members: { ...TEXT_ONLY.members, Reason: REASON },
    },
  },
};

export const statusOf = (error: ConnectError): number => ERRORS[error];

/** Picks the errors of an operation, for its definition. */
export function errors<const Name extends ConnectError>(...names: Name[]) {
  return Object.fromEntries(names.map((name) => [name, ERRORS[name]])) as unknown as Readonly<
    Record<Name, number>
  >;
}
