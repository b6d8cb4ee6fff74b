/**
 * Calls whose fate the client does not know: given up after a few milliseconds, refused by a fault or cut off.
 * Each is sent again with the same ClientToken until there is an answer, and once more to see it stand.
 */

import { check } from 'k6';
import { Counter } from 'k6/metrics';
import { checkSameAnswers } from '../lib/check-answer.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.ambiguous.profile);

const unknownFates = new Counter('unknown_fates');

export const options = optionsOf(
  { ambiguous: sharedIterations(profile) },
  {
    unknown_fates: ['count>0'],
    'http_req_duration{expected_response:true}': [`p(95)<${profile.p95Ms}`],
  },
);

export default counted(async () => {
  const batch = await next();
  // From hardly any time to `timeoutMs`: some are given up before they arrive, some after the commit.
  const timeoutMs = 1 + (batch.index % profile.timeoutMs);
  let answer = await sender.send(batch, 1, timeoutMs);
  let attempt = 1;
  while ((answer.status === 0 || answer.status >= 500) && attempt < profile.attempts) {
    unknownFates.add(1);
    attempt += 1;
    answer = await sender.send(batch, attempt);
  }
  check(answer, { 'the fate becomes known': ({ status }) => status === 200 });
  checkSameAnswers([answer, await sender.send(batch, attempt + 1)], batch);
});
