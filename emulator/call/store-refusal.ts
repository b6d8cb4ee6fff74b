/** What a caller is told of a store that fails; nothing was changed in it. */

import type { Refusal } from '../../operation/aws/admit.ts';
import { REFUSALS, type RefusalName } from '../../operation/connect/batch-put-contact/refusals.ts';
import { StoreFullError, StoreLostError } from '../stores/store.ts';

/** @throws whatever is not a failure of the store. */
export function storeRefusal(error: unknown): { readonly refusal: Refusal } {
  if (error instanceof StoreFullError) {
    return told('ServiceUnavailable', `The emulator can keep no more: ${error.message}.`);
  }
  if (error instanceof StoreLostError) {
    return told(
      'InternalServiceException',
      `The emulator cannot reach its store: ${error.message}.`,
    );
  }
  throw error;
}

function told(name: RefusalName, message: string): { readonly refusal: Refusal } {
  return { refusal: { name, status: REFUSALS[name].status, message } };
}
