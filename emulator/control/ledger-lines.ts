/** The store as NDJSON. Each token has a line, followed by a line for each of its contacts. */

import { contactsIn } from '../stores/payload.ts';
import type { BatchRecord, Store } from '../stores/store.ts';
import { answered } from '../wire/answer.ts';

/** Lines are joined into chunks of about this many characters. */
const CHUNK = 65_536;

export function ledgerLines(store: Store): AsyncGenerator<string> {
  return chunksOf(store, linesOf);
}

/** The contacts of the store with what they were made of, as NDJSON. */
export function contactLines(store: Store): AsyncGenerator<string> {
  return chunksOf(store, contactsOf);
}

async function* chunksOf(
  store: Store,
  lines: (batch: BatchRecord) => Iterable<string>,
): AsyncGenerator<string> {
  let chunk = '';
  for await (const batch of store.batches()) {
    for (const line of lines(batch)) chunk += line;
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

function* linesOf({ body, results, ...batch }: BatchRecord): Generator<string> {
  const { account, region, clientToken, instanceId, requests } = batch;
  const items = answered(contactsIn(body), results);
  if (clientToken !== null) {
    yield `${JSON.stringify({ type: 'token', account, region, clientToken, instanceId, requests, items })}\n`;
  }
  for (const item of items) {
    if (!('contactId' in item)) continue;
    const { contactId, requestIdentifier } = item;
    yield `${JSON.stringify({ type: 'contact', contactId, clientToken, requestIdentifier })}\n`;
  }
}

function* contactsOf({ body, results, clientToken }: BatchRecord): Generator<string> {
  const contacts = contactsIn(body);
  for (const [i, result] of results.entries()) {
    if (!('contactId' in result)) continue;
    const { RequestIdentifier, CustomerEndpoint, Attributes } = contacts[i] ?? {};
    yield `${JSON.stringify({
      type: 'contact',
      contactId: result.contactId,
      clientToken,
      requestIdentifier: RequestIdentifier,
      address: CustomerEndpoint?.Address,
      attributes: Attributes ?? {},
    })}\n`;
  }
}
