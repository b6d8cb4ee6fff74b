/** Accounts for the cells of BatchPutContact that no interaction of its pact pins. */

import type { Account } from './account.ts';

const refusals = (title: string): Account => ({
  test: `test/emulator/refusals.test.ts › ${title}`,
});
const idempotency = (title: string): Account => ({
  test: `test/emulator/idempotency.test.ts › ${title}`,
});
const failures = (title: string): Account => ({
  test: `test/emulator/failures.test.ts › ${title}`,
});
const reading = (title: string): Account => ({
  test: `test/operation/read-request.test.ts › ${title}`,
});

const NO_SDK_SENDS_IT = refusals('%s over the wire');
const UNKNOWN_INSTANCE: Account = {
  reason:
    'the emulator answers ResourceNotFoundException to an InstanceId within its bounds that names no instance',
};
const UUID: Account = {
  reason:
    'the emulator makes every ContactId a UUID of 36 characters, as in the published examples',
};

/** The accounts by `group: name` of the cell. An account that is not needed fails the contract stage. */
export const BATCH_ACCOUNTS: Readonly<Record<string, Account>> = {
  'front-door error: UnknownOperationException': NO_SDK_SENDS_IT,
  'front-door error: MissingAuthenticationTokenException': NO_SDK_SENDS_IT,
  'front-door error: IncompleteSignatureException': NO_SDK_SENDS_IT,
  'bound: InstanceId of 0': refusals(
    'an instance id outside its bounds is refused before it is looked up',
  ),
  'bound: InstanceId of 1': UNKNOWN_INSTANCE,
  'bound: InstanceId of 100': UNKNOWN_INSTANCE,
  'bound: InstanceId of 101': refusals(
    'an instance id outside its bounds is refused before it is looked up',
  ),
  'bound: Attributes: a key of 0': reading('an empty attribute key'),
  'bound: Attributes: a key of 1': reading('an attribute key of 1'),
  'bound: Attributes: a key of 32767': reading('an attribute key of 32,767'),
  'bound: Attributes: a key of 32768': reading('a long attribute key'),
  'bound: Attributes: a value of 32767': reading('an attribute of 32,767'),
  'bound: Attributes: a value of 32768': reading('a long attribute'),
  'bound: Attributes: UTF-8 bytes in all of 32768': reading(
    'takes 32,768 bytes of attributes, and not one more',
  ),
  'bound: Attributes: UTF-8 bytes in all of 32769': reading(
    'takes 32,768 bytes of attributes, and not one more',
  ),
  'bound: SuccessfulRequestList[].ContactId of 0': UUID,
  'bound: SuccessfulRequestList[].ContactId of 1': UUID,
  'bound: SuccessfulRequestList[].ContactId of 256': UUID,
  'bound: SuccessfulRequestList[].ContactId of 257': UUID,
  'batch and token: token reused for another instance': idempotency(
    'makes the instance one of the compared parameters',
  ),
  'batch and token: token in other case is another token': idempotency(
    'tells tokens apart by case',
  ),
  'batch and token: token after its lifetime is new': idempotency(
    '12. a record lives for its lifetime from the commit, and is new afterwards',
  ),
  'batch and token: token of a refused call is not used up': idempotency(
    'a %s does not use the token up',
  ),
  'batch and token: equal calls in flight together': idempotency(
    'waits, over the wire, and gets the same answer',
  ),
  'batch and token: empty ClientToken counts as absent': idempotency(
    '2. token %p is none: there is no record',
  ),
  'batch and token: two items without an identifier': {
    test: 'test/operation/failures.test.ts › takes items without an identifier for different ones',
  },
  'batch and token: unknown member in a request is ignored': failures(
    'ignores members that the model does not have, and null ones',
  ),
  'batch and token: order of the result lists': {
    reason: 'AWS publishes no order, so a contract must not depend on one',
  },
};
