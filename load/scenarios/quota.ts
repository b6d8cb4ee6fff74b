/**
 * The request quota. A client that keeps it is never refused. A client that exceeds it is refused.
 *
 * After a rest in which the bucket fills, twice the burst is sent at once, so that a smaller and a larger burst can
 * both be told. Another account has spent its own tokens just before: that must not matter. After a second rest, requests
 * follow at the quota's rate, and then above it. The quota counts requests, whatever the number of contacts in them.
 */

import { check } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { checkAnswer } from '../lib/check-answer.ts';
import { capFromEnv, otherAccountFromEnv, throttleErrorsFromEnv } from '../lib/env.ts';
import { arrivals, sharedIterations } from '../lib/executors.ts';
import { counted } from '../lib/measure.ts';
import { answersWithin } from '../lib/objectives.ts';
import { SCENARIOS } from '../lib/profiles.ts';
import { openScenario } from '../lib/scenario.ts';
import { tokenSpender } from '../lib/spend-token.ts';

const { profile, sender, next, optionsOf } = openScenario(SCENARIOS.quota.profile);

const { quotaRate, quotaBurst, pacedSeconds, pastRate, pastSeconds } = profile;

/** The bucket is full after this time, also if tokens are added once a second. */
const FILL_SECONDS = quotaBurst / quotaRate + 0.2;
/** The tokens refilled in this time are the paced client's margin against delays. */
const PAUSE_SECONDS = 3;
/** The other account has sent its calls by then. */
const AHEAD_SECONDS = 0.1;

const AT_ONCE = 2 * quotaBurst;

const refusedWithin = new Counter('refused_within_quota');
const refusedPast = new Counter('refused_past_quota');
const admittedAtOnce = new Counter('admitted_at_once');

http.setResponseCallback(http.expectedStatuses(200, 429));

const throttleErrors = throttleErrorsFromEnv();
const other = otherAccountFromEnv();
const spend = other && tokenSpender(other);

const cap = capFromEnv();
/** Under a cap at the quota's rate, the quota cannot be exceeded. */
const canExceed = cap === null || cap > quotaRate;
const burstTakes = cap === null ? 0 : AT_ONCE / cap;
const pacedFrom = Math.ceil(FILL_SECONDS + (canExceed ? burstTakes + PAUSE_SECONDS : 0));

const at = (seconds: number) => ({ startTime: `${Math.round(seconds * 1_000)}ms` });

const exceeding = {
  ...(spend && {
    other: {
      ...sharedIterations({ vus: AT_ONCE, iterations: AT_ONCE }),
      ...at(FILL_SECONDS - AHEAD_SECONDS),
      exec: 'otherAccount',
    },
  }),
  burst: { ...sharedIterations({ vus: AT_ONCE, iterations: AT_ONCE }), ...at(FILL_SECONDS) },
  past: arrivals({ vus: pastRate, rate: pastRate, seconds: pastSeconds }, pacedFrom + pacedSeconds),
};

export const options = optionsOf(
  {
    first: sharedIterations({ vus: 1, iterations: 1 }),
    paced: arrivals({ vus: quotaBurst, rate: quotaRate, seconds: pacedSeconds }, pacedFrom),
    ...(canExceed && exceeding),
  },
  {
    ...answersWithin(profile),
    refused_within_quota: ['count<1'],
    ...(canExceed && {
      admitted_at_once: [`count>=${quotaBurst}`],
      'refused_past_quota{scenario:burst}': ['count>0'],
      'refused_past_quota{scenario:past}': ['count>0'],
    }),
  },
);

export default counted(async () => {
  const { name } = exec.scenario;
  const batch = await next();
  const answer = sender.send(batch, 1);
  if (answer.status !== 429) {
    if (name === 'burst') admittedAtOnce.add(1);
    checkAnswer(answer);
    return;
  }
  if (name === 'paced') refusedWithin.add(1);
  else refusedPast.add(1);
  check(answer, {
    'refused with the error of an empty bucket': ({ error }) => throttleErrors.includes(error),
  });
});

export const otherAccount = counted(async () => {
  spend?.();
});
