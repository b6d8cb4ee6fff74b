/** The campaigns of an endpoint, for operations that need them. */

import type { Facts } from '../../operation/connect/facts.ts';
import type { CampaignDriver } from '../campaigns/driver.ts';
import type { Service } from './service.ts';

/** What an emulator without campaigns says. */
export const CAMPAIGNS_REFUSED =
  'dialproof serves no outbound campaigns with a shared store, because one process must dial: use --data-dir, or keep everything in memory';

/** A call asks for what the emulator does not do. */
export class NotEmulatedError extends Error {}

/**
 * @param caller the facts of a call, with the caller's account.
 * @throws NotEmulatedError if the endpoint has no campaigns, or none in the account. The front door answers it with
 *   an error of our own.
 */
export function campaignsOf(
  { campaigns, facts }: Service,
  caller: Pick<Facts, 'account'> = facts,
): CampaignDriver {
  if (!campaigns) throw new NotEmulatedError(CAMPAIGNS_REFUSED);
  if (caller.account !== facts.account) {
    throw new NotEmulatedError(
      `dialproof serves outbound campaigns in the account ${facts.account} only, not in ${caller.account}`,
    );
  }
  return campaigns;
}
