/**
 * Dial requests that expire: some have numbers that are never dialled, and of the others there are more than the
 * campaign dials in time. Those that expired are sent again with new clientTokens, as AWS documents.
 */

import { check } from 'k6';
import { Counter } from 'k6/metrics';
import type { ToldDialRequest } from '../lib/control-door.ts';
import { partOfDials } from '../lib/dial-corpus.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { type Campaigns, dialsAnswered, openRoad } from '../lib/road.ts';

const road = openRoad(SCENARIOS.expiry.profile);
const { profile, door, number } = road;

const expired = new Counter('dial_requests_expired');
const early = new Counter('dial_requests_expired_early');

/** One virtual user: another would move the clock under it. */
export const options = road.optionsOf(
  { expiry: sharedIterations({ ...profile, vus: 1 }) },
  {
    ...dialsAnswered(profile),
    dial_requests_expired: ['count>0'],
    dial_requests_expired_early: ['count<1'],
  },
);

export function setup(): Campaigns {
  return road.begin(1);
}

/** Ids of the dial requests that were accepted. */
const accepted = new Set<string>();

export default counted(async ({ ids: [campaign = ''] }: Campaigns) => {
  const i = number();
  const batch = await road.batch(i);
  const answer = road.put(campaign, batch);
  check(answer, {
    'status is 200': ({ status }) => status === 200,
    'every item answered as predicted': ({ asPredicted }) => asPredicted,
  });
  for (const id of answer.ids) accepted.add(id);
  if (i < profile.iterations - 1) return;
  const { expiresSeconds, marginSeconds } = profile;
  road.pass(Math.max(0, expiresSeconds - 2 * marginSeconds));
  early.add(ofOurs().filter(isExpired).length);
  road.pass(3 * marginSeconds);
  const told = ofOurs();
  const over = new Set(told.filter(isExpired).map(({ dialRequestId }) => dialRequestId));
  expired.add(over.size);
  check(told, {
    'after its time no dial request waits': (all) =>
      all.every(({ state }) => !WAITING.includes(state)),
  });
  const places = answer.ids.flatMap((id, place) => (over.has(id) ? [place] : []));
  if (places.length === 0) return;
  const fresh = partOfDials(await road.batch(profile.iterations + 1, i), places);
  check(road.put(campaign, fresh), {
    'accepted again with new clientTokens': ({ ids, asPredicted }) =>
      asPredicted && ids.every((id) => !accepted.has(id)),
  });
});

const WAITING = ['ACCEPTED', 'CREATED'];

function ofOurs(): readonly ToldDialRequest[] {
  return (door?.dialRequests() ?? []).filter(({ dialRequestId }) => accepted.has(dialRequestId));
}

function isExpired({ failure, disconnectReason }: ToldDialRequest): boolean {
  return failure === 'EXPIRED_BEFORE_CONTACT' || disconnectReason === 'EXPIRED';
}
