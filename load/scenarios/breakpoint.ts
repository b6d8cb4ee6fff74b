/**
 * Raises the arrival rate until the objective is missed. The script itself is only the ramp, and k6 can
 * run it too. `dialproof load run breakpoint` then finds the exact rate by bisection (load/run/breakpoint.ts).
 */

import type { Threshold } from 'k6/options';
import { checkAnswer } from '../lib/check-answer.ts';
import { risingArrivals } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.breakpoint.profile);

/** The first answers of a run are not representative, because code and connections are cold. */
const ends = (threshold: string): Threshold[] => [
  { threshold, abortOnFail: true, delayAbortEval: '1s' },
];

export const options = optionsOf(
  { ramp: risingArrivals(profile) },
  {
    // Most runs end early, because the ramp ends when the objective is missed.
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
