/**
 * One ClientToken sent several times at once: by one virtual user, and by several that take the same token.
 *
 * Virtual users share no state, so that only the audit can compare the answers that several of them got.
 */

import exec from 'k6/execution';
import { checkAnswer, checkSameAnswers } from '../lib/check-answer.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, batch, optionsOf } = openScenario(SCENARIOS.race.profile);

const { vus, iterations, copies } = profile;

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
  const answers = await sender.sendAtOnce(
    Array.from({ length: copies }, () => one),
    1,
  );
  checkSameAnswers(answers);
});

/** Of `copies` iterations in a row, which several virtual users are in at once, each sends the same token. */
export const across = counted(async () => {
  const place = exec.scenario.iterationInTest;
  const one = await batch(FIRST_SHARED + Math.floor(place / copies));
  checkAnswer(sender.send(one, 1 + (place % copies)));
});
