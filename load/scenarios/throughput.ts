/** Unique signed batches at a constant arrival rate: what the endpoint sustains, open model. */

import { checkAnswer } from '../lib/check-answer.ts';
import { arrivals } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.throughput.profile);

export const options = optionsOf({ throughput: arrivals(profile) }, answersWithin(profile));

export default counted(async () => {
  const batch = await next();
  checkAnswer(sender.send(batch, 1));
});
