/** The endpoint's own record of its work: token records and contacts, read as a stream. */

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UnavailableError, UserError } from '../../system/errors.ts';
import {
  filledText,
  list,
  object,
  oneOf,
  optional,
  orNull,
  type Reader,
  structure,
  text,
} from '../../system/read.ts';
import { whyUnreachable } from '../../system/why-unreachable.ts';
import { Lines, readFileText } from '../history/lines.ts';

/** One committed ClientToken, its items in the order of the batch. */
export interface LedgerToken {
  readonly type: 'token';
  readonly clientToken: string;
  readonly items: readonly LedgerItem[];
}

export type LedgerItem =
  | { readonly requestIdentifier?: string | undefined; readonly contactId: string }
  | { readonly requestIdentifier?: string | undefined; readonly code: string };

/** One contact that exists. */
export interface LedgerContact {
  readonly type: 'contact';
  readonly contactId: string;
  readonly clientToken: string | null;
  readonly requestIdentifier?: string | undefined;
}

export type LedgerRow = LedgerToken | LedgerContact;

/**
 * Reads the ledger behind an emulator's control door, line by line.
 *
 * @throws UnavailableError where the ledger cannot be reached, or does not answer with success.
 */
export async function* readLedger(controlUrl: string): AsyncGenerator<LedgerRow> {
  const body = Readable.from(await openLedger(controlUrl));
  yield* rowsOf(body.setEncoding('utf8'), controlUrl);
}

/** Writes the ledger behind an emulator's control door to a file, as it is. */
export async function saveLedger(controlUrl: string, file: string): Promise<void> {
  await pipeline(await openLedger(controlUrl), createWriteStream(file));
}

async function openLedger(controlUrl: string): Promise<AsyncIterable<Uint8Array>> {
  let response: Response;
  try {
    response = await fetch(`${controlUrl}/ledger`);
  } catch (error) {
    throw new UnavailableError(
      `the ledger at ${controlUrl} cannot be reached (${whyUnreachable(error)}): is the emulator still running?`,
    );
  }
  if (!response.ok || !response.body) {
    throw new UnavailableError(`the ledger at ${controlUrl} answered ${response.status}`);
  }
  return whole(response.body, controlUrl);
}

/** @throws UnavailableError where the ledger ends before its end. */
async function* whole(
  chunks: AsyncIterable<Uint8Array>,
  controlUrl: string,
): AsyncGenerator<Uint8Array> {
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

/** The ContactIds in a ledger that was saved to a file. */
export async function contactIdsIn(path: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const row of readLedgerFile(path)) {
    if (row.type === 'contact') ids.add(row.contactId);
  }
  return ids;
}

const identifier = optional(text, undefined);

const created = structure<Extract<LedgerItem, { contactId: string }>>({
  contactId: filledText,
  requestIdentifier: identifier,
});

const failed = structure<Extract<LedgerItem, { code: string }>>({
  code: filledText,
  requestIdentifier: identifier,
});

const item: Reader<LedgerItem> = (value, at) =>
  'code' in object(value, at) ? failed(value, at) : created(value, at);

const TYPES = oneOf('token', 'contact');

const ROWS: Readonly<Record<LedgerRow['type'], Reader<LedgerRow>>> = {
  token: structure<LedgerToken>({
    type: oneOf('token'),
    clientToken: filledText,
    items: list(item),
  }),
  contact: structure<LedgerContact>({
    type: oneOf('contact'),
    contactId: filledText,
    clientToken: optional(orNull(filledText), null),
    requestIdentifier: identifier,
  }),
};

const row: Reader<LedgerRow> = (value, at) =>
  ROWS[TYPES(object(value, 'it').type, 'type')](value, at);

async function* rowsOf(chunks: AsyncIterable<string>, from: string): AsyncGenerator<LedgerRow> {
  let number = 0;
  for await (const line of new Lines(chunks)) {
    number += 1;
    if (line !== '') yield rowIn(line, `line ${number} of the ledger ${from}`);
  }
}

function rowIn(line: string, where: string): LedgerRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UserError(`${where} is not JSON: ${line.slice(0, 60)}`);
  }
  try {
    return row(value, '');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${where} is not a row of a ledger (docs/history.md): ${error.message}`);
  }
}

/** The answer of a token record, in the form of `BatchOutcome.answer`. */
export function answerOf(token: LedgerToken): string {
  return token.items.map((item) => ('contactId' in item ? item.contactId : item.code)).join(' ');
}
