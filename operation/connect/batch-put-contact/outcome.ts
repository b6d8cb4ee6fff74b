/** Compares a response with its batch: the result of each item, and whether it is the predicted one. */

import { letterOf, VERDICTS, type Verdict } from './decide.ts';
import { FAILURE_CODES, FAILURES } from './failures.ts';
import type { BatchPutContactResponse } from './shapes.ts';

/** Letters for results that are not verdicts. */
export const UNANSWERED = '?';
export const ANSWERED_TWICE = '!';
export const UNLISTED_CODE = '*';

const CREATED = letterOf('CREATED');
/** Letters of the failure codes that say to try again. */
export const RETRYABLE = FAILURE_CODES.filter((code) => FAILURES[code].retryable).map(letterOf);

export interface ItemOutcomes {
  /** One letter per item, in the items' order: a verdict's letter, `?`, `!` or `*`. */
  readonly letters: string;
  /** The `ContactId` or failure code of each item. Equal texts mean equal answers, in any order of the lists. */
  readonly answer: string;
  /** The ContactIds of the items that became contacts, in the items' order. */
  readonly contacts: readonly string[];
}

/**
 * Reads the result of each item. Results are matched by RequestIdentifier, never by order.
 *
 * If several items have the same identifier, they get its results in turn, successes first.
 *
 * @param identifiers RequestIdentifiers of the batch, in order.
 */
export function outcomeOf(
  identifiers: readonly string[],
  response: BatchPutContactResponse,
): ItemOutcomes {
  const answers = new Map<string, { letter: string; text: string }[]>();
  const add = (id: string | undefined, letter: string, text: string) => {
    const known = answers.get(id ?? '');
    if (known) known.push({ letter, text });
    else answers.set(id ?? '', [{ letter, text }]);
  };
  const contacts = new Set<string>();
  for (const { RequestIdentifier, ContactId } of response.SuccessfulRequestList ?? []) {
    // A success without a ContactId, or with the ContactId of another item, is not a valid result.
    const named = typeof ContactId === 'string' && ContactId !== '';
    const letter = named && !contacts.has(ContactId) ? CREATED : UNANSWERED;
    contacts.add(ContactId);
    add(RequestIdentifier, letter, ContactId || UNANSWERED);
  }
  for (const one of response.FailedRequestList ?? []) {
    const listed = VERDICTS.includes(one.FailureReasonCode as Verdict);
    add(
      one.RequestIdentifier,
      listed ? letterOf(one.FailureReasonCode as Verdict) : UNLISTED_CODE,
      one.FailureReasonCode,
    );
  }
  const letters: string[] = [];
  const texts: string[] = [];
  for (const id of identifiers) {
    const next = answers.get(id)?.shift();
    letters.push(next?.letter ?? UNANSWERED);
    texts.push(next?.text ?? UNANSWERED);
  }
  // The remaining results answer an item a second time, or an item that was not sent.
  let surplus = 0;
  for (const [id, rest] of answers) {
    for (const extra of rest) {
      const at = identifiers.lastIndexOf(id);
      if (at >= 0) letters[at] = ANSWERED_TWICE;
      texts.push(`${id}=${extra.text}`);
      surplus += at >= 0 ? 0 : 1;
    }
  }
  return {
    letters: letters.join('') + ANSWERED_TWICE.repeat(surplus),
    answer: texts.join(' '),
    contacts: texts.filter((_, i) => letters[i] === CREATED),
  };
}

/**
 * Whether the items got the predicted results. A retryable code may take
 * the place of any success, because no prediction can exclude it.
 */
export function asFarAsPredictable(letters: string, predicted: string): boolean {
  if (letters === predicted) return true;
  if (letters.length !== predicted.length) return false;
  for (let i = 0; i < predicted.length; i += 1) {
    const due = predicted.charAt(i);
    const read = letters.charAt(i);
    if (read !== due && !(due === CREATED && RETRYABLE.includes(read))) return false;
  }
  return true;
}

/** Counts how often each letter occurs. */
export function countLetters(letters: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}
