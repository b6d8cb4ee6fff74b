/**
 * Sends more batches than the quota admits. Each is tried again, after a wait with full jitter, until it is admitted.
 * The cost is the amplification, which is the number of requests per batch.
 */

import http from 'k6/http';
import { Trend } from 'k6/metrics';
import { fullJitterMs } from '../lib/backoff.ts';
import { checkAnswer } from '../lib/check-answer.ts';
import { arrivals } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';
import { settle } from '../lib/settle.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS['retry-storm'].profile);

const requests = new Trend('requests_per_batch');

http.setResponseCallback(http.expectedStatuses(200, 429));

export const options = optionsOf(
  { storm: arrivals(profile) },
  {
    requests_per_batch: [`avg<=${profile.amplification}`],
    // What fails is tried again: only calls that were answered have to be in time.
    'http_req_duration{expected_response:true}': [`p(95)<${profile.p95Ms}`],
  },
);

export default counted(async () => {
  const batch = await next();
  const { answer, attempt } = settle(sender, batch, 1, {
    attempts: profile.attempts,
    waitMs: (failed) => fullJitterMs(profile, failed, Math.random()),
  });
  requests.add(attempt);
  checkAnswer(answer);
});
