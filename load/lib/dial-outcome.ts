/** The answer to a batch of dial requests, item by item. */

import type { DialFailureCode } from '../../operation/campaigns/failures.ts';
import { DIAL_FAILURES } from '../../operation/campaigns/failures.ts';
import { dialLetterOf } from '../../operation/corpus/dial-record.ts';

export interface DialOutcome {
  /** A letter for each item: `.` accepted, a failure code, `?` no answer, `!` two answers, `*` another code. */
  readonly letters: string;
  /** Id of the dial request of each item with the letter `.`. */
  readonly ids: readonly string[];
}

/** @returns null where the answer is not of the operation. */
export function dialOutcomeOf(tokens: readonly string[], body: unknown): DialOutcome | null {
  if (typeof body !== 'object' || body === null) return null;
  const { successfulRequests = [], failedRequests = [] } = body as {
    successfulRequests?: unknown;
    failedRequests?: unknown;
  };
  if (!Array.isArray(successfulRequests) || !Array.isArray(failedRequests)) return null;
  const told = new Map<string, { letter: string; id: string }>();
  const tell = (token: unknown, letter: string, id: string) => {
    const key = String(token);
    told.set(key, told.has(key) ? { letter: '!', id: '' } : { letter, id });
  };
  for (const { clientToken, id } of successfulRequests) {
    tell(clientToken, idIn(id) === '' ? '*' : '.', idIn(id));
  }
  for (const { clientToken, failureCode } of failedRequests) {
    tell(clientToken, letterIn(failureCode), '');
  }
  const items = tokens.map((token) => told.get(token) ?? { letter: '?', id: '' });
  return {
    letters: items.map(({ letter }) => letter).join(''),
    ids: items.filter(({ letter }) => letter === '.').map(({ id }) => id),
  };
}

/** A comma or a tab would end the field of the history line. */
function idIn(id: unknown): string {
  return typeof id === 'string' && !/[,\s]/.test(id) ? id : '';
}

function letterIn(code: unknown): string {
  return typeof code === 'string' && Object.hasOwn(DIAL_FAILURES, code)
    ? dialLetterOf(code as DialFailureCode)
    : '*';
}
