/** The operations that the endpoint serves, one row each. The rest of an operation is in its definition. */

import type { Operation } from './aws/definition/operation.ts';
import type { Labels } from './aws/uri.ts';
import { BATCH_PUT_CONTACT } from './connect/batch-put-contact/operation.ts';
import { CONTACT_OPERATIONS } from './connect/contact/operations.ts';
import type { Facts } from './connect/facts.ts';
import { SEARCH_CONTACTS } from './connect/search-contacts/operation.ts';
import { CONNECT_CAMPAIGNS } from './connect-campaigns/operations.ts';
import { CONNECT_CAMPAIGNS_V2 } from './connect-campaigns-v2/operations.ts';

const CONNECT = [BATCH_PUT_CONTACT, ...CONTACT_OPERATIONS, SEARCH_CONTACTS] as const;

/** The operations of Connect that store something, and therefore need a step in the emulator. */
export type StatefulRow = Exclude<(typeof CONNECT)[number], { readonly answer: unknown }>;

/** An operation of any service, with all facts of the endpoint. */
export type AnyOperation = Operation<Facts>;

export const OPERATIONS: readonly AnyOperation[] = [
  ...CONNECT,
  ...CONNECT_CAMPAIGNS,
  ...CONNECT_CAMPAIGNS_V2,
];

/** An operation with the labels of the path; null if a label has invalid percent-encoding. */
export interface Found {
  readonly operation: AnyOperation;
  readonly labels: Labels | null;
}

/** Finds the operation of a method and a raw (percent-encoded) path; null if there is no such operation. */
export function operationAt(method: string, rawPath: string): Found | null {
  for (const operation of OPERATIONS) {
    if (operation.method !== method) continue;
    const labels = operation.template.labelsIn(rawPath);
    if (labels !== undefined) return { operation, labels };
  }
  return null;
}
