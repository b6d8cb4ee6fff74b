/**
 * Sends one ClientToken several times at once: from one virtual user, and from several that use the same token.
 *
 * Virtual users share no state, so only the audit can compare the answers that different users got.
 */

import exec from 'k6/execution';
import { checkAnswer, checkSameAnswers } from '../lib/check-answer.ts';
import { sharedIterations } from '../lib/executors.ts';
import { expectRefusalsInFlight, sendCopies, sendUnrefused } from '../lib/in-flight.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, batch, optionsOf } = openScenario(SCENARIOS.race.profile);

const { vus, iterations, copies } = profile;

expectRefusalsInFlight();

/** ClientToken number of the first token that several virtual users share. */
const FIRST_SHARED = iterations + 1;

export const options = optionsOf(
  {
    within: { ...sharedIterations({ vus: 1, iterations }), exec: 'within' },
    across: { ...sharedIterations({ vus, iterations: iterations * copies }), exec: 'across' },
  },
  answersWithin(profile),
);

export const within = counted(async () => {
  const one = await next();
  checkSameAnswers(await sendCopies(sender, one, copies, 1));
});

/** Each group of `copies` consecutive iterations sends the same token. Several virtual users run them at once. */
export const across = counted(async () => {
  const place = exec.scenario.iterationInTest;
  const one = await batch(FIRST_SHARED + Math.floor(place / copies));
  checkAnswer(sendUnrefused(sender, one, 1 + (place % copies)));
});
