/**
 * Batches of dial requests at a constant arrival rate. There are as many campaigns as hold them all, so that no answer
 * depends on how fast a campaign dials. Every fifth batch is sent once more, with the same clientTokens.
 */

import { check } from 'k6';
import { arrivals, plannedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { type Campaigns, dialsAnswered, openRoad } from '../lib/road.ts';

const road = openRoad(SCENARIOS.dial.profile);
const { profile, requestsPerBatch, pendingLimit, number } = road;

const AGAIN = 5;
/** The most dial requests for a campaign: somewhat below the limit of the emulator. */
const ROOM = 900;

const dial = arrivals(profile);
/** One more than planned: an executor may start it. */
const requests = (plannedIterations('dial', dial) + 1) * requestsPerBatch;
const room = Math.min(ROOM, pendingLimit ?? ROOM) - requestsPerBatch;
const campaigns = Math.ceil(requests / Math.max(room, requestsPerBatch));

export const options = road.optionsOf({ dial }, dialsAnswered(profile));

export function setup(): Campaigns {
  return road.begin(campaigns);
}

export default counted(async ({ ids }: Campaigns) => {
  const i = number();
  const campaign = ids[i % campaigns] as string;
  const batch = await road.batch(i);
  const first = road.put(campaign, batch);
  check(first, {
    'status is 200': ({ status }) => status === 200,
    'every item answered as predicted': ({ asPredicted }) => asPredicted,
  });
  if (i % AGAIN !== 0) return;
  const again = road.put(campaign, batch, first.attempt + 1);
  check(again, {
    'the same dial requests as before': ({ ids: found }) => found.join() === first.ids.join(),
  });
});
