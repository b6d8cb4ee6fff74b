/** Makes the 200 answer that a batch must get. */

import { decide } from '../../../operation/connect/batch-put-contact/decide.ts';
import type { ContactDataRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../../operation/connect/facts.ts';
import { type Expected, SOME_TEXT, someUuid, Unordered } from '../expected.ts';
import type { ResultAnswer } from '../interaction.ts';
import { exampleContactId } from './ordinary-contacts.ts';

/** A failed item, without the text that is left open. */
export interface FailedItem {
  readonly RequestIdentifier?: string;
  readonly FailureReasonCode: string;
}

interface ResultOptions {
  /** How an empty list is sent. The provider state sets the same choice. */
  readonly emptyLists?: 'present' | 'omitted';
  /** The ContactIds must equal those of the example. Otherwise any UUID matches. */
  readonly exact?: boolean;
}

/** Makes an HTTP 200 answer with these created contacts and these failed items. */
export function result(
  good: readonly ContactDataRequest[],
  failed: readonly FailedItem[],
  { emptyLists = 'present', exact = false }: ResultOptions = {},
): ResultAnswer {
  const list = (name: string, items: readonly Expected[]) =>
    items.length === 0 && emptyLists === 'omitted' ? {} : { [name]: new Unordered(items) };
  const created = good.map((contact, i) => {
    const id = exampleContactId(i + 1);
    return { ...identifierOf(contact), ContactId: exact ? id : someUuid(id) };
  });
  return {
    kind: 'result',
    body: {
      ...list('SuccessfulRequestList', created),
      ...list(
        'FailedRequestList',
        failed.map((item) => ({ ...item, FailureReasonMessage: SOME_TEXT })),
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
