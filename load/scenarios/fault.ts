/**
 * A correct client at an unreliable endpoint. Each batch is sent again with the same
 * ClientToken and full jitter until its answer is final. It is sent once more later, to check that the answer stands.
 */

import { Trend } from 'k6/metrics';
import { asFarAsPredictable } from '../../operation/connect/batch-put-contact/outcome.ts';
import { fullJitterMs } from '../lib/backoff.ts';
import { checkSameAnswers } from '../lib/check-answer.ts';
import { sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';
import { settle } from '../lib/settle.ts';

const { profile, sender, next, optionsOf } = openScenario(
  SCENARIOS.fault.profile,
  asFarAsPredictable,
);

const requests = new Trend('requests_per_batch');

export const options = optionsOf(
  { fault: sharedIterations(profile) },
  {
    requests_per_batch: [`avg<=${profile.amplification}`],
    'http_req_duration{expected_response:true}': [`p(95)<${profile.p95Ms}`],
  },
);

export default counted(async () => {
  const batch = await next();
  const retrying = {
    attempts: profile.attempts,
    waitMs: (failed: number) => fullJitterMs(profile, failed, Math.random()),
  };
  const first = settle(sender, batch, 1, retrying);
  const again = settle(sender, batch, first.attempt + 1, retrying);
  requests.add(again.attempt);
  checkSameAnswers([first.answer, again.answer]);
});
