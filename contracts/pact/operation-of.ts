/** The operation that an interaction of a written pact calls. */

import { type AnyOperation, operationAt } from '../../operation/operations.ts';
import type { WrittenInteraction } from './pact-file.ts';

/** Null for a request of no operation. */
export function operationOf({ request }: Pick<WrittenInteraction, 'request'>): AnyOperation | null {
  return operationAt(request.method, request.path)?.operation ?? null;
}

export function operationIdOf(interaction: Pick<WrittenInteraction, 'request'>): string | null {
  return operationOf(interaction)?.id ?? null;
}
