/** A few batches one after the other: does the endpoint answer as predicted at all. */

import { checkAnswer } from '../lib/check-answer.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.smoke.profile);

export const options = optionsOf({ smoke: sharedIterations(profile) }, answersWithin(profile));

export default counted(async () => {
  const batch = await next();
  checkAnswer(sender.send(batch, 1));
});
