/**
 * Batches in which some contacts fail. Contacts that may be retried are sent again with a new ClientToken, because
 * the old token would return the first answer.
 */

import { check } from 'k6';
import { Counter } from 'k6/metrics';
import { VERDICT_LETTERS } from '../../operation/connect/batch-put-contact/decide.ts';
import { FAILURE_CODES, FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import { checkAnswer, checkSameAnswers } from '../lib/check-answer.ts';
import { codesFromEnv } from '../lib/env.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { partOf } from '../lib/part.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, number, batch, optionsOf } = openScenario(SCENARIOS.partial.profile);

const retryable = FAILURE_CODES.map((code, i) =>
  FAILURES[code].retryable ? VERDICT_LETTERS.charAt(i + 1) : '',
).join('');
const sentAgain = new Counter('contacts_sent_again');

export const options = optionsOf(
  { partial: sharedIterations(profile) },
  {
    ...answersWithin(profile),
    ...(codesFromEnv().some((code) => FAILURES[code].retryable) && {
      contacts_sent_again: ['count>0'],
    }),
  },
);

export default counted(async () => {
  const i = number();
  const whole = await batch(2 * i, i);
  const first = sender.send(whole, 1);
  checkAnswer(first);
  checkSameAnswers([first, sender.send(whole, 2)]);
  const places = [...(first.outcome?.letters ?? '')].flatMap((letter, place) =>
    retryable.includes(letter) ? [place] : [],
  );
  if (places.length === 0) return;
  sentAgain.add(places.length);
  const rest = partOf(await batch(2 * i + 1, i), places);
  const answer = sender.send(rest, 1);
  checkAnswer(answer);
  check(answer, {
    'an answer for each contact sent again, and for no other': ({ outcome }) =>
      outcome?.letters.length === places.length,
  });
});
