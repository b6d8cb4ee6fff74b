/**
 * Sends every ClientToken again, both in sequence and at once. Every answer must be the same.
 *
 * Even iterations send once, once more, then several at once. Odd ones begin with several at once,
 * so that the endpoint meets a token for the first time in more than one request.
 */

import { checkSameAnswers } from '../lib/check-answer.ts';
import { sharedIterations } from '../lib/executors.ts';
import { expectRefusalsInFlight, sendCopies } from '../lib/in-flight.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';
import type { Answer } from '../lib/send.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.replay.profile);

expectRefusalsInFlight();

export const options = optionsOf({ replay: sharedIterations(profile) }, answersWithin(profile));

export default counted(async () => {
  const batch = await next();
  const { copies } = profile;
  const answers: Answer[] = [];
  if (batch.index % 2 === 0) {
    answers.push(sender.send(batch, 1));
    answers.push(sender.send(batch, 2));
    answers.push(...(await sendCopies(sender, batch, copies, 3)));
  } else {
    answers.push(...(await sendCopies(sender, batch, copies, 1)));
    answers.push(sender.send(batch, copies + 1));
  }
  checkSameAnswers(answers);
});
