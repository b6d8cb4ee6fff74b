/** Unique signed batches at a constant arrival rate: what the endpoint sustains, open model. */

import { checkAnswer } from '../lib/check-answer.ts';
import { counted } from '../lib/measure.ts';
import { openScenario, optionsFor } from '../lib/scenario.ts';

const { profile, sender, next } = openScenario('throughput');

export const options = optionsFor('throughput', profile, {
  executor: 'constant-arrival-rate',
  rate: profile.rate,
  timeUnit: '1s',
  duration: `${profile.seconds}s`,
  preAllocatedVUs: profile.vus,
});

export default counted(async () => {
  const { index, batch } = await next();
  checkAnswer(await sender.send(batch, index, 1), batch);
});
