import { readOptions } from '../../../load/engine/plan/options.ts';
import { plannedMs, vusToPrepare } from '../../../load/engine/plan/plan.ts';

const read = (options: unknown) => readOptions(options, 'agent');
const scenario = (members: object) => ({ scenarios: { s: members } });

test.each([
  [{}, 'per-vu-iterations', 1, 1],
  [{ vus: 3, iterations: 9 }, 'shared-iterations', 3, 9],
  [{ vus: 3, duration: '2s' }, 'constant-vus', 3, null],
  [{ stages: [{ duration: '1s', target: 4 }] }, 'ramping-vus', 4, null],
])('the shorthand %j is %s', (options, executorName, vus, iterations) => {
  const [plan] = read(options).scenarios;
  expect(plan).toMatchObject({ name: 'default', exec: 'default', executorName });
  expect(plan?.executor).toMatchObject({ vus, iterations });
});

test('a scenario has k6 defaults', () => {
  const { scenarios, ...rest } = read(
    scenario({ executor: 'constant-arrival-rate', rate: 5, duration: '1m', preAllocatedVUs: 2 }),
  );
  expect(scenarios[0]).toMatchObject({
    startTimeMs: 0,
    gracefulStopMs: 30_000,
    exec: 'default',
    executor: { vus: 2, maxVus: 2, regularMs: 60_000 },
  });
  expect(scenarios[0]?.executor.target(0)).toBe(5);
  expect(rest).toMatchObject({
    setupTimeoutMs: 60_000,
    summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)'],
    http: { maxRedirects: 10, batch: 20, batchPerHost: 6, userAgent: 'agent' },
  });
});

test.each([
  [
    { linger: true },
    'linger of options is not supported by the embedded engine; run it with --engine k6',
  ],
  [{ noVUConnectionReuse: true }, 'noVUConnectionReuse of options is not supported'],
  [{ ext: { dialproof: { windows: 1 } } }, 'windows of ext.dialproof is not supported'],
  [
    scenario({ executor: 'externally-controlled' }),
    'executor of scenario "s" is "externally-contr',
  ],
  [scenario({ executor: 'constant-vus', duration: '1s', rate: 1 }), 'rate of scenario "s" is not'],
  [scenario({ executor: 'constant-vus' }), 'duration of scenario "s" is missing'],
  [scenario({ executor: 'constant-vus', duration: '0s' }), 'a duration above 0'],
  [scenario({ executor: 'constant-vus', duration: '1s', vus: 0 }), 'vus of scenario "s" is 0'],
  [scenario({ executor: 'constant-vus', duration: 'long' }), '"long": it must be a duration'],
  [scenario({ executor: 'shared-iterations', vus: 5, iterations: 4 }), 'fewer than its vus (5)'],
  [
    scenario({ executor: 'constant-arrival-rate', rate: 1, duration: '1s' }),
    'preAllocatedVUs of scenario "s" is missing',
  ],
  [
    scenario({
      executor: 'constant-arrival-rate',
      rate: 1,
      duration: '1s',
      preAllocatedVUs: 3,
      maxVUs: 2,
    }),
    'fewer than its preAllocatedVUs (3)',
  ],
  [scenario({ executor: 'ramping-vus', stages: [] }), 'stages of scenario "s"'],
  [
    scenario({ executor: 'ramping-vus', stages: [{ duration: '1s', target: 1, speed: 2 }] }),
    'speed of stages[0] of scenario "s" is not supported',
  ],
  [{ scenarios: {} }, 'scenarios of options is empty'],
  [{ scenarios: { 'a b': { executor: 'constant-vus', duration: '1s' } } }, 'scenario "a b"'],
  [{ vus: 2, ...scenario({ executor: 'constant-vus', duration: '1s' }) }, 'both scenarios and vus'],
  [{ summaryTimeUnit: 'h' }, 'summaryTimeUnit of options is "h"'],
  [{ stages: [{ duration: '1s', target: 1 }], duration: '1s' }, 'give only one of them'],
  [{ summaryTrendStats: ['p95'] }, 'summaryTrendStats has "p95"'],
  [{ discardResponseBodies: 'yes' }, 'discardResponseBodies of options is "yes"'],
])('refuses %j', (options, message) => {
  expect(() => read(options)).toThrow(message);
  expect(() => read(options)).toThrow(expect.objectContaining({ exitCode: 104 }));
});

test('the options as they hold have all of k6’s, and shorthands as a scenario too', () => {
  expect(read({ vus: 2, iterations: 4, rps: null }).consolidated).toMatchObject({
    vus: 2,
    iterations: 4,
    duration: null,
    rps: null,
    thresholds: null,
    scenarios: { default: { executor: 'shared-iterations', vus: 2, iterations: 4 } },
  });
  const scenarios = { s: { executor: 'constant-vus', duration: '1s' } };
  expect(read({ scenarios }).consolidated).toMatchObject({ vus: null, scenarios });
});

test('scenarios that do not overlap share their VUs', () => {
  const part = { executor: 'constant-vus', vus: 5, duration: '1s', gracefulStop: '1s' };
  const { scenarios } = read({
    scenarios: {
      first: part,
      together: { ...part, vus: 2 },
      later: { ...part, startTime: '2s', vus: 6 },
    },
  });
  expect(vusToPrepare(scenarios)).toBe(7);
  expect(plannedMs(scenarios)).toBe(3_000);
});

test('nobody knows beforehand when iterations are done', () => {
  expect(plannedMs(read({ iterations: 3 }).scenarios)).toBeNull();
});

describe('options of the environment', () => {
  const of = (options: unknown, environment: Record<string, string>) =>
    readOptions(options, 'agent', undefined, environment);
  const planOf = (options: unknown, environment: Record<string, string>) => {
    const [plan] = of(options, environment).scenarios;
    const { vus, iterations, regularMs } = plan?.executor ?? {};
    return [plan?.executorName, vus, iterations, regularMs];
  };
  const scripted = scenario({ executor: 'constant-vus', vus: 9, duration: '9s' });

  test.each([
    [
      'the script’s duration',
      { duration: '9s', vus: 4 },
      { K6_DURATION: '2s' },
      ['constant-vus', 4, null, 2_000],
    ],
    [
      'its scenarios',
      scripted,
      { K6_VUS: '3', K6_DURATION: '2s' },
      ['constant-vus', 3, null, 2_000],
    ],
    [
      'its scenarios by a count',
      scripted,
      { K6_ITERATIONS: '7' },
      ['shared-iterations', 1, 7, 600_000],
    ],
    [
      'its vus alone',
      { vus: 4, duration: '9s' },
      { K6_VUS: '2' },
      ['constant-vus', 2, null, 9_000],
    ],
    [
      'its iterations by stages',
      { vus: 4, iterations: 9 },
      { K6_STAGES: '1s:5,2s:0' },
      ['ramping-vus', 5, null, 3_000],
    ],
    [
      'nothing where they are empty',
      { vus: 4, duration: '9s' },
      { K6_VUS: '' },
      ['constant-vus', 4, null, 9_000],
    ],
  ])('replace %s', (_, options, environment, plan) => {
    expect(planOf(options, environment)).toEqual(plan);
  });

  test('have numbers, flags, lists and texts', () => {
    const { http, summaryTrendStats, rps, thresholds, systemTags } = of(
      { vus: 1, duration: '1s', userAgent: 'a script', thresholds: { checks: ['rate==1'] } },
      {
        K6_BATCH: '7',
        K6_USER_AGENT: 'me',
        K6_NO_CONNECTION_REUSE: 'true',
        K6_DISCARD_RESPONSE_BODIES: '0',
        K6_SUMMARY_TREND_STATS: 'avg, p(99)',
        K6_RPS: '50',
        K6_THROW: 'true',
        K6_NO_COOKIES_RESET: '1',
        K6_SYSTEM_TAGS: 'status, method',
        K6_BLOCK_HOSTNAMES: 'A.test,*.b.test',
        K6_WEB_DASHBOARD: 'true',
      },
    );
    expect(http).toMatchObject({
      batch: 7,
      userAgent: 'me',
      noConnectionReuse: true,
      discardResponseBodies: false,
      throws: true,
      noCookiesReset: true,
      blocked: { hostnames: ['a.test', '*.b.test'] },
    });
    expect([...systemTags]).toEqual(['status', 'method']);
    expect({ summaryTrendStats, rps }).toEqual({ summaryTrendStats: ['avg', 'p(99)'], rps: 50 });
    expect(thresholds.whole).toEqual({ checks: ['rate==1'] });
  });

  test.each([
    [{ K6_VUS: 'many' }, 'K6_VUS is "many": it must be a number'],
    [{ K6_NO_CONNECTION_REUSE: 'maybe' }, 'it must be true or false'],
    [{ K6_STAGES: '5s' }, 'K6_STAGES is "5s": it must be stages such as 5s:10,1m:20'],
    [{ K6_LINGER: 'true' }, 'linger of options is not supported'],
    [{ K6_NO_THRESHOLDS: 'true' }, 'noThresholds of options is not supported'],
  ])('%j is refused', (environment, message) => {
    expect(() => of(scripted, environment)).toThrow(message);
  });
});

test('names may be in any case, and the last one of two counts, as in k6', () => {
  const { http, scenarios, warnings } = read({
    discardResponseBodies: false,
    discardresponsebodies: true,
    scenarios: {
      s: { EXECUTOR: 'ramping-vus', startvus: 2, stages: [{ Duration: '1s', TARGET: 1 }] },
    },
  });
  expect(http.discardResponseBodies).toBe(true);
  expect(scenarios).toMatchObject([{ executorName: 'ramping-vus', executor: { vus: 2 } }]);
  expect(warnings).toEqual([]);
});

test('what k6 ignores is ignored with a warning', () => {
  const alone = read({ vus: 2 });
  expect(alone.scenarios).toMatchObject([
    { executorName: 'per-vu-iterations', executor: { vus: 1 } },
  ]);
  expect(alone.warnings).toEqual([expect.stringMatching(/^options has vus without iterations/)]);
  const misplaced = read({ executor: 'constant-vus', vus: 2, duration: '1s' });
  expect(misplaced.scenarios).toMatchObject([
    { executorName: 'constant-vus', executor: { vus: 2 } },
  ]);
  expect(misplaced.warnings).toEqual([
    'options has executor outside of scenarios: as in k6, it is ignored',
  ]);
});
