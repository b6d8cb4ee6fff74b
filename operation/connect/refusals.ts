/** The refusals that every operation of Connect has. */

import type { FrontDoorFacts } from '../aws/definition/facts.ts';
import { bucketIsEmpty, FRONT_DOOR, inOutage, misread } from '../aws/definition/front-door.ts';
import type { Metered } from '../aws/definition/known.ts';
import type { Provoked, RefusalTable } from '../aws/definition/refusals.ts';
import { assumed, documented } from '../aws/provenance.ts';
import type { Choices } from './choices.ts';
import type { Facts } from './facts.ts';

/** An empty bucket causes the throttling error of the operation's model, or the chosen error if the model has none. */
const throttledAs =
  (name: Choices['throttleError']) =>
  (known: Metered, { choices }: Facts): boolean =>
    bucketIsEmpty(known) &&
    name ===
      (Object.hasOwn(known.operation.errors, 'ThrottlingException')
        ? 'ThrottlingException'
        : choices.throttleError);

const throttle = (throttleError: Choices['throttleError']) => (): Provoked<Facts> => ({
  arrival: { bucketTokens: 0 },
  facts: { choices: { throttleError } },
});

const atItsLimit = inOutage('LimitExceededException');

const { ServiceUnavailable, ...FIRST } = FRONT_DOOR;

export const CONNECT_FRONT_DOOR = {
  ...FIRST,
  TooManyRequestsException: {
    stage: 'rate',
    status: 429,
    provenance: assumed('default of throttleError; StartChatContact text and one sighting'),
    applies: throttledAs('TooManyRequestsException'),
    message: () => 'Too Many Requests',
    provoke: throttle('TooManyRequestsException'),
  },
  ThrottlingException: {
    stage: 'rate',
    status: 429,
    provenance: assumed('a value of throttleError; modelled on most other Connect operations'),
    applies: throttledAs('ThrottlingException'),
    message: () => 'Rate exceeded',
    provoke: throttle('ThrottlingException'),
  },
  LimitExceededException: {
    ...atItsLimit,
    stage: 'rate',
    status: 429,
    provenance: documented('model and API reference'),
    trigger: assumed('no source says which limit gives it'),
    applies: (known: Metered, facts: Facts) =>
      atItsLimit.applies(known, facts) || throttledAs('LimitExceededException')(known, facts),
    message: () => 'The allowed limit for the resource has been exceeded.',
  },
  InvalidRequestException: misread(
    'constraint',
    documented('model and API reference'),
    assumed('the only error of the model that fits a broken bound'),
    "1 validation error detected: Value at 'contactDataRequestList' failed to satisfy constraint",
  ),
  InternalServiceException: {
    stage: 'service',
    status: 500,
    provenance: documented('model and API reference'),
    ...inOutage('InternalServiceException'),
    message: () => 'Request processing failed because of an error or failure with the service.',
  },
  ServiceUnavailable,
} as const satisfies RefusalTable<Facts>;

/** ARN of the instance that the path of a call names, by its id or its ARN. */
export function instanceArn(instanceId: string, { account, region }: FrontDoorFacts): string {
  if (instanceId.startsWith('arn:')) return instanceId;
  return `arn:aws:connect:${region}:${account}:instance/${instanceId}`;
}
