import { MetricRegistry } from '../../load/engine/metrics/registry.ts';
import { abortingThreshold, judge, readThresholds } from '../../load/engine/metrics/thresholds.ts';

function registryWith(): MetricRegistry {
  const registry = new MetricRegistry();
  registry.custom('a_counter', 'counter', 'default');
  registry.custom('a_gauge', 'gauge', 'default');
  registry.custom('a_rate', 'rate', 'default');
  registry.custom('a_trend', 'trend', 'time');
  return registry;
}

function verdictOf(name: string, expression: string, samples: readonly number[], seconds = 2) {
  const registry = registryWith();
  const [threshold] = readThresholds({ [name]: [expression] }, registry);
  for (const sample of samples) registry.get(name)?.add(sample, {});
  if (!threshold) throw new Error('no threshold was read');
  return judge(threshold, seconds);
}

test.each([
  ['a_counter', 'count>=3', [1, 2], true, 3],
  ['a_counter', 'count<3', [1, 2], false, 3],
  ['a_counter', 'rate==1.5', [1, 2], true, 1.5],
  ['a_gauge', 'value===7', [9, 7], true, 7],
  ['a_rate', 'rate>0.7', [1, 1, 1, 0], true, 0.75],
  ['a_rate', 'rate!=0.75', [1, 1, 1, 0], false, 0.75],
  ['a_trend', 'avg<=2', [1, 2, 3], true, 2],
  ['a_trend', 'min==1', [1, 2, 3], true, 1],
  ['a_trend', 'max < 3', [1, 2, 3], false, 3],
  ['a_trend', 'p(100)==3', [1, 2, 3], true, 3],
])('%s %s of %p: %p', (name, expression, samples, ok, value) => {
  expect(verdictOf(name, expression, samples)).toMatchObject({
    ok,
    value,
    samples: samples.length,
    expression,
  });
});

test('med and p(N) come from the histogram', () => {
  expect(verdictOf('a_trend', 'med<2.02', [1, 2, 3])).toMatchObject({ ok: true });
  expect(verdictOf('a_trend', 'p(99.9)>2.9', [1, 2, 3])).toMatchObject({ ok: true });
});

test.each([
  ['a_trend', 'p(95)<1000'],
  ['a_trend', 'max>=0'],
  ['a_rate', 'rate>=0'],
  ['a_gauge', 'value>=0'],
])('%s %s fails without samples, for it has shown nothing', (name, expression) => {
  expect(verdictOf(name, expression, [])).toMatchObject({ ok: false, value: null, samples: 0 });
});

test('a counter without samples is a count of 0', () => {
  expect(verdictOf('a_counter', 'count<1', [])).toMatchObject({ ok: true, value: 0 });
  expect(verdictOf('a_counter', 'count>0', [])).toMatchObject({ ok: false, value: 0 });
});

test('a sub-metric takes the samples that bear all its tags', () => {
  const registry = registryWith();
  const [both, one] = readThresholds(
    { 'a_counter{kind:first,of:all}': ['count==1'], "a_counter{kind:'first'}": ['count==3'] },
    registry,
  );
  const metric = registry.get('a_counter');
  metric?.add(1, { of: 'all' }, { kind: 'first' });
  metric?.add(2, {}, { kind: 'first' });
  metric?.add(4, { kind: 'first' }, { kind: 'second' });
  expect(both && judge(both, 1)).toMatchObject({ ok: true, value: 1 });
  expect(one && judge(one, 1)).toMatchObject({ ok: true, value: 3 });
});

test.each([
  [{ unknown_metric: ['count>0'] }, 'no metric unknown_metric is registered'],
  [{ a_trend: ['p(95)'] }, 'is not an expression'],
  [{ a_trend: ['p(101)<1'] }, 'a trend has avg, min, max, med, p(N), not p(101)'],
  [{ a_counter: ['avg<1'] }, 'a counter has count, rate, not avg'],
  [{ a_trend: 'p(95)<1' }, 'must be an array'],
  [{ a_trend: [{ threshold: 'max<1', abortOnFale: true }] }, 'unknown member abortOnFale'],
  [{ a_trend: [{ threshold: 'max<1', delayAbortEval: 'soon' }] }, 'delayAbortEval'],
  [{ 'a_trend{tag}': ['max<1'] }, 'tag is not tag:value'],
  [{ 'data_sent{scenario:x}': ['count<1'] }, 'bear no tags here'],
])('refuses %j', (thresholds, message) => {
  expect(() => readThresholds(thresholds, registryWith())).toThrow(message);
});

test('an aborting threshold waits for its delay and for samples', () => {
  const registry = registryWith();
  const thresholds = readThresholds(
    { a_rate: [{ threshold: 'rate==0', abortOnFail: true, delayAbortEval: '1s' }] },
    registry,
  );
  expect(abortingThreshold(thresholds, 5_000)).toBeUndefined();
  registry.get('a_rate')?.add(1, {});
  expect(abortingThreshold(thresholds, 999)).toBeUndefined();
  expect(abortingThreshold(thresholds, 1_000)).toBe(thresholds[0]);
});
