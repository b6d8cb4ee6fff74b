/** An example scenario: sends each of the evening's batches, and sends it again after a pause. */

import { checkSameAnswers } from 'dialproof/load/lib/check-answer.ts';
import { sharedIterations } from 'dialproof/load/lib/executors.ts';
import { counted } from 'dialproof/load/lib/measure.ts';
import { answersWithin } from 'dialproof/load/lib/objectives.ts';
import { openScenario } from 'dialproof/load/lib/scenario.ts';
import { sleep } from 'k6';

const { profile, sender, next, optionsOf } = openScenario({
  vus: 2,
  iterations: 10,
  pauseMs: 100,
  p95Ms: 1_000,
});

export const options = optionsOf({ evening: sharedIterations(profile) }, answersWithin(profile));

export default counted(async () => {
  const batch = await next();
  const first = sender.send(batch, 1);
  sleep(profile.pauseMs / 1_000);
  checkSameAnswers([first, sender.send(batch, 2)]);
});
