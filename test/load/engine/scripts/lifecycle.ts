/** One script for every way in which a run can end; the environment says which. */

import { fail, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Rate } from 'k6/metrics';

const wrong = new Rate('wrong');
const when = (what: string) => __ENV.WHAT === what;

if (when('init throws')) throw new Error('no init');
if (when('init requests')) void http.get(String(__ENV.URL));

export const options = {
  scenarios: {
    s: {
      executor: 'per-vu-iterations',
      vus: 1,
      iterations: 2,
      exec: when('no function') ? 'missing' : 'iteration',
      gracefulStop: '100ms',
    },
  },
  setupTimeout: '50ms',
  teardownTimeout: '50ms',
  handleSummaryTimeout: '5s',
  thresholds: when('aborting threshold')
    ? { wrong: [{ threshold: 'rate==0', abortOnFail: true }] }
    : { wrong: [when('threshold') ? 'rate==0' : 'rate>=0'] },
};

export async function setup() {
  if (when('setup throws')) throw new Error('no setup');
  if (when('setup hangs')) await sleep(60);
  return { ready: true };
}

export async function iteration(data: { ready: boolean }) {
  wrong.add(when('threshold') || when('aborting threshold'));
  console.log(JSON.stringify({ ran: data.ready }));
  if (when('throws')) throw new TypeError('no iteration');
  if (when('fail()')) fail('given up');
  if (when('abort')) exec.test.abort('seen enough');
  if (when('marked')) exec.test.fail('not good');
  if (when('hangs')) await new Promise(() => {});
  if (when('sleeps') || when('aborting threshold')) await sleep(60);
}

export async function teardown(data: { ready: boolean }) {
  console.log(JSON.stringify({ tornDown: data.ready }));
  if (when('teardown throws')) throw new Error('no teardown');
  if (when('teardown hangs')) await sleep(60);
}

export function handleSummary(data: { metrics: object; setup_data: unknown }) {
  if (when('summary throws')) throw new Error('no summary');
  if (!__ENV.SUMMARY) return {};
  return { [__ENV.SUMMARY]: JSON.stringify(data) };
}
