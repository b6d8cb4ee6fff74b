/** Says what was expected, what came and where: in the answer, on stderr, and in the failure of a test. */

import { isObject } from '../../operation/aws/json.ts';
import type { Answered } from '../provider/forward.ts';

export interface Difference {
  /** A place in the request, such as `$.ClientToken` or `the header X-Team`. */
  readonly where: string;
  readonly expected: string;
  readonly came: string;
}

/** A call that the mock does not serve. */
export interface Mismatch {
  /** Method and path. */
  readonly call: string;
  /** What the call is nearest to; null if it is near to nothing. */
  readonly nearest: string | null;
  readonly differences: readonly Difference[];
  /** The call is served, and was refused: no test asked for that. Default false. */
  readonly isRefusal?: boolean;
}

/** A call that the endpoint refused. */
export interface Refusal {
  readonly call: string;
  readonly status: number;
  readonly error: string;
  /** The text of the error, and what came at each place that it names. */
  readonly text: string;
}

const LONGEST = 200;

export function mismatchSaid({ call, nearest, differences, isRefusal = false }: Mismatch): string {
  const to = nearest === null ? '' : ` (nearest: ${nearest})`;
  const rows = differences.map(
    ({ where, expected, came }) => `  at ${where}: expected ${expected}, came ${came}`,
  );
  const what = isRefusal
    ? 'was refused, and no provider state asks for that'
    : `is no call that the mock serves${to}`;
  return [`${call} ${what}`, ...rows].join('\n');
}

export function refusalSaid({ call, status, error, text }: Refusal): string {
  return `${call} was refused: ${status} ${error}: ${text}`;
}

/** The name that the SDKs give to the error of a mismatch. */
export const MISMATCH_ERROR = 'RequestMismatch';

/** The answer to a call that is not served: an error whose text every AWS SDK shows. */
export function mismatchAnswer(mismatch: Mismatch): Answered {
  const message = mismatchSaid(mismatch);
  return {
    // No SDK tries this status again, as it does 500.
    status: 501,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': MISMATCH_ERROR,
      'x-pact': 'Request-Mismatch',
    },
    body: Buffer.from(
      JSON.stringify({ message, Message: message, mismatches: mismatch.differences }),
    ),
  };
}

/** A value in few words. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string' && value.length > LONGEST) {
    return `a text of ${[...value].length} characters`;
  }
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A place in the text of a refusal, such as `contactDataRequestList.2.member.queueId`. */
const PLACE = /\bat '([^']+)'/g;

/** What came at the places that the text of a refusal names; empty if it names none. */
export function cameAt(text: string, request: unknown): string {
  const places = [...text.matchAll(PLACE)].map(([, place = '']) => place);
  return places.map((place) => `came at ${place}: ${shown(valueAt(request, place))}`).join('; ');
}

function valueAt(request: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((value, name) => {
    if (name === 'member') return value;
    if (Array.isArray(value)) return value[Number(name) - 1] as unknown;
    if (!isObject(value)) return undefined;
    // Member names begin with a lower-case letter there.
    const upper = name.charAt(0).toUpperCase() + name.slice(1);
    return value[Object.hasOwn(value, name) ? name : upper];
  }, request);
}
