/** A steady rate, several times as much for a moment, and the steady rate again: does it recover. */

import { checkAnswer } from '../lib/check-answer.ts';
import { arrivals } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.spike.profile);

const { vus, rate, peak, p95Ms } = profile;
const seconds = Math.ceil(profile.seconds / 3);

export const options = optionsOf(
  {
    before: arrivals({ vus, rate, seconds }),
    spike: arrivals({ vus, rate: peak, seconds }, seconds),
    after: arrivals({ vus, rate, seconds }, 2 * seconds),
  },
  {
    http_req_failed: ['rate==0'],
    'http_req_duration{scenario:before}': [`p(95)<${p95Ms}`],
    'http_req_duration{scenario:after}': [`p(95)<${p95Ms}`],
  },
);

export default counted(async () => {
  const batch = await next();
  checkAnswer(sender.send(batch, 1));
});
