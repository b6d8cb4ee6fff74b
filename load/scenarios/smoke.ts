/** A few batches one after the other: does the endpoint answer as predicted at all. */

import { checkAnswer } from '../lib/check-answer.ts';
import { counted } from '../lib/measure.ts';
import { sharedIterations } from '../lib/objectives.ts';
import { openScenario, optionsFor } from '../lib/scenario.ts';

const { profile, sender, next } = openScenario('smoke');

export const options = optionsFor('smoke', profile, sharedIterations(profile));

export default counted(async () => {
  const { index, batch } = await next();
  checkAnswer(await sender.send(batch, index, 1), batch);
});
