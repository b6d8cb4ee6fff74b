/** Turns what keeps a call from being carried out into the error that the caller gets. The call changed nothing. */

import type { Outage } from '../../operation/aws/definition/facts.ts';
import type { Refusal } from '../../operation/aws/definition/refusals.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import { StoreFullError, StoreLostError } from '../stores/store.ts';
import { NotEmulatedError } from './campaigns-of.ts';

/** @throws `error` itself if it is a defect, or if the operation has no such refusal. */
export function storeRefusal(error: unknown, operation: AnyOperation | null): Refusal {
  const told = (outage: Outage, sentence: string): Refusal => {
    const check = operation?.refusalsAt.service.find((one) => one.outage === outage);
    if (!check) throw error;
    const { name, status } = check;
    return { name, status, message: sentence };
  };
  if (error instanceof NotEmulatedError) {
    return { name: 'NotEmulatedException', status: 501, message: `${error.message}.` };
  }
  if (error instanceof StoreFullError) {
    return told('ServiceUnavailable', `The emulator's store is full: ${error.message}.`);
  }
  if (error instanceof StoreLostError) {
    return told(
      'InternalServiceException',
      `The emulator cannot reach its store: ${error.message}.`,
    );
  }
  throw error;
}
