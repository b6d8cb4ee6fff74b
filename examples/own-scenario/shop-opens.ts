/**
 * The morning of a shop, as its team expects it: orders arrive at a steady rate, and then come in a rush. The dialer
 * tries each order again until it is taken. The team wants it to be through in `throughMs`.
 */

import {
  answersWithin,
  arrivals,
  checkAnswer,
  counted,
  fullJitterMs,
  openScenario,
  settle,
} from 'dialproof/load';
import http from 'k6/http';
import { Trend } from 'k6/metrics';

const { profile, sender, next, optionsOf } = openScenario({
  vus: 20,
  rate: 10,
  rush: 40,
  seconds: 3,
  attempts: 10,
  baseMs: 50,
  capMs: 2_000,
  throughMs: 5_000,
  p95Ms: 1_000,
});
const { vus, rate, rush, seconds } = profile;

// The time of an order, with all its attempts and waits. The report has it.
const through = new Trend('order_through', true);

// A throttled call is no failure here: it is tried again.
http.setResponseCallback(http.expectedStatuses(200, 429));

export const options = optionsOf(
  {
    quiet: arrivals({ vus, rate, seconds }),
    rush: arrivals({ vus, rate: rush, seconds }, seconds),
  },
  { ...answersWithin(profile), order_through: [`p(95)<${profile.throughMs}`] },
);

export default counted(async () => {
  const order = await next();
  const began = Date.now();
  const { answer } = settle(sender, order, 1, {
    attempts: profile.attempts,
    waitMs: (failed) => fullJitterMs(profile, failed, Math.random()),
  });
  through.add(Date.now() - began);
  checkAnswer(answer);
});
