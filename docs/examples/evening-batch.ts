/** An example scenario: sends each of the evening's batches, and sends it again after a pause. */

import {
  answersWithin,
  checkSameAnswers,
  counted,
  openScenario,
  sharedIterations,
} from 'dialproof/load';
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
