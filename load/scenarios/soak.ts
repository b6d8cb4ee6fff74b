/**
 * A moderate arrival rate for a long time. Growth, leaks and slowdowns show in the last third of the run.
 * Temporary problems show in a single window.
 */

import { checkAnswer } from '../lib/check-answer.ts';
import { arrivals } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.soak.profile);

const { vus, rate, seconds, windowSeconds } = profile;
const last = Math.ceil(seconds / 3);

export const options = optionsOf(
  {
    early: arrivals({ vus, rate, seconds: seconds - last }),
    late: arrivals({ vus, rate, seconds: last }, seconds - last),
  },
  {
    ...answersWithin(profile),
    'http_req_duration{scenario:late}': [`p(95)<${profile.p95Ms}`],
  },
  { http_req_duration: [{ threshold: `p(95)<${profile.p95Ms}`, window: `${windowSeconds}s` }] },
);

export default counted(async () => {
  const batch = await next();
  checkAnswer(sender.send(batch, 1));
});
