/** The reasons why a mutant may survive. A survivor without a reason here fails the contract stage. */

import type { Side } from './mutant.ts';

export interface Survival {
  readonly side: Side;
  /** The place, without positions in lists. */
  readonly where: string;
  readonly how: string;
  /** The mutant must not survive in interactions whose description begins with one of these texts. */
  readonly killedIn?: readonly string[];
  readonly reason: string;
}

const LENIENT = 'an answer may gain members and headers: AWS clients ignore unknown ones';
const NO_ORDER = 'AWS publishes no order, so the contract pins none';
const NO_TEXT = 'AWS publishes no text, so the contract pins only that there is one';
const FRESH = 'each contact gets a new ContactId, so the contract pins only its form';
const REPLAY = ['a batch sent again'];

/** The stage also fails for a row that no mutant needs, and for a mutant that survives in a `killedIn` interaction. */
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
    reason: 'each answer has its own request id, so the contract pins only its form',
  },
  {
    side: 'client',
    where: 'header x-surprise',
    how: 'header more',
    reason: 'every AWS client adds its own headers',
  },
  {
    side: 'client',
    where: 'header Authorization',
    how: 'signature over something else',
    reason:
      'a signature depends on time and key, so a pact can pin only its form; the endpoint checks the signature, and the interaction for InvalidSignatureException pins that check',
  },
  {
    side: 'client',
    where: 'header X-Amz-Date',
    how: 'another moment',
    reason: 'a request is signed when it is sent, so the contract pins only the form of the date',
  },
  {
    side: 'client',
    where: '$.ClientToken',
    how: 'another UUID',
    reason: 'the SDK generates a token if you give none, so the contract pins only its form',
  },
];
