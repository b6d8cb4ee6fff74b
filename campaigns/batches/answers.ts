/** What an outcome of BatchPutContact means for its batch: a row for each status. */

import type { BatchResult, Outcome } from '../campaign-engine.ts';

/** What follows for the batch. */
export type Meaning =
  /** A result for each item. */
  | 'results'
  /** Nothing was created. The same call later. */
  | 'throttled'
  /** Nobody knows what was created. The same call again, with the same token. */
  | 'unknown'
  /** Nothing was created, because of one item at least. */
  | 'invalid'
  /** Nothing was created, and nothing will be. */
  | 'refused'
  /** The token was used with another body. */
  | 'mismatch';

const BY_STATUS: Readonly<Record<number, Meaning>> = {
  200: 'results',
  400: 'invalid',
  403: 'refused',
  404: 'refused',
  408: 'unknown',
  409: 'mismatch',
  413: 'invalid',
  429: 'throttled',
  503: 'throttled',
};

export function meaningOf(outcome: Outcome): Meaning {
  if (outcome.kind === 'lost') return 'unknown';
  const { status } = outcome;
  return BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'refused' : 'unknown');
}

/** The result of one item. */
export type ItemResult =
  | { readonly kind: 'created'; readonly contactId: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'twice' };

const MISSING: ItemResult = { kind: 'missing' };
const TWICE: ItemResult = { kind: 'twice' };

/**
 * The result of each item of a batch, in the order of the batch.
 *
 * @param isTaken whether a contact belongs to another dial request. Such a result is none.
 */
export function resultsOf(
  requestIds: readonly string[],
  results: readonly BatchResult[],
  isTaken: (contactId: string) => boolean,
): readonly ItemResult[] {
  const byRequest = new Map<string, ItemResult>();
  const contacts = new Set<string>();
  for (const result of results) {
    const id = result.requestIdentifier;
    byRequest.set(id, byRequest.has(id) ? TWICE : read(result));
  }
  return requestIds.map((id) => byRequest.get(id) ?? MISSING);

  function read(result: BatchResult): ItemResult {
    if (!('contactId' in result)) return { kind: 'code', code: result.code };
    const { contactId } = result;
    if (contactId === '' || contacts.has(contactId) || isTaken(contactId)) return MISSING;
    contacts.add(contactId);
    return { kind: 'created', contactId };
  }
}
