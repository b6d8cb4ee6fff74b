/** Reasons why a mutant may survive. A survivor without a reason fails the contract stage. */

import type { Side } from './mutant.ts';

export interface Survival {
  readonly side: Side;
  /** The place, without positions in lists. */
  readonly where: string;
  readonly how: string;
  /** The mutant must not survive in interactions whose description begins with one of these texts. */
  readonly killedIn?: readonly string[];
  readonly reason: string;
  /** The beginning of the description of an interaction that pins it, where the reason claims one. */
  readonly pinnedBy?: string;
  /** The test that asserts it, as `file › title`, where the reason claims one. */
  readonly test?: string;
}

/** Reasons that hold for every contract. */
export const LENIENT = 'an answer may gain members and headers: AWS clients ignore unknown ones';
export const NO_ORDER = 'AWS publishes no order, so the contract pins none';
export const NO_TEXT = 'AWS publishes no text, so the contract pins only that there is one';

export const NO_TEXT_NEEDED =
  'clients read the text of an error in Message or in message, and do without one: another test has providers that send none';
export const NO_TEXT_TEST = 'test/contracts/other-provider.ts › errors without a text';

/** The survivals of headers and of the text of errors. */
export const ORDINARY_SURVIVALS: readonly Survival[] = [
  { side: 'provider', where: 'header x-surprise', how: 'header more', reason: LENIENT },
  { side: 'provider', where: '$', how: 'member more', reason: LENIENT },
  { side: 'provider', where: '$.message', how: 'another text', reason: NO_TEXT },
  {
    side: 'provider',
    where: '$.message',
    how: 'missing',
    reason: NO_TEXT_NEEDED,
    test: NO_TEXT_TEST,
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
      'a signature depends on time and key, so a pact can pin only its form; the endpoint checks the signature, and another interaction pins that check',
    pinnedBy: 'a call refused with InvalidSignatureException',
  },
  {
    side: 'client',
    where: 'header X-Amz-Date',
    how: 'another moment',
    reason: 'a request is signed when it is sent, so the contract pins only the form of the date',
  },
];
