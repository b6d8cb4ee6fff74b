/** Every failure code in the shares that the corpus has; each item's answer is compared with its prediction. */

import { checkAnswer } from '../lib/check-answer.ts';
import { codesFromEnv } from '../lib/env.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted, verdictMetric } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.mix.profile);

export const options = optionsOf(
  { mix: sharedIterations(profile) },
  {
    ...answersWithin(profile),
    ...Object.fromEntries(codesFromEnv().map((code) => [verdictMetric(code), ['count>0']])),
  },
);

export default counted(async () => {
  const batch = await next();
  checkAnswer(sender.send(batch, 1));
});
