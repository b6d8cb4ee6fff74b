/** An example scenario: hands dial requests to a campaign with agents, and looks at what became of them. */

import {
  type Campaigns,
  counted,
  dialsAnswered,
  openRoad,
  partOfDials,
  sharedIterations,
} from 'dialproof/load';
import { check } from 'k6';

const road = openRoad({ version: 1, attempts: 5, iterations: 4, talkSeconds: 600, p95Ms: 1_000 });
const { profile, door, number } = road;

export const options = road.optionsOf(
  { morning: sharedIterations({ ...profile, vus: 1 }) },
  dialsAnswered(profile),
);

export function setup(): Campaigns {
  return road.begin(1, 'progressive');
}

export default counted(async ({ ids: [campaign = ''] }: Campaigns) => {
  const batch = await road.batch(number());
  const first = road.put(campaign, batch);
  check(first, { 'every item answered as predicted': ({ asPredicted }) => asPredicted });

  // The first three items again, with their clientTokens: they are the same dial requests.
  const again = road.put(campaign, partOfDials(batch, [0, 1, 2]), first.attempt + 1);
  check(again, { 'the same ids': ({ ids }) => ids.every((id) => first.ids.includes(id)) });

  road.pass(profile.talkSeconds);
  if (!door) return;
  const told = door.dialRequests().filter((one) => first.ids.includes(one.dialRequestId));
  check(told, {
    'every dial request has a contact or failed': (all) =>
      all.length === first.ids.length &&
      all.every(({ contactAt, failure }) => contactAt !== null || failure !== null),
  });
});
