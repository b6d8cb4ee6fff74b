/** The questions about Connect that AWS does not answer, as named options with values, default and reason. */

import {
  type ChoiceTable,
  defaultsOf,
  FRONT_DOOR_CHOICES,
  type FrontDoorChoices,
  oneOf,
  wholeNumber,
} from '../aws/definition/choices.ts';
import { assumed, inferred } from '../aws/provenance.ts';
import type { EndpointType } from './enums.ts';

/** The errors with which an empty rate bucket may refuse a call. */
export const THROTTLE_ERRORS = [
  'TooManyRequestsException',
  'ThrottlingException',
  'LimitExceededException',
] as const;

export interface Choices extends FrontDoorChoices {
  readonly emptyLists: 'present' | 'omitted';
  readonly diallableTypes: readonly EndpointType[];
  readonly equalDuplicates: 'fail' | 'allow';
  readonly oversizeAttributes: 'refuse-request' | 'fail-item';
  readonly throttleError: (typeof THROTTLE_ERRORS)[number];
  readonly inFlightDuplicate: 'wait' | 'refuse';
  readonly replayMode: 'whole' | 'rerun-retryable';
  readonly tokenLifetimeSeconds: number;
}

/** One row for each open question. Code, CLI and reports all use the key as the option's name. */
export const CHOICES: ChoiceTable<Choices> = {
  emptyLists: {
    ...oneOf('present', 'omitted'),
    default: 'present',
    meaning: 'whether an empty result list is sent as [] or left out of a 200 answer',
    provenance: assumed('both lists are optional in the model'),
  },
  diallableTypes: {
    values: 'TELEPHONE_NUMBER, EMAIL_ADDRESS, VOIP, or several of them, comma-separated',
    samples: ['TELEPHONE_NUMBER', 'TELEPHONE_NUMBER,EMAIL_ADDRESS,VOIP', 'EMAIL_ADDRESS', 'VOIP'],
    ofItems: true,
    read: (text) => {
      const types = text.split(',');
      const known = ['TELEPHONE_NUMBER', 'EMAIL_ADDRESS', 'VOIP'] as const;
      const read = known.filter((type) => types.includes(type));
      return read.length === types.length ? read : null;
    },
    default: ['TELEPHONE_NUMBER'],
    meaning: 'endpoint types that a customer endpoint may have without INVALID_CUSTOMER_ENDPOINT',
    provenance: assumed('the operation creates voice contacts; other types are in the enum'),
  },
  equalDuplicates: {
    ...oneOf('fail', 'allow'),
    ofItems: true,
    default: 'fail',
    meaning:
      'whether an item that repeats an earlier item of its batch, with the same identifier and content, fails',
    provenance: assumed('never two contacts for one identifier'),
  },
  oversizeAttributes: {
    ...oneOf('refuse-request', 'fail-item'),
    ofItems: true,
    default: 'refuse-request',
    meaning:
      'what attributes over 32,768 bytes cause: InvalidRequestException for the call, or INVALID_ATTRIBUTE_KEY for the item',
    provenance: assumed('no per-item code fits an oversize'),
  },
  throttleError: {
    ...oneOf(...THROTTLE_ERRORS),
    default: 'TooManyRequestsException',
    meaning: 'name of the 429 error for an empty token bucket',
    provenance: assumed('not modelled for this operation; StartChatContact text and one sighting'),
  },
  bucketRefill: FRONT_DOOR_CHOICES.bucketRefill,
  inFlightDuplicate: {
    ...oneOf('wait', 'refuse'),
    default: 'wait',
    meaning:
      'what an identical call gets while the first is in flight: the same answer, or 409 at once',
    provenance: assumed('a 409 would surface to callers, for no SDK retries it'),
  },
  replayMode: {
    ...oneOf('whole', 'rerun-retryable'),
    default: 'whole',
    meaning:
      'whether a replay answers the whole stored result or runs REQUEST_THROTTLED and INTERNAL_ERROR items again',
    provenance: assumed('nothing published on replaying failed items'),
  },
  tokenLifetimeSeconds: {
    ...wholeNumber(1, 31_536_000, 600, 31_536_000),
    default: 604_800,
    meaning: 'seconds after the commit for which a ClientToken is remembered',
    provenance: inferred('7 days for StartOutboundVoiceContact and the dial request token'),
  },
  clockSkewSeconds: FRONT_DOOR_CHOICES.clockSkewSeconds,
  maxBodyBytes: FRONT_DOOR_CHOICES.maxBodyBytes,
  retryAfterSeconds: FRONT_DOOR_CHOICES.retryAfterSeconds,
  signatureMessage: FRONT_DOOR_CHOICES.signatureMessage,
};

/** The documented defaults, changed by `overrides`. */
export function choose(overrides: Partial<Choices> = {}): Choices {
  return { ...defaultsOf(CHOICES), ...overrides };
}
