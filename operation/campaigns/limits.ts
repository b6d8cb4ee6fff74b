/** The published limits of outbound campaigns that are not bounds of the service models. */

import type { RateQuota } from '../aws/definition/model.ts';
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

const perSecond = (ratePerSecond: number, burst: number): RateQuota => ({
  ratePerSecond,
  burst,
  provenance: quotas,
});

const INGEST = perSecond(10, 10);
const LIFE_CYCLE = perSecond(1, 2);
const LOOK = perSecond(5, 10);

/** The rate of an operation that has none of its own here. */
const OTHER_RATE = perSecond(2, 5);

const RATES: Readonly<Record<string, RateQuota>> = {
  PutDialRequestBatch: INGEST,
  PutOutboundRequestBatch: INGEST,
  PutProfileOutboundRequestBatch: INGEST,
  CreateCampaign: LIFE_CYCLE,
  DeleteCampaign: LIFE_CYCLE,
  StartCampaign: LIFE_CYCLE,
  PauseCampaign: LIFE_CYCLE,
  ResumeCampaign: LIFE_CYCLE,
  StopCampaign: LIFE_CYCLE,
  GetCampaignState: LOOK,
  GetCampaignStateBatch: LOOK,
  ListCampaigns: LOOK,
  DescribeCampaign: perSecond(25, 35),
};

/** The published rate of an operation, which both versions have. */
export function rateOf(operation: string): RateQuota {
  return RATES[operation] ?? OTHER_RATE;
}

/** Seconds for which a clientToken is remembered (documented: API_DialRequest, 7 days). */
export const DIAL_TOKEN_SECONDS = 604_800;
