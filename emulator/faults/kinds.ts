/**
 * The faults that the endpoint can be given: one row each.
 *
 * They do not describe AWS. They are what networks, load balancers and services do to their clients.
 * That Connect sends either retry header, or answers through a load balancer, is assumed.
 */

import { INJECTED_CODES } from '../../operation/connect/facts.ts';
import { numberFrom, oneOf, wholeNumberFrom } from '../../system/read.ts';
import { WAIT } from './distribution.ts';
import type { Members, ValuesOf } from './member.ts';

/** Where on a request's road a fault acts, in the order of the road. */
export const POINTS = {
  arrival: 'before the request is examined',
  signature: 'when the signature is checked',
  rate: 'when a token is taken from the rate bucket',
  service: 'after the request was found valid',
  'before-commit': 'the ClientToken is claimed and nothing is stored; replays do not get here',
  items: 'when the items are judged; replays do not get here',
  'after-commit': 'everything is stored and a 200 is due; replays get here too',
  reply: 'when the reply is sent, whatever its status',
} as const;

export type Point = keyof typeof POINTS;

export interface FaultRow {
  readonly meaning: string;
  readonly point: Point;
  readonly members: Members;
}

const WAITING = { ms: { read: WAIT, meaning: 'milliseconds to wait' } };

const DROPPING = {
  with: {
    read: oneOf('close', 'reset'),
    meaning: 'whether it is closed by a FIN or a RST',
    default: 'close' as const,
  },
};

const ROWS = {
  latency: {
    meaning: 'the request waits before it is examined',
    point: 'arrival',
    members: WAITING,
  },
  'drop-on-arrival': {
    meaning: 'the connection is closed, and the request is not processed',
    point: 'arrival',
    members: DROPPING,
  },
  'load-balancer-error': {
    meaning: 'the answer is an HTML page, as from a load balancer that cannot reach the service',
    point: 'arrival',
    members: {
      status: { read: oneOf(502, 503, 504), meaning: 'status of the reply', default: 502 as const },
    },
  },
  'clock-skew': {
    meaning:
      "the endpoint's clock is wrong, for the signature check and in the Date header of the reply",
    point: 'signature',
    members: {
      seconds: {
        read: numberFrom(-86_400, 86_400),
        meaning: 'seconds ahead; negative values are behind',
      },
    },
  },
  throttle: {
    meaning: 'the call is throttled as if its rate bucket were empty; no token is taken',
    point: 'rate',
    members: {},
  },
  'limit-exceeded': {
    meaning: 'the answer is LimitExceededException',
    point: 'rate',
    members: {},
  },
  'service-unavailable': {
    meaning: 'the answer is ServiceUnavailable, 503',
    point: 'service',
    members: {},
  },
  'error-before-commit': {
    meaning:
      'the answer is InternalServiceException, 500; nothing is stored, and the ClientToken stays unused',
    point: 'before-commit',
    members: {},
  },
  'drop-before-commit': {
    meaning: 'the connection is closed; nothing is stored, and the ClientToken stays unused',
    point: 'before-commit',
    members: DROPPING,
  },
  'fail-items': {
    meaning: 'items that would succeed fail instead; their codes are stored and replayed',
    point: 'items',
    members: {
      code: { read: oneOf(...INJECTED_CODES), meaning: 'the failure code' },
      items: {
        read: numberFrom(0, 1),
        meaning: "share of the batch's customer numbers that fail",
        default: 1,
      },
    },
  },
  'error-after-commit': {
    meaning:
      'the answer is InternalServiceException, 500, although everything is stored; the client cannot know',
    point: 'after-commit',
    members: {},
  },
  'drop-after-commit': {
    meaning: 'the connection is closed, although everything is stored; the client cannot know',
    point: 'after-commit',
    members: DROPPING,
  },
  'late-reply': {
    meaning: 'the reply is delayed; the client may give up although everything is stored',
    point: 'reply',
    members: WAITING,
  },
  'half-reply': {
    meaning: 'the head and the first part of the body are sent, then the connection is closed',
    point: 'reply',
    members: {
      part: { read: numberFrom(0, 0.99), meaning: 'share of the body that is sent', default: 0.5 },
    },
  },
  'slow-reply': {
    meaning: 'the body is sent slowly',
    point: 'reply',
    members: {
      bytesPerSecond: {
        read: wholeNumberFrom(1, 1_000_000_000),
        meaning: 'bytes of the body per second',
      },
    },
  },
  'retry-after': {
    meaning: 'a 429 or 5xx reply has a Retry-After header',
    point: 'reply',
    members: { seconds: { read: wholeNumberFrom(0, 86_400), meaning: 'value of the header' } },
  },
  'x-amz-retry-after': {
    meaning: 'a 429 or 5xx reply has an x-amz-retry-after header',
    point: 'reply',
    members: { ms: { read: wholeNumberFrom(0, 86_400_000), meaning: 'value of the header' } },
  },
} as const satisfies Record<string, FaultRow>;

export type FaultKind = keyof typeof ROWS;

/** The table. */
export const FAULTS: Readonly<Record<FaultKind, FaultRow>> = ROWS;

export const FAULT_KINDS = Object.keys(ROWS) as readonly FaultKind[];

/** The members that a kind adds to those of every fault. */
export type MembersOf<Kind extends FaultKind> = ValuesOf<(typeof ROWS)[Kind]['members']>;
