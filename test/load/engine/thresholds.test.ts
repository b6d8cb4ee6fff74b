import { MetricRegistry } from '../../../load/engine/metrics/registry.ts';
import {
  abortingThreshold,
  judge,
  readThresholds,
} from '../../../load/engine/metrics/thresholds.ts';

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
  const [threshold] = readThresholds({ whole: { [name]: [expression] } }, registry);
  for (const sample of samples) registry.get(name)?.add(sample, { tags: {} });
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
  expect(verdictOf('a_trend', 'med>1.98', [1, 2, 3])).toMatchObject({ ok: true });
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect(verdictOf('a_trend', 'med<50.5', hundred)).toMatchObject({ ok: true });
  expect(verdictOf('a_trend', 'p(99.9)>2.9', [1, 2, 3])).toMatchObject({ ok: true });
});

test.each([
  ['a_trend', 'p(95)<1000'],
  ['a_trend', 'max>0'],
  ['a_rate', 'rate>=0.1'],
  ['a_rate', 'rate==0'],
  ['a_gauge', 'value<=0'],
])('%s %s fails without samples, for it has shown nothing', (name, expression) => {
  expect(verdictOf(name, expression, [])).toMatchObject({ ok: false, value: null, samples: 0 });
});

// Scripts write such a threshold to see a sub-metric in the summary.
test.each([
  ['a_trend', 'max>=0'],
  ['a_rate', 'rate>-1'],
  ['a_gauge', 'value>=0'],
])('%s %s, which every value keeps, holds without samples', (name, expression) => {
  expect(verdictOf(name, expression, [])).toMatchObject({ ok: true, value: null, samples: 0 });
});

test('a counter without samples is a count of 0', () => {
  expect(verdictOf('a_counter', 'count<1', [])).toMatchObject({ ok: true, value: 0 });
  expect(verdictOf('a_counter', 'count>0', [])).toMatchObject({ ok: false, value: 0 });
});

test('a sub-metric takes the samples that bear all its tags', () => {
  const registry = registryWith();
  const whole = {
    'a_counter{kind:first,of:all}': ['count==1'],
    "a_counter{kind:'first'}": ['count==3'],
  };
  const [both, one] = readThresholds({ whole }, registry);
  const metric = registry.get('a_counter');
  metric?.add(1, { tags: { of: 'all' } }, { kind: 'first' });
  metric?.add(2, { tags: {} }, { kind: 'first' });
  metric?.add(4, { tags: { kind: 'first' } }, { kind: 'second' });
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
  expect(() => readThresholds({ whole: thresholds }, registryWith())).toThrow(message);
});

test('an aborting threshold waits for its delay and for samples', () => {
  const registry = registryWith();
  const whole = { a_rate: [{ threshold: 'rate==0', abortOnFail: true, delayAbortEval: '1s' }] };
  const thresholds = readThresholds({ whole }, registry);
  expect(abortingThreshold(thresholds, 5_000)).toBeUndefined();
  registry.get('a_rate')?.add(1, { tags: {} });
  expect(abortingThreshold(thresholds, 999)).toBeUndefined();
  expect(abortingThreshold(thresholds, 1_000)).toBe(thresholds[0]);
});

describe('a threshold that holds for every window', () => {
  const open = (name: string, threshold: string, more = {}) => {
    const registry = registryWith();
    const windowed = { [name]: [{ threshold, window: '2s', ...more }] };
    const [one] = readThresholds({ windowed }, registry);
    if (!one?.windows) throw new Error('no windowed threshold was read');
    const { windows, sink } = one;
    return {
      one,
      add: (...values: number[]) => {
        for (const value of values) registry.get(name)?.add(value, { tags: {} });
      },
      at: (elapsedMs: number) => windows.advance(elapsedMs, sink),
      end: (elapsedMs: number) => windows.end(elapsedMs, sink),
    };
  };

  test('fails for one bad stretch that the whole run hides, and tells its value', () => {
    const { one, add, at, end } = open('a_trend', 'p(95)<100');
    add(...Array.from({ length: 50 }, () => 10));
    at(2_400);
    add(10, 500);
    at(4_100);
    add(...Array.from({ length: 50 }, () => 10));
    end(6_000);
    expect(one.sink.aggregate('p(95)', 6)).toBeLessThan(100);
    const { ok, value, samples, expression } = judge(one, 6);
    expect({ ok, samples, expression }).toEqual({
      ok: false,
      samples: 102,
      expression: 'p(95)<100 in every 2s',
    });
    expect(value).toBeCloseTo(500, -1);
  });

  test('has the rate of its own seconds, and counts a stretch without samples as 0', () => {
    const { one, add, at } = open('a_counter', 'rate>=5');
    add(10);
    at(2_000);
    expect(judge(one, 2)).toMatchObject({ ok: true, value: 5 });
    at(4_000);
    expect(judge(one, 4)).toMatchObject({ ok: false, value: 0 });
  });

  test('passes over a window without samples, and fails where none has any', () => {
    const { one, add, at } = open('a_rate', 'rate==0');
    at(4_000);
    expect(judge(one, 4)).toMatchObject({ ok: false, value: null });
    add(0);
    at(6_000);
    expect(judge(one, 6)).toMatchObject({ ok: true, value: 0 });
  });

  test('leaves out what is left at the end, unless there is nothing else', () => {
    const long = open('a_counter', 'count>=2');
    long.add(2);
    long.at(2_000);
    long.add(1);
    long.end(3_000);
    expect(judge(long.one, 3)).toMatchObject({ ok: true, value: 2 });
    const short = open('a_counter', 'count>=2');
    short.add(1);
    short.end(1_000);
    expect(judge(short.one, 1)).toMatchObject({ ok: false, value: 1 });
    const rate = open('a_counter', 'rate>=3');
    rate.add(3);
    rate.end(1_000);
    expect(judge(rate.one, 1)).toMatchObject({ ok: true, value: 3 });
  });

  test.each([
    ['count>=3', [4, 9], true, 4],
    ['count>=3', [2, 9], false, 2],
    ['count>=3', [2, 1], false, 1],
    ['count<=5', [1, 4], true, 4],
    ['count<=5', [9, 7], false, 9],
  ])(
    '%s of windows with %p shows the one that is nearest to breaking it, or furthest beyond',
    (expression, counts, ok, value) => {
      const { one, add, at, end } = open('a_counter', expression);
      for (const [i, count] of counts.entries()) {
        add(count);
        at((i + 1) * 2_000);
      }
      end(4_000);
      expect(judge(one, 4)).toMatchObject({ ok, value });
    },
  );

  test('ends the run at the first bad window', () => {
    const { one, add, at } = open('a_rate', 'rate==0', { abortOnFail: true });
    add(1);
    expect(abortingThreshold([one], 1_900)).toBeUndefined();
    at(2_000);
    expect(abortingThreshold([one], 2_000)).toBe(one);
  });

  test.each([
    [undefined, 'missing'],
    ['0.5s', '"0.5s"'],
    ['soon', '"soon"'],
  ])('refuses %p as its length', (window, told) => {
    const windowed = { a_rate: [{ threshold: 'rate==0', window }] };
    expect(() => readThresholds({ windowed }, registryWith())).toThrow(
      `window is ${told}: it must be a duration of at least 1s`,
    );
  });

  test('is no member of the thresholds that k6 reads', () => {
    const whole = { a_rate: [{ threshold: 'rate==0', window: '2s' }] };
    expect(() => readThresholds({ whole }, registryWith())).toThrow('unknown member window');
  });
});
