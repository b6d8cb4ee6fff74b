/** Why a mutant may survive. One that survives without a reason here fails the contract stage. */

import type { Side } from './mutant.ts';

export interface Survival {
  readonly side: Side;
  /** The place, whatever its position in a list. */
  readonly where: string;
  readonly how: string;
  /** Beginnings of the interactions in which the mutant must not survive all the same. */
  readonly killedIn?: readonly string[];
  readonly reason: string;
}

const LENIENT = 'an answer may grow: clients of AWS ignore what they do not know';
const NO_ORDER = 'no order is published, so none is pinned';
const NO_TEXT = 'no text of AWS is published: only that there is one is pinned';
const FRESH = 'a ContactId is made afresh for each contact, so only its form is pinned';
const REPLAY = ['a batch sent again'];

/** A row that no mutant needs, and one whose mutant survives where it must not, fail too. */
export const SURVIVALS: readonly Survival[] = [
  { side: 'provider', where: 'header x-surprise', how: 'header more', reason: LENIENT },
  { side: 'provider', where: '$', how: 'member more', reason: LENIENT },
  { side: 'provider', where: '$.SuccessfulRequestList[*]', how: 'member more', reason: LENIENT },
  { side: 'provider', where: '$.FailedRequestList[*]', how: 'member more', reason: LENIENT },
  { side: 'provider', where: '$.SuccessfulRequestList', how: 'reordered', reason: NO_ORDER },
  { side: 'provider', where: '$.FailedRequestList', how: 'reordered', reason: NO_ORDER },
  { side: 'provider', where: '$.Message', how: 'another text', reason: NO_TEXT },
  { side: 'provider', where: '$.message', how: 'another text', reason: NO_TEXT },
  {
    side: 'provider',
    where: '$.FailedRequestList[*].FailureReasonMessage',
    how: 'another text',
    reason: NO_TEXT,
  },
  {
    side: 'provider',
    where: '$.SuccessfulRequestList[*].ContactId',
    how: 'another UUID',
    killedIn: REPLAY,
    reason: FRESH,
  },
  {
    side: 'provider',
    where: '$.SuccessfulRequestList',
    how: 'identifiers exchanged',
    killedIn: REPLAY,
    reason: FRESH,
  },
  {
    side: 'provider',
    where: 'header x-amzn-RequestId',
    how: 'another UUID',
    reason: 'each answer has a request id of its own, so only its form is pinned',
  },
  {
    side: 'client',
    where: 'header x-surprise',
    how: 'header more',
    reason: 'every AWS client adds headers of its own',
  },
  {
    side: 'client',
    where: 'header Authorization',
    how: 'signature over something else',
    reason:
      'a signature changes with the time and the key, so a pact can pin its form alone; the endpoint checks it, and the interaction of InvalidSignatureException pins that',
  },
  {
    side: 'client',
    where: 'header X-Amz-Date',
    how: 'another moment',
    reason: 'a request is signed when it is sent, so only the form of the date is pinned',
  },
  {
    side: 'client',
    where: '$.ClientToken',
    how: 'another UUID',
    reason: 'the SDK makes a fresh one where none is given, so only its form is pinned',
  },
];
