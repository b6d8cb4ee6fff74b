/**
 * Campaigns that are paused, resumed and stopped while dial requests wait. What must not happen in the meantime shows
 * in the dial records, so the audit decides.
 */

import { check } from 'k6';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { type Campaigns, dialsAnswered, openRoad } from '../lib/road.ts';

const road = openRoad(SCENARIOS.pause.profile);
const { profile, number } = road;

/** Batches for each campaign: more than it dials until it is stopped. */
const BATCHES = 4;

/** One virtual user: another would move the clock under it. */
export const options = road.optionsOf(
  { pause: sharedIterations({ ...profile, vus: 1 }) },
  dialsAnswered(profile),
);

export function setup(): Campaigns {
  return road.begin(profile.iterations);
}

export default counted(async ({ ids }: Campaigns) => {
  const i = number();
  const campaign = ids[i] as string;
  for (let part = 0; part < BATCHES; part += 1) {
    check(road.put(campaign, await road.batch(BATCHES * i + part)), {
      'status is 200': ({ status }) => status === 200,
      'every item answered as predicted': ({ asPredicted }) => asPredicted,
    });
  }
  road.pass(profile.runSeconds);
  const paused = road.move(campaign, 'PauseCampaign');
  road.pass(profile.pauseSeconds);
  const resumed = road.move(campaign, 'ResumeCampaign');
  road.pass(profile.runSeconds);
  const stopped = road.move(campaign, 'StopCampaign');
  road.pass(profile.pauseSeconds);
  check([paused, resumed, stopped], {
    'paused, resumed and stopped': (all) => all.every((done) => done),
  });
});
