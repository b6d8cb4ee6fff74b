/** All four metric types, tags, groups, checks and judged statuses. */

import { check, group } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';

const url = String(__ENV.URL);
const counter = new Counter('own_counter');
const gauge = new Gauge('own_gauge');
const rate = new Rate('own_rate');
const trend = new Trend('own_trend', true);

export const options = {
  scenarios: { s: { executor: 'shared-iterations', vus: 2, iterations: 10 } },
  summaryTrendStats: ['avg', 'min', 'max', 'med', 'p(99)', 'count'],
  thresholds: {
    own_counter: ['count==55'],
    'own_counter{parity:odd}': ['count==25'],
    'own_rate{vutag:7}': ['rate==0.5'],
    'checks{check:always}': ['rate==1'],
    'http_reqs{status:404}': ['count==20'],
    'http_reqs{name:get-it,method:GET}': ['count==10'],
    'http_req_duration{expected_response:true}': ['max<60000'],
    'http_req_duration{status:404}': ['max<60000'],
    'group_duration{group:::outer::inner}': ['min>=0'],
    http_req_failed: ['rate==0.5'],
  },
};

export function setup() {
  return { told: 'by setup' };
}

export default async function () {
  const n = exec.scenario.iterationInTest + 1;
  exec.vu.metrics.tags.vutag = 7;
  counter.add(n, { parity: n % 2 ? 'odd' : 'even' });
  gauge.add(n);
  rate.add(n % 2 === 0);
  trend.add(n);
  const found = await http.get(`${url}/x`, { tags: { name: 'get-it' } });
  await http.get(`${url}/status/404`);
  await http.get(`${url}/status/404`, { responseCallback: null as never });
  group('outer', () => {
    group('inner', () => {
      check(found, { always: (r) => r.status === 200, never: (r) => r.status === 201 });
    });
  });
  check(n, { 'below six': (it) => it < 6 });
}
