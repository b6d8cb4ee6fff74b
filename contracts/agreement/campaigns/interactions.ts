/** The interactions of a version of outbound campaigns, made from its tables. */

import type { Interaction } from '../interaction.ts';
import { boundInteractions } from './bounds.ts';
import { campaignsInteractions } from './campaigns.ts';
import { dialRequestInteractions } from './dial-requests.ts';
import { lifeCycleInteractions } from './life-cycle.ts';
import { refusedCallInteractions } from './refused-calls.ts';
import type { CampaignVersion } from './version.ts';

/** Returns all interactions in the order in which they are written. */
export function campaignInteractions(version: CampaignVersion): Interaction[] {
  return [
    ...dialRequestInteractions(version),
    ...boundInteractions(version),
    ...campaignsInteractions(version),
    ...lifeCycleInteractions(version),
    ...refusedCallInteractions(version),
  ];
}
