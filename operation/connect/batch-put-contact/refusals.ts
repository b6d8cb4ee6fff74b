/**
 * The errors that refuse a whole call of BatchPutContact: one row each, in the order in which they are checked.
 *
 * The six modelled errors are documented; the others are front-door answers. That Connect sends exactly these,
 * and in this order, is inferred or assumed, as marked in each row.
 */

import { accessDenied } from '../../aws/definition/front-door.ts';
import { type AnyRefusalRow, inOrder, type RefusalTable } from '../../aws/definition/refusals.ts';
import { documented, inferred } from '../../aws/provenance.ts';
import { type Facts, instanceOf, NEVER_AN_ID } from '../facts.ts';
import { CONNECT_FRONT_DOOR, instanceArn } from '../refusals.ts';
import { errors } from '../service.ts';

/** The errors that the published model lists for BatchPutContact. */
export const ERRORS = errors(
  'AccessDeniedException',
  'LimitExceededException',
  'InvalidRequestException',
  'ResourceNotFoundException',
  'InternalServiceException',
  'IdempotencyException',
);

const ROWS = inOrder({
  ...CONNECT_FRONT_DOOR,
  AccessDeniedException: accessDenied(
    documented('model and API reference'),
    inferred('API reference: only outbound campaigns may call; the error that fits'),
    ({ InstanceId = '' }, facts) => instanceArn(InstanceId, facts),
  ),
  ResourceNotFoundException: {
    stage: 'resource',
    status: 404,
    provenance: documented('model and API reference'),
    trigger: inferred('the name; the only error of the model that fits an unknown instance'),
    applies: ({ labels: { InstanceId = '' } }, facts) =>
      instanceOf(InstanceId, facts) === undefined,
    message: ({ labels }) => `Instance ${labels.InstanceId} was not found.`,
    provoke: () => ({ arrival: { labels: { InstanceId: NEVER_AN_ID } } }),
  },
  IdempotencyException: {
    stage: 'token',
    status: 409,
    provenance: documented('model and API reference'),
    trigger: inferred("Amazon Builders' Library; the only error of the model that fits"),
    applies: ({ token }, { choices }) =>
      token === 'mismatch' || (token === 'in-flight' && choices.inFlightDuplicate === 'refuse'),
    message: () => 'The ClientToken was already used with other parameters.',
    provoke: () => ({ arrival: { token: 'mismatch' } }),
  },
} as const satisfies RefusalTable<Facts>);

export type RefusalName = keyof typeof ROWS;

/** A row with a mark that says whether the published model of BatchPutContact has the error. */
export type RefusalRow = AnyRefusalRow<Facts> & { readonly modelled: boolean };

export const REFUSAL_NAMES = Object.keys(ROWS) as readonly RefusalName[];

/** The table. Iterating it gives the order of checks. */
export const REFUSALS = Object.fromEntries(
  REFUSAL_NAMES.map((name) => [name, { ...ROWS[name], modelled: Object.hasOwn(ERRORS, name) }]),
) as unknown as Readonly<Record<RefusalName, RefusalRow>>;

export const MODELLED_ERRORS = REFUSAL_NAMES.filter((name) => REFUSALS[name].modelled);
