/** The survivals of BatchPutContact's contract. */

import {
  LENIENT,
  NO_ORDER,
  NO_TEXT,
  NO_TEXT_NEEDED,
  NO_TEXT_TEST,
  ORDINARY_SURVIVALS,
  type Survival,
} from './survivors.ts';

const FRESH = 'each contact gets a new ContactId, so the contract pins only its form';
const REPLAY = ['a batch sent again'];

/** The stage also fails for a row that no mutant needs, and for a mutant that survives in a `killedIn` interaction. */
export const BATCH_SURVIVALS: readonly Survival[] = [
  ...ORDINARY_SURVIVALS,
  { side: 'provider', where: '$.SuccessfulRequestList[*]', how: 'member more', reason: LENIENT },
  { side: 'provider', where: '$.FailedRequestList[*]', how: 'member more', reason: LENIENT },
  { side: 'provider', where: '$.SuccessfulRequestList', how: 'reordered', reason: NO_ORDER },
  { side: 'provider', where: '$.FailedRequestList', how: 'reordered', reason: NO_ORDER },
  { side: 'provider', where: '$.Message', how: 'another text', reason: NO_TEXT },
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
    where: '$.SuccessfulRequestList[*].ContactId',
    how: 'no UUID',
    killedIn: REPLAY,
    reason: 'the model bounds the length of a ContactId and says nothing of its form',
  },
  {
    side: 'provider',
    where: '$.Message',
    how: 'missing',
    reason: NO_TEXT_NEEDED,
    test: NO_TEXT_TEST,
  },
  {
    side: 'client',
    where: '$.ClientToken',
    how: 'another UUID',
    reason: 'the SDK generates a token if you give none, so the contract pins only its form',
  },
];
