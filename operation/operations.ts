/** The operations that the endpoint serves: one row each. Everything else about one is in its definition. */

import type { Operation } from './aws/definition/operation.ts';
import type { Labels } from './aws/uri.ts';
import { BATCH_PUT_CONTACT } from './connect/batch-put-contact/operation.ts';
import { CONTACT_OPERATIONS } from './connect/contact/operations.ts';
import type { Facts } from './connect/facts.ts';

const ROWS = [BATCH_PUT_CONTACT, ...CONTACT_OPERATIONS] as const;

type Row = (typeof ROWS)[number];

/** Those that keep something, and so need a step of the emulator's. */
export type StatefulRow = Exclude<Row, { readonly answer: unknown }>;

/** Of any service, with all the facts that the endpoint has. */
export type AnyOperation = Operation<Facts>;

export const OPERATIONS: readonly AnyOperation[] = ROWS;

/** An operation, with the labels of the path; null where one is not well encoded. */
export interface Found {
  readonly operation: AnyOperation;
  readonly labels: Labels | null;
}

/** The operation that a method and a raw (still encoded) path name; null is none. */
export function operationAt(method: string, rawPath: string): Found | null {
  for (const operation of OPERATIONS) {
    if (operation.method !== method) continue;
    const labels = operation.template.labelsIn(rawPath);
    if (labels !== undefined) return { operation, labels };
  }
  return null;
}
