/** Matchers for the journal of an emulator, one function each, for jest and vitest. */

import type { Account } from './account.ts';
import { type Call, callLine, type Journal } from './journal.ts';

/** An emulator, or one of its accounts. */
export type Journalled = Pick<Account, 'journal'>;

/** The matchers as methods of `expect(emulator)`. */
export interface DialproofMatchers<R> {
  /** The batch of this ClientToken was committed exactly once, with at least one contact. */
  toHaveCreatedOnce(clientToken: string): R;
  /**
   * A call with this ClientToken was refused with this error, such as IdempotencyException, or a contact of
   * it with this failure code, such as INVALID_QUEUE.
   */
  toHaveRefused(clientToken: string, code: string): R;
  /** A call with this ClientToken got the answer of an earlier call again. */
  toHaveReplayed(clientToken: string): R;
}

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** For `expect.extend`. */
export const matchers = {
  toHaveCreatedOnce(received: unknown, clientToken: string): MatcherResult {
    const journal = journalOf(received, 'toHaveCreatedOnce');
    const batches = journal.batches(clientToken);
    const contacts = journal.contacts({ clientToken }).length;
    return {
      pass: batches === 1 && contacts > 0,
      message: () =>
        `token "${clientToken}" was committed ${times(batches)} and created ${counted(contacts, 'contact')}.\n` +
        nearest(journal, clientToken),
    };
  },

  toHaveRefused(received: unknown, clientToken: string, code: string): MatcherResult {
    const journal = journalOf(received, 'toHaveRefused');
    const refused = journal
      .calls({ clientToken })
      .filter(({ error, items }) => error === code || items.some((item) => item.code === code));
    return {
      pass: refused.length > 0,
      message: () =>
        `${counted(refused.length, 'call')} with token "${clientToken}" had ${code}.\n` +
        nearest(journal, clientToken),
    };
  },

  toHaveReplayed(received: unknown, clientToken: string): MatcherResult {
    const journal = journalOf(received, 'toHaveReplayed');
    const replays = journal.calls({ clientToken, replayed: true }).length;
    return {
      pass: replays > 0,
      message: () =>
        `token "${clientToken}" was replayed ${times(replays)}.\n${nearest(journal, clientToken)}`,
    };
  },
};

/** @throws TypeError if the value is not an emulator. With `.not`, a failed match would be a pass. */
function journalOf(received: unknown, matcher: string): Journal {
  const journal = (received as Partial<Journalled> | null | undefined)?.journal;
  if (typeof journal?.calls === 'function') return journal;
  throw new TypeError(`${matcher} is for an emulator or one of its accounts: expect(emulator)`);
}

const SHOWN = 5;

/** The calls with the token. If there are none, the call whose token is most similar. */
function nearest(journal: Journal, clientToken: string): string {
  const own = journal.calls({ clientToken });
  if (own.length > 0) return listed('Its calls:', own.slice(-SHOWN));
  const all = journal.calls();
  if (all.length === 0) return 'There was no call.';
  const closest = all.reduce((best, call) =>
    likeness(call.clientToken, clientToken) > likeness(best.clientToken, clientToken) ? call : best,
  );
  return listed(`No call had that token. The nearest of ${counted(all.length, 'call')}:`, [
    closest,
  ]);
}

function listed(head: string, calls: readonly Call[]): string {
  return [head, ...calls.map((call) => `  ${callLine(call)}`)].join('\n');
}

/** The share of two tokens, from 0 to 1, that is equal at their beginnings and ends. */
function likeness(token: string | null, wanted: string): number {
  if (token === null) return -1;
  const longest = Math.max(token.length, wanted.length, 1);
  let front = 0;
  while (front < token.length && token[front] === wanted[front]) front += 1;
  let back = 0;
  while (
    back < Math.min(token.length, wanted.length) - front &&
    token[token.length - 1 - back] === wanted[wanted.length - 1 - back]
  ) {
    back += 1;
  }
  return (front + back) / longest;
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

function times(n: number): string {
  return n === 1 ? 'once' : `${n} times`;
}
