/**
 * Every ClientToken sent again, one after the other and at once: the same answer required.
 *
 * Even iterations send once, once more, then several at once. Odd ones begin with several at once,
 * so that the endpoint meets a token for the first time in more than one request.
 */

import { check } from 'k6';
import { counted } from '../lib/measure.ts';
import { sharedIterations } from '../lib/objectives.ts';
import { openScenario, optionsFor } from '../lib/scenario.ts';
import type { Answer } from '../lib/send.ts';

const { profile, sender, next } = openScenario('replay');

export const options = optionsFor('replay', profile, sharedIterations(profile));

export default counted(async () => {
  const { index, batch } = await next();
  const { copies } = profile;
  const answers: Answer[] = [];
  if (index % 2 === 0) {
    answers.push(await sender.send(batch, index, 1));
    answers.push(await sender.send(batch, index, 2));
    answers.push(...(await sender.sendAtOnce(batch, index, 3, copies)));
  } else {
    answers.push(...(await sender.sendAtOnce(batch, index, 1, copies)));
    answers.push(await sender.send(batch, index, copies + 1));
  }
  const [first] = answers;
  check(answers, {
    'every status is 200': (all) => all.every(({ status }) => status === 200),
    'every answer is the first one': (all) => all.every(({ digest }) => digest === first?.digest),
    'every item answered as predicted': (all) =>
      all.every(({ outcome }) => outcome?.letters === batch.predicted),
  });
});
