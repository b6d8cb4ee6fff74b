import { loadProgress, progressOf } from '../../cli/terminal/load-progress.ts';

const told = { elapsedMs: 10_000, iterations: 90, requests: 100 };

test('all that an engine tells is in one line', () => {
  const now = {
    ...told,
    ...{
      plannedMs: 200_000,
      failed: 3,
      vus: 20,
      target: { value: 12.4, unit: 'iterations/s' as const },
      p95Ms: 8.25,
    },
  };
  const before = { ...told, elapsedMs: 8_000, requests: 80 };
  expect(loadProgress('soak', now, before)).toBe(
    'soak 10 s, 3 min 10 s left | 3 failed | p95 8.3 ms | 20 VUs | 10/s, 100 requests | 90 iterations (aim now 12 iterations/s)',
  );
});

test('what matters most is in the first 80 columns', () => {
  const now = {
    elapsedMs: 3_599_000,
    plannedMs: 7_200_000,
    iterations: 1_234_567,
    requests: 2_345_678,
    failed: 1_234,
    vus: 1_000,
    p95Ms: 1_234,
  };
  const line = loadProgress('unreliable', now, null).slice(0, 79);
  expect(line).toContain('1234 failed | p95 1234 ms | 1000 VUs');
});

test('what an engine does not tell is left out', () => {
  expect(loadProgress('smoke', told, null)).toBe('smoke 10 s | 10/s, 100 requests | 90 iterations');
  expect(loadProgress('smoke', { ...told, plannedMs: null, p95Ms: null, failed: 0 }, null)).toBe(
    'smoke 10 s | 10/s, 100 requests | 90 iterations',
  );
  expect(loadProgress('smoke', { elapsedMs: 0, iterations: 0, requests: 0 }, null)).toBe(
    'smoke 0 s | 0 requests | 0 iterations',
  );
});

test('the rate is that of the last while, also where things are told often', () => {
  const line = progressOf('spike');
  line({ elapsedMs: 1_000, iterations: 10, requests: 10 });
  line({ elapsedMs: 1_100, iterations: 20, requests: 20 });
  expect(line({ elapsedMs: 1_500, iterations: 60, requests: 60 })).toContain('100/s, 60 requests');
});
