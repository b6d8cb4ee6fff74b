/** What the endpoint itself says it did: its token records and contacts, streamed. */

import { UnavailableError } from '../errors.ts';

/** One committed ClientToken, its items in the order of the batch. */
export interface LedgerToken {
  readonly type: 'token';
  readonly clientToken: string;
  readonly items: readonly LedgerItem[];
}

export type LedgerItem =
  | { readonly requestIdentifier?: string; readonly contactId: string }
  | { readonly requestIdentifier?: string; readonly code: string };

/** One contact that exists. */
export interface LedgerContact {
  readonly type: 'contact';
  readonly contactId: string;
  readonly clientToken: string | null;
}

export type LedgerRow = LedgerToken | LedgerContact;

/** Reads the ledger behind an emulator's control door, line by line. */
export async function* readLedger(controlUrl: string): AsyncGenerator<LedgerRow> {
  let response: Response;
  try {
    response = await fetch(`${controlUrl}/ledger`);
  } catch (error) {
    throw new UnavailableError(
      `the ledger at ${controlUrl} cannot be reached (${(error as Error).message}): is the emulator still running?`,
    );
  }
  if (!response.ok || !response.body) {
    throw new UnavailableError(`the ledger at ${controlUrl} answered ${response.status}`);
  }
  let rest = '';
  const text = response.body.pipeThrough(new TextDecoderStream());
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as LedgerRow;
  }
  if (rest !== '') yield JSON.parse(rest) as LedgerRow;
}

/** The answer that a token record stands for, as `Outcome.answer` has it. */
export function answerOf(token: LedgerToken): string {
  return token.items.map((item) => ('contactId' in item ? item.contactId : item.code)).join(' ');
}
