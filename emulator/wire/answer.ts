/** Makes the body of a 200 answer from item results. */

import { FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import type { Choices } from '../../operation/connect/choices.ts';
import type { ItemResult } from '../stores/store.ts';

/** A result as its answer names it; an item without identifier is answered without. */
export type AnsweredItem = ItemResult & { readonly requestIdentifier: string | undefined };

export function answered(
  contacts: readonly ContactDataRequest[],
  results: readonly ItemResult[],
): AnsweredItem[] {
  return results.map((result, i) => ({
    requestIdentifier: contacts[i]?.RequestIdentifier,
    ...result,
  }));
}

/** Both lists keep the order of the batch (assumed). */
export function answerBody(
  items: readonly AnsweredItem[],
  emptyLists: Choices['emptyLists'],
): string {
  const successes: object[] = [];
  const failures: object[] = [];
  for (const item of items) {
    const RequestIdentifier = item.requestIdentifier;
    if ('contactId' in item) successes.push({ RequestIdentifier, ContactId: item.contactId });
    else {
      const FailureReasonMessage = FAILURES[item.code].message;
      failures.push({ RequestIdentifier, FailureReasonCode: item.code, FailureReasonMessage });
    }
  }
  const shown = (list: object[]) =>
    list.length > 0 || emptyLists === 'present' ? list : undefined;
  return JSON.stringify({
    SuccessfulRequestList: shown(successes),
    FailedRequestList: shown(failures),
  });
}
