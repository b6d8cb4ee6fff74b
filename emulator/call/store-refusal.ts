/** What a caller is told of a store that fails; nothing was changed in it. */

import type { Outage } from '../../operation/aws/definition/facts.ts';
import type { Refusal } from '../../operation/aws/definition/refusals.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import { StoreFullError, StoreLostError } from '../stores/store.ts';

/** @throws whatever is not a failure of the store. */
export function storeRefusal(error: unknown, operation: AnyOperation | null): Refusal {
  const told = (outage: Outage, sentence: string): Refusal => {
    const check = operation?.refusalsAt.service.find((one) => one.outage === outage);
    if (!check) throw error;
    const { name, status } = check;
    return { name, status, message: sentence };
  };
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
