import { type Ran, run, useServer } from './support.ts';

const server = useServer();
let ran: Ran;
beforeAll(async () => {
  ran = await run('metrics', { env: { URL: server.url } });
});

const metric = (name: string) => ran.result.summary.metrics[name];

test('sub-metrics exist where a threshold names them, and take the samples with those tags', () => {
  expect(ran.result.scriptErrors).toEqual([]);
  expect(ran.result.thresholds).not.toEqual([]);
  expect(ran.result.thresholds.filter(({ ok }) => !ok)).toEqual([]);
  expect(ran.result.exitCode).toBe(0);
  const named = Object.keys(ran.result.summary.metrics).filter((name) => name.includes('{'));
  expect(named).toHaveLength(8);
});

test('the four types have k6 values', () => {
  const seconds = ran.result.durationMs / 1_000;
  expect(metric('own_counter')).toEqual({
    type: 'counter',
    contains: 'default',
    values: { count: 55, rate: 55 / seconds },
    thresholds: { 'count==55': { ok: true } },
  });
  expect(metric('own_gauge')).toMatchObject({ type: 'gauge', values: { min: 1, max: 10 } });
  expect(metric('own_rate')).toMatchObject({
    type: 'rate',
    values: { rate: 0.5, passes: 5, fails: 5 },
  });
  const trend = metric('own_trend');
  expect(trend).toMatchObject({ type: 'trend', contains: 'time' });
  expect(Object.keys(trend?.values ?? {})).toEqual(['avg', 'min', 'max', 'med', 'p(99)', 'count']);
  expect(trend?.values).toMatchObject({ avg: 5.5, min: 1, max: 10, 'p(99)': 10, count: 10 });
});

test('the built-in metrics count what was sent', () => {
  expect(metric('http_reqs')?.values.count).toBe(30);
  expect(metric('http_req_failed')?.values).toEqual({ rate: 0.5, passes: 10, fails: 10 });
  expect(metric('http_req_duration')?.values.count).toBe(30);
  expect(metric('http_req_duration{expected_response:true}')?.values.count).toBe(10);
  expect(metric('http_req_duration{status:404}')?.values.count).toBe(20);
  expect(metric('iterations')?.values.count).toBe(10);
  expect(metric('iteration_duration')?.values.count).toBe(10);
  expect(metric('vus_max')?.values.value).toBe(2);
  expect(metric('data_received')).toMatchObject({ type: 'counter', contains: 'data' });
  expect(metric('data_sent')?.values.count).toBeGreaterThan(30 * 50);
  expect(metric('data_received')?.values.count).toBeGreaterThan(30 * 50);
  for (const part of [
    'blocked',
    'connecting',
    'tls_handshaking',
    'sending',
    'waiting',
    'receiving',
  ]) {
    expect(metric(`http_req_${part}`)).toMatchObject({ contains: 'time', values: { count: 30 } });
  }
});

test('the summary is what k6 gives to handleSummary', () => {
  const { root_group, options, state, setup_data } = ran.result.summary;
  const check = (path: string, passes: number, fails: number) => ({
    name: path.split('::').at(-1),
    path,
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    passes,
    fails,
  });
  expect(root_group).toMatchObject({ name: '', path: '', id: 'd41d8cd98f00b204e9800998ecf8427e' });
  expect(root_group.checks).toEqual([check('::below six', 5, 5)]);
  const outer = root_group.groups.find(({ name }) => name === 'outer');
  expect(outer?.groups[0]).toMatchObject({ name: 'inner', path: '::outer::inner' });
  expect(outer?.groups[0]?.checks).toEqual([
    check('::outer::inner::always', 10, 0),
    check('::outer::inner::never', 0, 10),
  ]);
  expect(options).toEqual({
    summaryTrendStats: ['avg', 'min', 'max', 'med', 'p(99)', 'count'],
    summaryTimeUnit: '',
    noColor: false,
  });
  expect(state.testRunDurationMs).toBe(ran.result.durationMs);
  expect(setup_data).toEqual({ told: 'by setup' });
});

test('a failing check fails no run, but is in the rate', () => {
  expect(metric('checks')?.values).toMatchObject({ passes: 15, fails: 15 });
});

test('the generator tells how it fared', () => {
  const { validity } = ran.result;
  expect(validity.latenessP99Ms).toBeNull();
  expect(validity.cpu).toBeGreaterThan(0);
  expect(validity.eventLoopDelayP99Ms).toBeGreaterThanOrEqual(0);
  expect(validity.utilization).toBeGreaterThan(0);
  expect(validity.utilization).toBeLessThanOrEqual(1);
});

test('a threshold of options.ext.dialproof is judged for every window, beside those of the whole run', async () => {
  const { result } = await run(`import { Trend } from 'k6/metrics';
    import { sleep } from 'k6';
    const took = new Trend('took');
    export const options = {
      thresholds: { took: ['avg<100'] },
      ext: { loadimpact: {}, dialproof: { thresholds: { took: [{ threshold: 'avg<100', window: '1s' }] } } },
    };
    export default async function () {
      took.add(150);
      await sleep(1.6);
      for (let i = 0; i < 50; i += 1) took.add(1);
    }`);
  expect(result.thresholds).toMatchObject([
    { metric: 'took', expression: 'avg<100', ok: true },
    { metric: 'took', expression: 'avg<100 in every 1s', ok: false, value: 150 },
  ]);
  expect(result.exitCode).toBe(99);
});
