import { plannedMs, readOptions, vusToPrepare } from '../../load/engine/options.ts';

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
  [{ minIterationDuration: '1s' }, 'minIterationDuration of options is not supported'],
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
  [{ vus: 2 }, 'options has vus alone'],
  [{ stages: [{ duration: '1s', target: 1 }], duration: '1s' }, 'keep one of them'],
  [{ summaryTrendStats: ['p95'] }, 'summaryTrendStats has "p95"'],
  [{ discardResponseBodies: 'yes' }, 'discardResponseBodies of options is "yes"'],
])('refuses %j', (options, message) => {
  expect(() => read(options)).toThrow(message);
  expect(() => read(options)).toThrow(expect.objectContaining({ exitCode: 104 }));
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
