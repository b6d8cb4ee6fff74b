/**
 * A rising arrival rate until the objective breaks. On its own this is the ramp, which a k6 of one's own can
 * run; `dialproof load run breakpoint` then finds the exact rate by bisection (load/run/breakpoint.ts).
 */

import type { Threshold } from 'k6/options';
import { checkAnswer } from '../lib/check-answer.ts';
import { risingArrivals } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.breakpoint.profile);

/** The first answers of a run are no measure: code and connections are cold. */
const ends = (threshold: string): Threshold[] => [
  { threshold, abortOnFail: true, delayAbortEval: '1s' },
];

export const options = optionsOf(
  { ramp: risingArrivals(profile) },
  {
    // Most runs end early: that is what they are for.
    batches_started: ['count>0'],
    http_req_failed: ends('rate==0'),
    http_req_duration: ends(`p(95)<${profile.p95Ms}`),
    dropped_iterations: ends('count<1'),
  },
);

export default counted(async () => {
  const batch = await next();
  checkAnswer(sender.send(batch, 1));
});
