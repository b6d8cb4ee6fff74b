/**
 * The request quota. A client that keeps it is never refused. A client that exceeds it is refused.
 *
 * First the whole burst is sent at once. After a few tokens have been refilled, requests follow at the quota's rate,
 * and then above it. The quota counts requests, whatever the number of contacts in them.
 */

import { check } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { checkAnswer } from '../lib/check-answer.ts';
import { arrivals, sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.quota.profile);

/** The tokens refilled in this time are the paced client's margin against network delays. */
const PAUSE_SECONDS = 1;

const refusedWithin = new Counter('refused_within_quota');
const refusedPast = new Counter('refused_past_quota');

http.setResponseCallback(http.expectedStatuses(200, 429));

const { quotaRate, quotaBurst, pacedSeconds, pastRate, pastSeconds } = profile;
const pastFrom = PAUSE_SECONDS + pacedSeconds;

export const options = optionsOf(
  {
    burst: sharedIterations({ vus: quotaBurst, iterations: quotaBurst }),
    paced: arrivals({ vus: quotaBurst, rate: quotaRate, seconds: pacedSeconds }, PAUSE_SECONDS),
    past: arrivals({ vus: pastRate, rate: pastRate, seconds: pastSeconds }, pastFrom),
  },
  {
    ...answersWithin(profile),
    refused_within_quota: ['count<1'],
    refused_past_quota: ['count>0'],
  },
);

export default counted(async () => {
  const past = exec.scenario.name === 'past';
  const batch = await next();
  const answer = sender.send(batch, 1);
  if (answer.status !== 429) {
    checkAnswer(answer);
    return;
  }
  (past ? refusedPast : refusedWithin).add(1);
  check(answer, {
    'refused with TooManyRequestsException': ({ error }) => error === 'TooManyRequestsException',
  });
});
