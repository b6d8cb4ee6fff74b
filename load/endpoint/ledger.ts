/** The endpoint's own record of its work: token records and contacts, read as a stream. */

import { UnavailableError, UserError } from '../../system/errors.ts';
import { linesOf, readFileText } from '../history/lines.ts';

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
  readonly requestIdentifier?: string;
}

export type LedgerRow = LedgerToken | LedgerContact;

/**
 * Reads the ledger behind an emulator's control door, line by line.
 *
 * @throws UnavailableError where the ledger cannot be reached, or does not answer with success.
 */
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
  yield* rowsOf(whole(response.body.pipeThrough(new TextDecoderStream()), controlUrl), controlUrl);
}

/** @throws UnavailableError where the ledger ends before its end. */
async function* whole(chunks: AsyncIterable<string>, controlUrl: string): AsyncGenerator<string> {
  try {
    yield* chunks;
  } catch (error) {
    throw new UnavailableError(
      `the ledger at ${controlUrl} was not read to its end (${(error as Error).message}): is the emulator still running?`,
    );
  }
}

/** Reads a ledger that was saved to a file, as the control door gave it. */
export async function* readLedgerFile(path: string): AsyncGenerator<LedgerRow> {
  yield* rowsOf(readFileText(path, 'ledger'), path);
}

async function* rowsOf(chunks: AsyncIterable<string>, from: string): AsyncGenerator<LedgerRow> {
  for await (const line of linesOf(chunks)) {
    if (line === '') continue;
    try {
      yield JSON.parse(line) as LedgerRow;
    } catch {
      throw new UserError(`the ledger ${from} has a line that is not JSON: ${line.slice(0, 60)}`);
    }
  }
}

/** The answer of a token record, in the form of `BatchOutcome.answer`. */
export function answerOf(token: LedgerToken): string {
  return token.items.map((item) => ('contactId' in item ? item.contactId : item.code)).join(' ');
}
