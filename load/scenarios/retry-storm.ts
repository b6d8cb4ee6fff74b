/**
 * More batches than the quota admits. Each is tried again, after a wait with full jitter, until it is in;
 * what that costs is the amplification: requests per batch.
 */

import { check, sleep } from 'k6';
import http from 'k6/http';
import { Trend } from 'k6/metrics';
import { fullJitterMs } from '../lib/backoff.ts';
import { arrivals } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

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
  let attempt = 1;
  let answer = await sender.send(batch, attempt);
  while (mayPass(answer.status) && attempt < profile.attempts) {
    await sleep(fullJitterMs(profile, attempt, Math.random()) / 1_000);
    attempt += 1;
    answer = await sender.send(batch, attempt);
  }
  requests.add(attempt);
  check(answer, {
    'the batch gets in': ({ status }) => status === 200,
    'every item answered as predicted': ({ outcome }) => outcome?.letters === batch.predicted,
  });
});

/** Throttled, failed for a moment, or not answered at all. */
function mayPass(status: number): boolean {
  return status === 429 || status >= 500 || status === 0;
}
