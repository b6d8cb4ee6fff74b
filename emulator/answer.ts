/** Item results -> the body of a 200 answer. */

import type { Choices } from '../operation/choices.ts';
import { FAILURES } from '../operation/failures.ts';
import type { ContactDataRequest } from '../operation/shapes.ts';
import type { ItemResult } from './store.ts';

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
  let successes = '';
  let failures = '';
  for (const result of items) {
    const id = result.requestIdentifier;
    const identifier = id === undefined ? '' : `"RequestIdentifier":${JSON.stringify(id)},`;
    if ('contactId' in result) {
      successes += `${successes && ','}{${identifier}"ContactId":${JSON.stringify(result.contactId)}}`;
    } else {
      const { code } = result;
      const message = JSON.stringify(FAILURES[code].message);
      failures += `${failures && ','}{${identifier}"FailureReasonCode":"${code}","FailureReasonMessage":${message}}`;
    }
  }
  const lists: string[] = [];
  const shown = (list: string) => list !== '' || emptyLists === 'present';
  if (shown(successes)) lists.push(`"SuccessfulRequestList":[${successes}]`);
  if (shown(failures)) lists.push(`"FailedRequestList":[${failures}]`);
  return `{${lists.join(',')}}`;
}
