/** Makes the 200 answer that a batch must get. */

import { decide } from '../../../operation/connect/batch-put-contact/decide.ts';
import type { ContactDataRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../../operation/connect/facts.ts';
import { type Expected, SOME_TEXT, someContactId, Unordered } from '../expected.ts';
import type { ResultAnswer } from '../interaction.ts';
import { exampleContactId } from './ordinary-contacts.ts';

/** A failed item, without the text that is left open. */
export interface FailedItem {
  readonly RequestIdentifier?: string;
  readonly FailureReasonCode: string;
}

interface ResultOptions {
  /** Whether an empty list must be there. By default the pact says nothing about it: both lists are optional. */
  readonly emptyLists?: 'present';
  /** Whether a failed item must have a text. By default the pact says nothing about it: it is optional. */
  readonly messages?: 'present';
  /** The ContactIds must equal those of the example. Otherwise any id matches. */
  readonly exact?: boolean;
}

/** Makes an HTTP 200 answer with these created contacts and these failed items. */
export function result(
  good: readonly ContactDataRequest[],
  failed: readonly FailedItem[],
  { emptyLists, messages, exact = false }: ResultOptions = {},
): ResultAnswer {
  const list = (name: string, items: readonly Expected[]) =>
    items.length === 0 && emptyLists !== 'present' ? {} : { [name]: new Unordered(items) };
  const created = good.map((contact, i) => {
    const id = exampleContactId(i + 1);
    return { ...identifierOf(contact), ContactId: exact ? id : someContactId(id) };
  });
  return {
    kind: 'result',
    body: {
      ...list('SuccessfulRequestList', created),
      ...list(
        'FailedRequestList',
        failed.map((item) => ({
          ...item,
          ...(messages === 'present' && { FailureReasonMessage: SOME_TEXT }),
        })),
      ),
    },
  };
}

/** Makes the answer that the operation's definition gives for a batch with the default facts. */
export function decidedAnswer(items: readonly ContactDataRequest[]) {
  const verdicts = decide(items, ordinaryFacts(), ORDINARY_INSTANCE);
  return result(
    items.filter((_, i) => verdicts[i] === 'CREATED'),
    items.flatMap((item, i) => {
      const verdict = verdicts[i] ?? 'CREATED';
      return verdict === 'CREATED' ? [] : [failedItem(item, verdict)];
    }),
  );
}

export function failedItem(contact: ContactDataRequest, code: string): FailedItem {
  return { ...identifierOf(contact), FailureReasonCode: code };
}

function identifierOf({ RequestIdentifier }: ContactDataRequest): { RequestIdentifier?: string } {
  return RequestIdentifier === undefined ? {} : { RequestIdentifier };
}
