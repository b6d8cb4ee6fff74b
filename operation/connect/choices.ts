/** What AWS leaves open, as named options: each with its values, its default and why. */

import { assumed, inferred, type Provenance } from '../aws/provenance.ts';
import type { EndpointType } from './batch-put-contact/shapes.ts';

export interface Choices {
  readonly emptyLists: 'present' | 'omitted';
  readonly diallableTypes: readonly EndpointType[];
  readonly equalDuplicates: 'fail' | 'allow';
  readonly oversizeAttributes: 'refuse-request' | 'fail-item';
  readonly throttleError:
    | 'TooManyRequestsException'
    | 'ThrottlingException'
    | 'LimitExceededException';
  readonly bucketRefill: 'continuous' | 'per-second';
  readonly inFlightDuplicate: 'wait' | 'refuse';
  readonly replayMode: 'whole' | 'rerun-retryable';
  readonly tokenLifetimeSeconds: number;
  readonly clockSkewSeconds: number;
  readonly maxBodyBytes: number;
  readonly retryAfterSeconds: number;
}

export interface ChoiceRow<Value> {
  readonly default: Value;
  readonly meaning: string;
  readonly provenance: Provenance;
  /** Reads the option's text form; null when it is not one of the option's values. */
  readonly read: (text: string) => Value | null;
  /** The values that `read` accepts, for people. */
  readonly values: string;
}

function oneOf<const V extends string>(...values: V[]) {
  return {
    values: values.join(' | '),
    read: (text: string): V | null => values.find((value) => value === text) ?? null,
  };
}

function wholeNumber(min: number, max: number) {
  return {
    values: `${min}..${max}`,
    read: (text: string): number | null => {
      const n = Number(text);
      return /^\d+$/.test(text) && n >= min && n <= max ? n : null;
    },
  };
}

/** One row per open question. The key is the option's name everywhere: code, CLI, reports. */
export const CHOICES: { readonly [K in keyof Choices]: ChoiceRow<Choices[K]> } = {
  emptyLists: {
    ...oneOf('present', 'omitted'),
    default: 'present',
    meaning: 'whether an empty result list is sent as [] or left out of a 200 answer',
    provenance: assumed('both lists are optional in the model'),
  },
  diallableTypes: {
    values: 'TELEPHONE_NUMBER[,EMAIL_ADDRESS][,VOIP]',
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
    default: 'fail',
    meaning: 'an item that repeats an earlier item of its batch, identifier and content alike',
    provenance: assumed('never two contacts for one identifier'),
  },
  oversizeAttributes: {
    ...oneOf('refuse-request', 'fail-item'),
    default: 'refuse-request',
    meaning:
      'attributes over 32,768 bytes: InvalidRequestException, or INVALID_ATTRIBUTE_KEY for the item',
    provenance: assumed('no per-item code fits an oversize'),
  },
  throttleError: {
    ...oneOf('TooManyRequestsException', 'ThrottlingException', 'LimitExceededException'),
    default: 'TooManyRequestsException',
    meaning: 'name of the 429 that an empty token bucket gives',
    provenance: assumed('not modelled for this operation; StartChatContact text and one sighting'),
  },
  bucketRefill: {
    ...oneOf('continuous', 'per-second'),
    default: 'continuous',
    meaning: 'whether bucket tokens come back smoothly or once a second',
    provenance: assumed('EC2 throttling guide says each second; Connect says nothing'),
  },
  inFlightDuplicate: {
    ...oneOf('wait', 'refuse'),
    default: 'wait',
    meaning: 'an equal request while the first is in flight: wait for its answer, or 409 at once',
    provenance: assumed('a 409 would surface to callers, for no SDK retries it'),
  },
  replayMode: {
    ...oneOf('whole', 'rerun-retryable'),
    default: 'whole',
    meaning:
      'a replay answers the whole stored result, or runs REQUEST_THROTTLED and INTERNAL_ERROR items again',
    provenance: assumed('nothing published on replaying failed items'),
  },
  tokenLifetimeSeconds: {
    ...wholeNumber(1, 31_536_000),
    default: 604_800,
    meaning: 'seconds from commit for which a ClientToken is remembered',
    provenance: inferred('7 days for StartOutboundVoiceContact and the dial request token'),
  },
  clockSkewSeconds: {
    ...wholeNumber(1, 86_400),
    default: 300,
    meaning: 'seconds by which X-Amz-Date may differ from the clock, the bound itself accepted',
    provenance: assumed('5 min. in the IAM guide and in real messages; other services show 15'),
  },
  maxBodyBytes: {
    ...wholeNumber(1_024, 67_108_864),
    default: 4_194_304,
    meaning: 'request body bytes above which the answer is 413',
    provenance: assumed('no published limit; a legal batch can reach about 2.5 MB'),
  },
  retryAfterSeconds: {
    ...wholeNumber(0, 3_600),
    default: 0,
    meaning: 'Retry-After header on a 429, in seconds; 0 sends none',
    provenance: assumed('nothing shows that Connect sends it'),
  },
};

/** The documented defaults, changed by `overrides`. */
export function choose(overrides: Partial<Choices> = {}): Choices {
  const defaults = Object.fromEntries(
    Object.entries(CHOICES).map(([name, row]) => [name, row.default]),
  ) as unknown as Choices;
  return { ...defaults, ...overrides };
}
