/** What every client must make of the same calls, and the calls' data. */

import type { RunningEmulator } from '../../emulator/emulator.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { contact } from '../emulator/fixtures.ts';

/** A good contact, with letters outside ASCII, and one whose queue does not exist. */
export const CONTACTS = [
  contact(1, { Attributes: { name: 'Zoë 🦀' } }),
  contact(2, { QueueId: 'none' }),
];

export const ERRORS = [
  { code: 'AccessDeniedException', status: 403 },
  { code: 'IdempotencyException', status: 409 },
  { code: 'ResourceNotFoundException', status: 404 },
  { code: 'InvalidRequestException', status: 400 },
];

/** What a client program prints. */
export interface ClientOutput {
  readonly first: { readonly successes: unknown[]; readonly failures: unknown[] };
  readonly replay: unknown[];
  readonly errors: unknown[];
}

/** The one argument of a client program. */
export function argumentFor({ url, credentials }: RunningEmulator): string {
  return JSON.stringify({
    endpoint: url,
    instance: ORDINARY_INSTANCE.id,
    ...credentials,
    contacts: CONTACTS,
  });
}

export function expectUnderstood({ first, replay, errors }: ClientOutput): void {
  expect(first.successes).toEqual([
    { RequestIdentifier: 'item-1', ContactId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  ]);
  expect(first.failures).toEqual([
    {
      RequestIdentifier: 'item-2',
      FailureReasonCode: 'INVALID_QUEUE',
      FailureReasonMessage: expect.any(String),
    },
  ]);
  expect(replay).toEqual(first.successes);
  expect(errors).toEqual(ERRORS);
}
