/** The numbers and rules of outbound campaigns that AWS does not publish, with their defaults (assumed). */

import type { CampaignChoices } from '../../campaigns/engine.ts';

export const ORDINARY_CAMPAIGN_CHOICES: CampaignChoices = {
  pendingLimit: 1_000,
  startSeconds: 2,
  lingerMilliseconds: 100,
  inFlight: 4,
  atStop: 'discard',
  concurrentCalls: 100,
};
