/** Makes the 200 answer that a batch must get. */

import { decide } from '../../operation/connect/batch-put-contact/decide.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import type { FailedItem, ResultAnswer } from './interaction.ts';
import { exampleContactId } from './ordinary-contacts.ts';

/** Makes an HTTP 200 answer with these created contacts and these failed items. */
export function result(
  good: readonly ContactDataRequest[],
  failed: readonly FailedItem[],
): ResultAnswer & { kind: 'result' } {
  return {
    kind: 'result',
    created: good.map((contact, i) => ({
      ...identifierOf(contact),
      ContactId: exampleContactId(i + 1),
    })),
    failed,
    emptyLists: 'present',
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
