import fc from 'fast-check';
import { recordOf } from '../../../load/engine/metrics/records.ts';
import { MetricRegistry } from '../../../load/engine/metrics/registry.ts';
import { type MetricType, sinkOf } from '../../../load/engine/metrics/sinks.ts';
import { EXIT } from '../../../load/engine/read/refusal.ts';
import { equalSegment } from '../../../load/engine/read/segment.ts';
import { abortingThresholdOf, mergeOutcomes } from '../../../load/engine/result/merge.ts';
import type { InstanceOutcome } from '../../../load/engine/result/outcome.ts';
import { run, runInstance } from './support.ts';

const TYPES = ['counter', 'gauge', 'rate', 'trend'] as const satisfies MetricType[];
const TAG = [['kind', 'odd']] as const;

interface Sample {
  readonly type: MetricType;
  readonly value: number;
  readonly odd: boolean;
  readonly instance: number;
}

/** A registry that took these samples, as JSON. */
function recordsOf(samples: readonly Sample[]) {
  const registry = new MetricRegistry();
  for (const type of TYPES) registry.custom(`my_${type}`, type, 'default').subMetric(TAG);
  for (const { type, value, odd } of samples) {
    registry.get(`my_${type}`)?.add(value, { tags: {} }, { kind: odd ? 'odd' : 'even' });
  }
  return JSON.parse(JSON.stringify(registry.all().map(recordOf)));
}

const EMPTY: InstanceOutcome = {
  segment: equalSegment(0, 1),
  startedAt: 1_000,
  durationMs: 2_000,
  iterations: 0,
  droppedIterations: 0,
  metrics: [],
  groups: { name: '', path: '', id: '', groups: [], checks: [] },
  scriptErrors: [],
  failedAnswers: [],
  linesLost: false,
  warnings: [],
  lateness: { count: 0, sum: 0, min: null, max: null, buckets: [], negative: [] },
  eventLoopDelayP99Ms: 1,
  cpu: 0.5,
  utilization: 0.2,
  interrupted: false,
  abortion: null,
  failures: [],
  markedFailed: null,
  thresholds: {},
  windows: [],
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(99)', 'count'],
  summaryTimeUnit: '',
  setupData: null,
};

const samples = fc.array(
  fc.record({
    type: fc.constantFrom(...TYPES),
    // Of whole numbers the sum does not depend on the order.
    value: fc.integer({ min: -500, max: 5_000_000 }),
    odd: fc.boolean(),
    instance: fc.nat(3),
  }),
);

test('instances merged are one instance that took all samples', () => {
  fc.assert(
    fc.property(samples, (all) => {
      // Of gauges the last sample is the last instance's, as in the row of all.
      const row = [...all].sort((a, b) => a.instance - b.instance);
      const parts = [0, 1, 2, 3].map((i) => ({
        ...EMPTY,
        metrics: recordsOf(row.filter(({ instance }) => instance === i)),
      }));
      const { gauge: _, ...merged } = valuesOf(mergeOutcomes(parts));
      const { gauge: __, ...whole } = valuesOf(
        mergeOutcomes([{ ...EMPTY, metrics: recordsOf(row) }]),
      );
      expect(merged).toEqual(whole);
    }),
    { seed: 3 },
  );
});

function valuesOf({ summary }: ReturnType<typeof mergeOutcomes>) {
  const { my_gauge, ...metrics } = summary.metrics;
  return { ...metrics, gauge: my_gauge };
}

test('a gauge has the last value and the extremes of all; VUs are added', () => {
  const gauge = (name: string, value: number, at: number) => ({
    name,
    contains: 'default' as const,
    sink: { type: 'gauge' as const, samples: 2, value, min: value - 1, max: value + 1, at },
    subMetrics: [],
  });
  const part = (mine: number, at: number, vus: number) => ({
    ...EMPTY,
    metrics: [gauge('mine', mine, at), gauge('vus', vus, at)],
  });
  const { metrics } = mergeOutcomes([part(7, 10, 3), part(5, 30, 4), part(20, 20, 5)]).summary;
  expect(metrics.mine?.values).toEqual({ value: 5, min: 4, max: 21 });
  expect(metrics.vus?.values).toEqual({ value: 12, min: 9, max: 15 });
});

test('thresholds are judged on all samples, not part by part', () => {
  const thresholds = {
    whole: { my_trend: ['p(90)<100', 'max>=3'], my_counter: ['count>=10'] },
  };
  const part = (instance: number, ...values: number[]) => ({
    ...EMPTY,
    thresholds,
    metrics: recordsOf([
      ...values.map((value) => ({ type: 'trend' as const, value, odd: true, instance })),
      { type: 'counter' as const, value: 5, odd: true, instance },
    ]),
  });
  // 1 of 12 is slow; of the second instance alone it would be 1 of 2.
  const fast = part(0, ...Array.from({ length: 10 }, (_, i) => i + 3));
  const slow = part(1, 50, 900);
  const verdicts = (...parts: InstanceOutcome[]) =>
    mergeOutcomes(parts).thresholds.map(({ expression, ok }) => [expression, ok]);
  expect(verdicts(slow)).toContainEqual(['p(90)<100', false]);
  expect(verdicts(fast)).toContainEqual(['count>=10', false]);
  expect(mergeOutcomes([fast, slow])).toMatchObject({
    exitCode: EXIT.ok,
    thresholds: [{ ok: true }, { ok: true }, { ok: true, value: 10 }],
  });
});

test('a rate is of all samples in the time from the first start to the last end', () => {
  const part = (startedAt: number): InstanceOutcome => ({
    ...EMPTY,
    startedAt,
    thresholds: { whole: { my_counter: ['rate>=4', 'rate>4'] } },
    metrics: recordsOf([{ type: 'counter', value: 6, odd: true, instance: 0 }]),
  });
  // 12 in 3 seconds.
  expect(mergeOutcomes([part(2_000), part(1_000)]).thresholds).toMatchObject([
    { ok: true, value: 4 },
    { ok: false, value: 4 },
  ]);
});

test('an aborting threshold is judged on all samples and the time since the first start', () => {
  const thresholds = {
    whole: { my_rate: [{ threshold: 'rate<0.5', abortOnFail: true, delayAbortEval: '3s' }] },
  };
  const part = (values: number[], startedAt: number) => ({
    ...EMPTY,
    startedAt,
    thresholds,
    metrics: recordsOf(values.map((value) => ({ type: 'rate', value, odd: true, instance: 0 }))),
  });
  expect(abortingThresholdOf([part([1, 1], 0), part([0, 0, 0], 1_000)])).toBeUndefined();
  expect(abortingThresholdOf([part([1, 1], 0), part([0], 500)])).toBeUndefined();
  expect(abortingThresholdOf([part([1, 1], 0), part([0], 1_000)])).toMatchObject({
    metric: 'my_rate',
  });
});

test('a window is judged on the samples of all instances, an aborting one once it is over in all', () => {
  const thresholds = {
    windowed: { my_rate: [{ threshold: 'rate<=0.5', window: '1s', abortOnFail: true }] },
  };
  const part = (...windows: number[][]): InstanceOutcome => ({
    ...EMPTY,
    thresholds,
    metrics: recordsOf(
      windows.flat().map((value) => ({ type: 'rate' as const, value, odd: true, instance: 0 })),
    ),
    windows: [
      windows.map((values) => ({
        type: 'rate' as const,
        samples: values.length,
        passes: values.filter((value) => value !== 0).length,
      })),
    ],
  });
  expect(mergeOutcomes([part([0, 0], [1]), part([1], [0])]).thresholds).toMatchObject([
    { expression: 'rate<=0.5 in every 1s', ok: true, value: 0.5 },
  ]);
  expect(mergeOutcomes([part([0, 0], [1, 1]), part([0], [0])]).thresholds).toMatchObject([
    { ok: false, value: 2 / 3, samples: 6 },
  ]);
  // The second instance may yet have what keeps the second window.
  expect(abortingThresholdOf([part([0], [1, 1]), part([0])])).toBeUndefined();
  expect(abortingThresholdOf([part([0], [1, 1]), part([0], [0])])).toMatchObject({
    metric: 'my_rate',
  });
});

test('checks, groups, errors, lateness and the worst generator are merged', () => {
  const check = (passes: number, fails: number) => ({
    name: 'ok',
    path: '',
    id: '',
    passes,
    fails,
  });
  const group = (checks: ReturnType<typeof check>[]) => ({
    name: 'inner',
    path: '::inner',
    id: '',
    groups: [],
    checks,
  });
  const late = (value: number) => ({
    count: 1,
    sum: value,
    min: value,
    max: value,
    buckets: [[Math.round(value * 1_000), 1]] as const,
    negative: [],
  });
  const one: InstanceOutcome = {
    ...EMPTY,
    iterations: 3,
    droppedIterations: 1,
    groups: { ...EMPTY.groups, checks: [check(1, 0)], groups: [group([check(2, 1)])] },
    scriptErrors: [{ message: 'no', count: 2, where: 'a:1:1' }],
    failedAnswers: [{ status: 403, error: 'Forbidden', count: 2 }],
    lateness: late(0.02),
  };
  const other: InstanceOutcome = {
    ...one,
    startedAt: 1_500,
    eventLoopDelayP99Ms: 9,
    utilization: 0.7,
    scriptErrors: [
      { message: 'no', count: 3, where: 'a:1:1' },
      { message: 'x', count: 9, where: '' },
    ],
    lateness: late(0.09),
  };
  const merged = mergeOutcomes([one, other]);
  expect(merged).toMatchObject({
    iterations: 6,
    droppedIterations: 2,
    startedAt: 1_000,
    durationMs: 2_500,
    validity: { latenessP99Ms: 0.09, eventLoopDelayP99Ms: 9, cpu: 1, utilization: 0.7 },
    exitCode: EXIT.scriptException,
  });
  expect(merged.scriptErrors).toEqual([
    { message: 'x', count: 9, where: '' },
    { message: 'no', count: 5, where: 'a:1:1' },
  ]);
  expect(merged.failedAnswers).toEqual([{ status: 403, error: 'Forbidden', count: 4 }]);
  expect(merged.summary.root_group).toMatchObject({
    checks: [{ name: 'ok', passes: 2, fails: 0 }],
    groups: [{ name: 'inner', checks: [{ name: 'ok', passes: 4, fails: 2 }] }],
  });
});

test.each<[string, Partial<InstanceOutcome>, number, string | null]>([
  ['interrupted', { interrupted: true }, EXIT.interrupted, null],
  ['aborted', { abortion: { why: 'enough', exitCode: EXIT.aborted } }, EXIT.aborted, 'enough'],
  ['marked failed', { markedFailed: 'bad' }, EXIT.markedFailed, null],
  [
    'out of time in setup',
    { failures: [{ hook: 'setup', timedOut: true, why: 'setup(): slow' }] },
    EXIT.setupTimeout,
    'setup(): slow',
  ],
  [
    'out of time in teardown',
    { failures: [{ hook: 'teardown', timedOut: true, why: 'teardown(): slow' }] },
    EXIT.teardownTimeout,
    'teardown(): slow',
  ],
  [
    'failed in teardown',
    { failures: [{ hook: 'teardown', timedOut: false, why: 'teardown(): no' }] },
    EXIT.scriptException,
    'teardown(): no',
  ],
])('one instance %s: so is the run', (_, change, exitCode, aborted) => {
  expect(mergeOutcomes([EMPTY, { ...EMPTY, ...change }])).toMatchObject({ exitCode, aborted });
});

test.each(TYPES.flatMap((own) => TYPES.filter((type) => type !== own).map((type) => [own, type])))(
  'a %s takes nothing of a %s',
  (own, other) => {
    expect(() => sinkOf(own as MetricType).take(sinkOf(other as MetricType).toRecord())).toThrow(
      `a ${own} cannot take what a ${other} has`,
    );
  },
);

test('instances of different scripts are not merged', () => {
  const parts = (['counter', 'rate'] as const).map((type) => {
    const registry = new MetricRegistry();
    registry.custom('mine', type, 'default');
    return { ...EMPTY, metrics: registry.all().map(recordOf) };
  });
  expect(() => mergeOutcomes(parts)).toThrow(
    "metric 'mine' is a counter in one instance and a rate in another",
  );
});

describe('N instances of a script do what one does', () => {
  const scenarios = {
    'shared-iterations': [{ vus: 3, iterations: 11 }, 11],
    'per-vu-iterations': [{ vus: 3, iterations: 4 }, 12],
    // A VU for each arrival, so that a machine that stalls drops none.
    'constant-arrival-rate': [{ rate: 100, duration: '200ms', preAllocatedVUs: 40 }, 20],
  } as const;

  it.each(Object.entries(scenarios))('%s', async (executor, [members, started]) => {
    const env = { SCENARIO: JSON.stringify({ executor, ...members }) };
    const alone = await run('executor', { env });
    const parts = await Promise.all(
      [0, 1].map((i) => runInstance('executor', { env, segment: equalSegment(i, 2) })),
    );
    const merged = mergeOutcomes(parts.map(({ outcome }) => outcome));
    const { result } = alone;
    expect(merged).toMatchObject({ iterations: started, droppedIterations: 0 });
    expect(result).toMatchObject({ iterations: started, droppedIterations: 0 });
    const lines = parts.flatMap((part) => part.lines) as { inTest: number; vu: number }[];
    expect(lines).toHaveLength(merged.iterations);
    const numbers = lines.map(({ inTest }) => inTest);
    expect([...numbers].sort((a, b) => a - b)).toEqual(numbers.map((_, i) => i));
    const vusOf = (part: (typeof parts)[number]) =>
      new Set((part.lines as { vu: number }[]).map(({ vu }) => vu));
    const [one = new Set(), other = new Set()] = parts.map(vusOf);
    expect([one.size, other.size]).not.toContain(0);
    expect([...one].filter((vu) => other.has(vu))).toEqual([]);
    expect(merged.summary.metrics.vus_max?.values.value).toBe(
      result.summary.metrics.vus_max?.values.value,
    );
  });
});

test('handleSummary is refused where a run is divided', async () => {
  const script = 'export default function () {}\nexport function handleSummary() { return {}; }';
  await expect(runInstance(script, { segment: equalSegment(0, 2) })).rejects.toThrow(
    'leave it out where a run is divided',
  );
});
