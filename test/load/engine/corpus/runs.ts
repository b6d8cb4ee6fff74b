/** Idioms of runs: options, scenarios, hooks, metrics, thresholds, ends. */

import type { Idiom } from './idiom.ts';

export const GET = "http.get(B + '/a');";
const OK = "check(http.get(B + '/a'), { ok: (r) => r.status === 200 });";
export const given = (
  name: string,
  options: string,
  requests: string,
  checks: string,
  more: Partial<Idiom> = {},
): Idiom => ({ name, options, requests, checks, run: checks === '' ? GET : OK, ...more });

const scenario = (members: string): string => `scenarios: { s: { ${members} } }`;

export const RUNS: readonly Idiom[] = [
  given('nothing', '', 'GET /a', 'ok 1/1'),
  given('iterations', 'iterations: 3', 'GET /a*3', 'ok 3/3'),
  given('vus and iterations', 'vus: 2, iterations: 4', 'GET /a*4', 'ok 4/4'),
  given('vus alone', 'vus: 2', 'GET /a', 'ok 1/1'),
  given('vus and a duration', "vus: 1, duration: '60ms'", 'GET /a', 'ok 1/1', {
    run: `${OK} sleep(0.1);`,
  }),
  given(
    'stages',
    "stages: [{ duration: '0s', target: 1 }, { duration: '60ms', target: 1 }]",
    'GET /a',
    'ok 1/1',
    { run: `${OK} sleep(0.1);` },
  ),
  given(
    'names in other letters',
    "VUS: 1, Iterations: 2, discardresponsebodies: true, useragent: 'own'",
    'GET /a*2',
    'ok 2/2',
  ),
  given(
    'a top-level executor',
    "executor: 'constant-vus', vus: 1, iterations: 2",
    'GET /a*2',
    'ok 2/2',
  ),
  given('summaryTimeUnit', "iterations: 1, summaryTimeUnit: 'ms'", 'GET /a', 'ok 1/1'),
  given(
    'shared-iterations',
    scenario("executor: 'shared-iterations', vus: 2, iterations: 3"),
    'GET /a*3',
    'ok 3/3',
  ),
  given(
    'per-vu-iterations',
    scenario("executor: 'per-vu-iterations', vus: 2, iterations: 2"),
    'GET /a*4',
    'ok 4/4',
  ),
  given(
    'constant-vus',
    scenario("executor: 'constant-vus', vus: 2, duration: '50ms'"),
    'GET /a*2',
    'ok 2/2',
    { run: `${OK} sleep(0.1);` },
  ),
  given(
    'ramping-vus with startvus',
    scenario("executor: 'ramping-vus', startvus: 2, stages: [{ duration: '50ms', target: 2 }]"),
    'GET /a*2',
    'ok 2/2',
    { run: `${OK} sleep(0.1);` },
  ),
  // The last arrival is long before the end: a machine that stalls would drop it.
  given(
    'constant-arrival-rate',
    scenario("executor: 'constant-arrival-rate', rate: 5, duration: '1s', preAllocatedVUs: 5"),
    'GET /a*5',
    'ok 5/5',
  ),
  given(
    'constant-arrival-rate with a time unit',
    scenario(
      "executor: 'constant-arrival-rate', rate: 10, timeUnit: '2s', duration: '1s', preallocatedvus: 5",
    ),
    'GET /a*5',
    'ok 5/5',
  ),
  given(
    'ramping-arrival-rate',
    scenario(
      "executor: 'ramping-arrival-rate', startRate: 5, stages: [{ duration: '1s', target: 5 }], preAllocatedVUs: 5",
    ),
    'GET /a*5',
    'ok 5/5',
  ),
  given(
    'two scenarios with functions of their own',
    "scenarios: { a: { executor: 'shared-iterations', exec: 'one' }, b: { executor: 'shared-iterations', exec: 'two', startTime: '10ms' } }",
    'GET /one, GET /two',
    '',
    {
      top: "export function one() { http.get(B + '/one'); }\nexport const two = () => { http.get(B + '/two'); };",
      run: '',
    },
  ),
  given(
    'env of a scenario',
    scenario("executor: 'shared-iterations', env: { P: '/own' }"),
    'GET /own',
    'ok 1/1',
    { run: 'check(http.get(B + __ENV.P), { ok: (r) => r.status === 200 });' },
  ),
  given(
    'tags of a scenario',
    `${scenario("executor: 'shared-iterations', tags: { own: 'yes' }")}, thresholds: { 'http_reqs{own:yes}': ['count==1'] }`,
    'GET /a',
    'ok 1/1',
  ),
  given('setup and teardown', 'iterations: 2', 'GET /setup, GET /a*2, GET /end/200', 'ok 2/2', {
    top: "export function setup() { return { status: http.get(B + '/setup').status }; }\nexport function teardown(data) { http.get(`${B}/end/${data.status}`); }",
  }),
  given('data of setup', 'iterations: 1', 'GET /a', 'ok 1/1', {
    top: 'export function setup() { return { list: [1, 2] }; }',
    script:
      "import http from 'k6/http';\nimport { check } from 'k6';\nexport function setup() { return { list: ['/a'] }; }\nexport default function (data) { check(http.get(__ENV.B + data.list[0]), { ok: (r) => r.status === 200 }); }",
  }),
  given('handleSummary', 'iterations: 1', 'GET /a', 'ok 1/1', {
    top: 'export function handleSummary(data) { return data.metrics.http_reqs.values.count === 1 ? {} : fail("no"); }',
  }),
  given('exec.vu and exec.scenario', 'iterations: 2', 'GET /s0-1, GET /s1-1', '', {
    run: 'http.get(`${B}/s${exec.scenario.iterationInTest}-${exec.vu.idInTest}`);',
  }),
  given('__VU and __ITER', 'iterations: 2', 'GET /v1-0, GET /v1-1', '', {
    run: 'http.get(`${B}/v${__VU}-${__ITER}`);',
  }),
  given(
    'exec.vu.tags',
    "iterations: 1, thresholds: { 'http_reqs{who:me}': ['count==1'] }",
    'GET /a',
    'ok 1/1',
    { run: `exec.vu.tags.who = 'me'; ${OK}` },
  ),
  given(
    'exec.vu.metrics.tags',
    "iterations: 1, thresholds: { 'http_reqs{who:me}': ['count==1'] }",
    'GET /a',
    'ok 1/1',
    { run: `exec.vu.metrics.tags.who = 'me'; ${OK}` },
  ),
  given('a check that fails', 'iterations: 2', 'GET /a*2', 'ok 1/2', {
    run: "check(http.get(B + '/a'), { ok: (r) => r.status === 200 && __ITER === 0 });",
  }),
  given('two checks', 'iterations: 1', 'GET /a', 'one 1/1, two 0/1', {
    run: "check(http.get(B + '/a'), { one: (r) => r.status === 200, two: (r) => r.body === 'no' });",
  }),
  given('the result of a check', 'iterations: 1', 'GET /a, GET /c', 'no 0/1', {
    run: "if (!check(http.get(B + '/a'), { no: () => false })) http.get(B + '/c');",
  }),
  given(
    'a check with tags',
    "iterations: 1, thresholds: { 'checks{part:one}': ['rate==1'] }",
    'GET /a',
    'ok 1/1',
    { run: "check(http.get(B + '/a'), { ok: (r) => r.status === 200 }, { part: 'one' });" },
  ),
  given('a check of a value', 'iterations: 1', '', 'ok 1/1', {
    run: 'check(5, { ok: (n) => n > 4 });',
  }),
  given('a check with a value for a function', 'iterations: 1', '', 'ok 1/1, no 0/1', {
    run: 'check(null, { ok: true, no: 0 });',
  }),
  given(
    'a threshold that is kept',
    "iterations: 2, thresholds: { http_reqs: ['count==2'], http_req_failed: ['rate<0.01'] }",
    'GET /a*2',
    'ok 2/2',
  ),
  given(
    'a threshold that is missed',
    "iterations: 1, thresholds: { http_reqs: ['count>5'] }",
    'GET /a',
    'ok 1/1',
    { exit: 99 },
  ),
  given(
    'a threshold on checks',
    "iterations: 4, thresholds: { checks: ['rate>0.9'] }",
    'GET /a*4',
    'ok 2/4',
    { run: "check(http.get(B + '/a'), { ok: () => __ITER % 2 === 0 });", exit: 99 },
  ),
  given(
    'a threshold on a tag',
    "iterations: 1, thresholds: { 'http_req_duration{name:short}': ['p(95)<5000', 'avg<5000', 'med<5000', 'max<5000', 'min>=0'] }",
    'GET /a',
    '',
    { run: "http.get(B + '/a', { tags: { name: 'short' } });" },
  ),
  given(
    'a threshold on a group',
    "iterations: 1, thresholds: { 'group_duration{group:::g}': ['max<5000'] }",
    'GET /a',
    '',
    { run: `group('g', () => { ${GET} });` },
  ),
  given(
    'a threshold on a scenario',
    "iterations: 1, thresholds: { 'iterations{scenario:default}': ['count==1'] }",
    'GET /a',
    'ok 1/1',
  ),
  given(
    'a sub-metric shown by max>=0, without samples',
    "iterations: 1, thresholds: { 'http_req_duration{status:500}': ['max>=0'] }",
    'GET /a',
    'ok 1/1',
  ),
  given(
    'any other threshold without samples',
    "iterations: 1, thresholds: { 'http_req_duration{status:500}': ['max<100'] }",
    'GET /a',
    'ok 1/1',
    { exit: 99 },
  ),
  given(
    'abortOnFail',
    "iterations: 50, thresholds: { checks: [{ threshold: 'rate==1', abortOnFail: true }] }",
    '',
    'no 0/1',
    {
      options:
        "vus: 1, duration: '20s', thresholds: { checks: [{ threshold: 'rate==1', abortOnFail: true }] }",
      run: 'check(0, { no: () => false }); sleep(15);',
      exit: 99,
    },
  ),
  given('a Counter', "iterations: 2, thresholds: { items: ['count==6'] }", '', '', {
    top: "const items = new Counter('items');",
    run: 'items.add(3);',
  }),
  given('a Gauge', "iterations: 2, thresholds: { last: ['value==1'] }", '', '', {
    top: "const last = new Gauge('last');",
    run: 'last.add(__ITER);',
  }),
  given('a Rate', "iterations: 4, thresholds: { right: ['rate==0.5'] }", '', '', {
    top: "const right = new Rate('right');",
    run: 'right.add(__ITER % 2 === 0);',
  }),
  given(
    'a Trend of times',
    "iterations: 2, thresholds: { wait: ['max>=0', 'p(99)<5000'] }",
    'GET /a*2',
    '',
    {
      top: "const wait = new Trend('wait', true);",
      run: "wait.add(http.get(B + '/a').timings.waiting);",
    },
  ),
  given(
    'a metric with tags',
    "iterations: 1, thresholds: { 'items{kind:x}': ['count==1'] }",
    '',
    '',
    {
      top: "const items = new Counter('items');",
      run: "items.add(1, { kind: 'x' }); items.add(1, { kind: 'y' });",
    },
  ),
  given('fail()', 'iterations: 1', '', '', {
    run: "fail('no token');",
    exit: 107,
    says: 'no token',
  }),
  given('an exception', 'iterations: 2', 'GET /a*2', '', {
    run: "http.get(B + '/a'); throw new TypeError('odd');",
    exit: 107,
    says: 'TypeError: odd',
  }),
  given('an exception in setup', 'iterations: 1', '', '', {
    top: "export function setup() { throw new Error('no setup'); }",
    exit: 107,
    says: 'no setup',
  }),
  given('exec.test.abort', 'iterations: 9', 'GET /a', '', {
    run: `${GET} exec.test.abort('enough');`,
    exit: 108,
  }),
  given('exec.test.fail', 'iterations: 2', 'GET /a*2', '', {
    run: `${GET} exec.test.fail('marked');`,
    exit: 110,
  }),
  given('setup that takes too long', "iterations: 1, setupTimeout: '20ms'", '', '', {
    top: 'export function setup() { sleep(9); }',
    exit: 100,
    says: 'setup() execution timed out',
  }),
  given(
    'teardown that takes too long',
    "iterations: 1, teardownTimeout: '20ms'",
    'GET /a',
    'ok 1/1',
    {
      top: 'export function teardown() { sleep(9); }',
      exit: 101,
      says: 'teardown() execution timed out',
    },
  ),
  given('an unknown executor', scenario("executor: 'no-such'"), '', '', {
    exit: 104,
    says: 'executor of scenario "s" is "no-such"',
  }),
  given('an unknown option', 'iterations: 1, iteratons: 2', '', '', {
    exit: 104,
    says: 'iteratons of options is not supported',
  }),
  given(
    'a function that is not exported',
    scenario("executor: 'shared-iterations', exec: 'none'"),
    '',
    '',
    { exit: 104, says: 'function \'none\' of scenario "s" is not exported' },
  ),
  given('a threshold on no metric', "thresholds: { none: ['count>1'] }", '', '', {
    exit: 104,
    says: 'no metric none is registered',
  }),
  given('a threshold that is no expression', "thresholds: { checks: ['often'] }", '', '', {
    exit: 104,
    says: 'is not an expression',
  }),
  given('auth: digest', 'iterations: 1', '', '', {
    run: "http.get(B + '/a', { auth: 'digest' });",
    exit: 107,
    says: 'the authentication digest is not supported',
  }),
  given('an unknown parameter', 'iterations: 1', '', '', {
    run: "http.get(B + '/a', { header: {} });",
    exit: 107,
    says: 'the request parameter header is not supported',
  }),
  given('a request at the top level', 'iterations: 1', '', '', {
    top: GET,
    exit: 107,
    says: 'in the init context',
  }),
  given('a syntax error', '', '', '', {
    script: 'export default function () { const = 1; }',
    exit: 107,
    says: 'script.js:1:36: Expected identifier',
  }),
  given('a name that is not there', 'iterations: 1', '', '', {
    run: 'nothing();',
    exit: 107,
    says: 'nothing is not defined',
  }),
  given('console', 'iterations: 1', 'GET /a', '', {
    run: `console.log('a', { b: 1 }); console.warn('w'); console.error('e'); ${GET}`,
  }),
  given('setInterval', 'iterations: 1', 'GET /a*2', '', {
    run: `let n = 0; const id = setInterval(() => { ${GET} n += 1; if (n === 2) clearInterval(id); }, 1);`,
  }),
  given(
    'minIterationDuration',
    "iterations: 2, minIterationDuration: '20ms'",
    'GET /a*2',
    'ok 2/2',
  ),
  given('rps', 'iterations: 3, rps: 100', 'GET /a*3', 'ok 3/3'),
  given(
    'batch and batchPerHost',
    'iterations: 1, batch: 2, batchPerHost: 1',
    'GET /a, GET /b',
    '',
    { run: "http.batch([B + '/a', B + '/b']);" },
  ),
  given('throw', 'iterations: 1, throw: true', '', '', {
    run: "http.get('http://127.0.0.1:1/');",
    exit: 107,
    says: 'refused',
  }),
  given('a sleep in a loop', 'iterations: 1', 'GET /a*2', '', {
    run: `for (let i = 0; i < 2; i++) { ${GET} sleep(Math.random() / 1000); }`,
  }),
];
