/** A response set against its batch: what became of each item, and whether it was what was due. */

import { letterOf, VERDICTS, type Verdict } from './decide.ts';
import { FAILURE_CODES, FAILURES } from './failures.ts';
import type { BatchPutContactResponse } from './shapes.ts';

/** Letters for what no verdict covers. */
export const UNANSWERED = '?';
export const ANSWERED_TWICE = '!';
export const UNLISTED_CODE = '*';

const CREATED = letterOf('CREATED');
const RETRYABLE = FAILURE_CODES.filter((code) => FAILURES[code].retryable).map(letterOf);

export interface BatchOutcome {
  /** One letter per item, in the items' order: a verdict's letter, `?`, `!` or `*`. */
  readonly letters: string;
  /** Item by item `ContactId` or failure code: equal texts mean equal answers, whatever their order. */
  readonly answer: string;
}

/**
 * Reads an answer item by item, matched by RequestIdentifier (never by order).
 *
 * An identifier that occurs more than once in the batch takes its answers in turn, successes first.
 *
 * @param identifiers RequestIdentifiers of the batch, in order.
 */
export function outcomeOf(
  identifiers: readonly string[],
  response: BatchPutContactResponse,
): BatchOutcome {
  const answers = new Map<string, { letter: string; text: string }[]>();
  const add = (id: string | undefined, letter: string, text: string) => {
    const known = answers.get(id ?? '');
    if (known) known.push({ letter, text });
    else answers.set(id ?? '', [{ letter, text }]);
  };
  const contacts = new Set<string>();
  for (const { RequestIdentifier, ContactId } of response.SuccessfulRequestList ?? []) {
    // A success that does not say which contact it is, or names another item's, tells nothing.
    const letter = ContactId && !contacts.has(ContactId) ? CREATED : UNANSWERED;
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
  // What is left over answers an item a second time, or one that was never sent.
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
  };
}

/**
 * Whether items got what was predicted, as far as anything can be: a code that says to try again may come in
 * the place of any success.
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

/** How often each letter occurs. */
export function countLetters(letters: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}
