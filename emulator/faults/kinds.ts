/**
 * The faults that the endpoint can be given: one row each.
 *
 * None says how AWS behaves; they are what networks, load balancers and services do to their clients.
 * That Connect sends either retry header, or answers through a load balancer, is assumed.
 */

import { numberFrom, oneOf, wholeNumberFrom } from '../../system/read.ts';
import { WAIT } from './distribution.ts';
import type { Members, ValuesOf } from './member.ts';

/** Where on a request's road a fault acts, in the order of the road. */
export const POINTS = {
  arrival: 'before anything is looked at',
  signature: 'as the signature is checked',
  rate: 'as a token is taken from the rate bucket',
  service: 'once the request is found good',
  'before-commit': 'with the ClientToken claimed and nothing stored; no replay comes here',
  items: 'as the items are judged; no replay comes here',
  'after-commit': 'with everything stored and a 200 due, that of a replay too',
  reply: 'as the reply is sent, whatever it says',
} as const;

export type Point = keyof typeof POINTS;

export interface FaultRow {
  readonly meaning: string;
  readonly point: Point;
  readonly members: Members;
}

const WAITING = { ms: { read: WAIT, meaning: 'milliseconds to wait' } };

const DROPPING = {
  with: { read: oneOf('close', 'reset'), meaning: 'a FIN, or a RST', default: 'close' as const },
};

const ROWS = {
  latency: {
    meaning: 'the request waits before it is looked at',
    point: 'arrival',
    members: WAITING,
  },
  'drop-on-arrival': {
    meaning: 'the connection is closed on the request',
    point: 'arrival',
    members: DROPPING,
  },
  'load-balancer-error': {
    meaning: 'an HTML page, as from a load balancer that cannot reach the service',
    point: 'arrival',
    members: {
      status: { read: oneOf(502, 503, 504), meaning: 'status of the reply', default: 502 as const },
    },
  },
  'clock-skew': {
    meaning: "the endpoint's clock is off: for the signature, and in the reply's Date header",
    point: 'signature',
    members: {
      seconds: { read: numberFrom(-86_400, 86_400), meaning: 'seconds ahead; below 0 is behind' },
    },
  },
  throttle: {
    meaning: 'the rate bucket is found empty, and no token is taken',
    point: 'rate',
    members: {},
  },
  'limit-exceeded': {
    meaning: 'LimitExceededException',
    point: 'rate',
    members: {},
  },
  'service-unavailable': {
    meaning: 'ServiceUnavailable, 503',
    point: 'service',
    members: {},
  },
  'error-before-commit': {
    meaning: 'InternalServiceException, 500: nothing is stored, the ClientToken is still unused',
    point: 'before-commit',
    members: {},
  },
  'drop-before-commit': {
    meaning: 'the connection is closed: nothing is stored, the ClientToken is still unused',
    point: 'before-commit',
    members: DROPPING,
  },
  'fail-items': {
    meaning: 'items that would be created fail instead; their codes are stored and replayed',
    point: 'items',
    members: {
      code: { read: oneOf('REQUEST_THROTTLED', 'INTERNAL_ERROR'), meaning: 'the code they get' },
      items: {
        read: numberFrom(0, 1),
        meaning: "share of the batch's customer numbers",
        default: 1,
      },
    },
  },
  'error-after-commit': {
    meaning: 'InternalServiceException, 500, though all is stored: the client cannot know',
    point: 'after-commit',
    members: {},
  },
  'drop-after-commit': {
    meaning: 'the connection is closed, though all is stored: the client cannot know',
    point: 'after-commit',
    members: DROPPING,
  },
  'late-reply': {
    meaning: 'the reply waits: stored long before the client, if it has not given up, learns it',
    point: 'reply',
    members: WAITING,
  },
  'half-reply': {
    meaning: 'the head and the first part of the body, then the connection is closed',
    point: 'reply',
    members: {
      part: { read: numberFrom(0, 0.99), meaning: 'share of the body that is sent', default: 0.5 },
    },
  },
  'slow-reply': {
    meaning: 'the body trickles in',
    point: 'reply',
    members: {
      bytesPerSecond: {
        read: wholeNumberFrom(1, 1_000_000_000),
        meaning: 'bytes of body a second',
      },
    },
  },
  'retry-after': {
    meaning: 'Retry-After on a 429 or 5xx',
    point: 'reply',
    members: { seconds: { read: wholeNumberFrom(0, 86_400), meaning: "the header's value" } },
  },
  'x-amz-retry-after': {
    meaning: 'x-amz-retry-after on a 429 or 5xx',
    point: 'reply',
    members: { ms: { read: wholeNumberFrom(0, 86_400_000), meaning: "the header's value" } },
  },
} as const satisfies Record<string, FaultRow>;

export type FaultKind = keyof typeof ROWS;

/** The table. */
export const FAULTS: Readonly<Record<FaultKind, FaultRow>> = ROWS;

export const FAULT_KINDS = Object.keys(ROWS) as readonly FaultKind[];

/** The members of a kind's own. */
export type MembersOf<Kind extends FaultKind> = ValuesOf<(typeof ROWS)[Kind]['members']>;
