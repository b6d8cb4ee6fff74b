/** The campaigns of an endpoint, for operations that need them. */

import type { CampaignDriver } from '../campaigns/driver.ts';
import type { Service } from './service.ts';

/** What an emulator without campaigns says. */
export const CAMPAIGNS_REFUSED =
  'dialproof serves no outbound campaigns with a shared store, because one process must dial: use --data-dir, or keep everything in memory';

/** A call asks for what the emulator does not do. */
export class NotEmulatedError extends Error {}

/** @throws NotEmulatedError if the endpoint has no campaigns. The front door answers it with an error of our own. */
export function campaignsOf({ campaigns }: Service): CampaignDriver {
  if (!campaigns) throw new NotEmulatedError(CAMPAIGNS_REFUSED);
  return campaigns;
}
