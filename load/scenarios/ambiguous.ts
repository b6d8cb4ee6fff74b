/**
 * Calls whose result the client does not know, because they are given up, refused by a fault or cut off.
 * Each is sent again with the same ClientToken until there is an answer, and once more to check that it is kept.
 */

import { Counter } from 'k6/metrics';
import { checkSameAnswers } from '../lib/check-answer.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';
import { settle } from '../lib/settle.ts';

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
  const { attempts } = profile;
  // From hardly any time to `timeoutMs`: some are given up before they arrive, some after the commit.
  const firstTimeoutMs = 1 + (batch.index % profile.timeoutMs);
  const first = settle(sender, batch, 1, { attempts, firstTimeoutMs });
  const again = settle(sender, batch, first.attempt + 1, { attempts });
  unknownFates.add(first.unknown + again.unknown);
  checkSameAnswers([first.answer, again.answer]);
});
