/**
 * Follows dial requests from end to end: accepted, made a contact, ringing, with an agent, ended. The times to each
 * stage are by the clock of the endpoint, from the moment at which the batch was sent.
 */

import { check } from 'k6';
import { Counter, Trend } from 'k6/metrics';
import type { ToldDialRequest } from '../lib/control-door.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { type Campaigns, dialsAnswered, openRoad } from '../lib/road.ts';

const road = openRoad(SCENARIOS.pipeline.profile);
const { profile, door, number } = road;

const stages = {
  accepted: new Trend('stage_accepted', true),
  contact: new Trend('stage_contact', true),
  ringing: new Trend('stage_ringing', true),
  agent: new Trend('stage_agent', true),
  ended: new Trend('stage_ended', true),
};
const open = new Counter('dial_requests_open');

/** One virtual user sends, and follows: another would move the clock under it. */
export const options = road.optionsOf(
  { pipeline: sharedIterations({ ...profile, vus: 1 }) },
  {
    ...dialsAnswered(profile),
    stage_contact: [`p(95)<${profile.contactMs}`],
    stage_ringing: ['max>=0'],
    stage_agent: ['max>=0'],
    stage_ended: ['max>=0'],
    dial_requests_open: ['count<1'],
  },
);

export function setup(): Campaigns {
  return road.begin(1, 'progressive');
}

/** Id of a dial request -> when its batch was sent, by the clock of the endpoint. */
const sentAt = new Map<string, number>();

export default counted(async ({ ids: [campaign = ''] }: Campaigns) => {
  const i = number();
  const aheadMs = door?.look() ?? 0;
  const { status, asPredicted, startMs, ids } = road.put(campaign, await road.batch(i));
  stages.accepted.add(Date.now() - startMs);
  check(status, { 'status is 200': (found) => found === 200 });
  check(asPredicted, { 'every item answered as predicted': (itWas) => itWas });
  for (const id of ids) sentAt.set(id, startMs + aheadMs);
  if (i < profile.iterations - 1) return;
  const told = followed();
  for (const request of told) measure(request, sentAt.get(request.dialRequestId) ?? 0);
  open.add(sentAt.size - told.length);
  check(told, { 'every dial request comes to an end': ({ length }) => length === sentAt.size });
});

/** Those of our dial requests that have ended, once all have or there was time enough. */
function followed(): readonly ToldDialRequest[] {
  let ended: readonly ToldDialRequest[] = [];
  for (let step = 0; step < profile.steps && ended.length < sentAt.size; step += 1) {
    road.pass(profile.stepSeconds);
    const told = door?.dialRequests() ?? [];
    ended = told.filter(
      ({ dialRequestId, endedAt }) => sentAt.has(dialRequestId) && endedAt !== null,
    );
  }
  return ended;
}

function measure({ contactAt, ringingAt, agentAt, endedAt }: ToldDialRequest, from: number): void {
  const add = (trend: Trend, at: string | null) => {
    if (at !== null) trend.add(Date.parse(at) - from);
  };
  add(stages.contact, contactAt);
  add(stages.ringing, ringingAt);
  add(stages.agent, agentAt);
  add(stages.ended, endedAt);
}
