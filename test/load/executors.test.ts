import type { Scenario } from 'k6/options';
import { fullJitterMs } from '../../load/lib/backoff.ts';
import {
  arrivals,
  plannedIterations,
  risingArrivals,
  sharedIterations,
} from '../../load/lib/executors.ts';

describe('the iterations that a k6 scenario plans', () => {
  it.each<[string, Scenario, number]>([
    ['shared', sharedIterations({ vus: 5, iterations: 12 }), 12],
    ['per VU', { executor: 'per-vu-iterations', vus: 3, iterations: 4 }, 12],
    ['at a rate', arrivals({ vus: 1, rate: 7, seconds: 3 }), 21],
    ['at a rising rate', risingArrivals({ vus: 1, rate: 10, peak: 30, seconds: 5 }), 100],
    [
      'in other units',
      {
        executor: 'constant-arrival-rate',
        rate: 90,
        timeUnit: '1m',
        duration: '1m30s',
        preAllocatedVUs: 1,
      },
      135,
    ],
  ])('%s', (_, scenario, planned) => {
    expect(plannedIterations('x', scenario)).toBe(planned);
  });

  it('are refused where the executor plans none', () => {
    const scenario: Scenario = { executor: 'constant-vus', vus: 1, duration: '1s' };
    expect(() => plannedIterations('mine', scenario)).toThrow(
      'scenario "mine": constant-vus plans no number of iterations',
    );
  });

  it('give no more VUs than iterations', () => {
    expect(sharedIterations({ vus: 5, iterations: 2 })).toMatchObject({ vus: 2 });
  });
});

test('full jitter doubles its ceiling with each failure, up to the cap', () => {
  const waits = { baseMs: 100, capMs: 1_000 };
  expect([1, 2, 3, 4, 5, 6].map((failed) => fullJitterMs(waits, failed, 0.5))).toEqual([
    50, 100, 200, 400, 500, 500,
  ]);
  expect(fullJitterMs(waits, 3, 0)).toBe(0);
});
