/** The published limits of outbound campaigns that are not bounds of the service models. */

import { assumed, documented } from '../aws/provenance.ts';
import type { Limit } from '../aws/shape/limit.ts';

const quotas = documented('Amazon Connect service quotas: outbound campaigns');

export const LIMITS = {
  /** Seconds from now to expirationTime, both bounds included. */
  expirySeconds: { min: 30, max: 900, provenance: documented('API_DialRequest') },
  campaigns: { max: 500, provenance: quotas },
  activeCampaigns: { max: 50, provenance: quotas },
  onboardingSeconds: { max: 5, provenance: assumed('nothing is published') },
} as const satisfies Record<string, Limit>;

/** Seconds for which a clientToken is remembered (documented: API_DialRequest, 7 days). */
export const DIAL_TOKEN_SECONDS = 604_800;
