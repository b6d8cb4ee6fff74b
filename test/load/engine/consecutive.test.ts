/** Scenarios one after the other: each has the VUs that the one before has let go. */

import type { Run } from '../../../load/engine/vu/run.ts';
import type { Vu } from '../../../load/engine/vu/vu.ts';
import { VuPool } from '../../../load/engine/vu-pool.ts';
import { run } from './support.ts';

const NEXT = {
  'constant-vus': { vus: 5, duration: '200ms' },
  'per-vu-iterations': { vus: 5, iterations: 2 },
  'shared-iterations': { vus: 5, iterations: 10 },
  'ramping-vus': { startVUs: 5, stages: [{ duration: '200ms', target: 5 }] },
  'constant-arrival-rate': { rate: 10, duration: '500ms', preAllocatedVUs: 5 },
  'ramping-arrival-rate': {
    startRate: 10,
    preAllocatedVUs: 5,
    stages: [{ duration: '500ms', target: 10 }],
  },
};

const SCRIPT = `import { sleep } from 'k6';
import exec from 'k6/execution';
export const options = { scenarios: JSON.parse(__ENV.SCENARIOS) };
export function first() {
  if (__ENV.BUSY) for (const end = Date.now() + Number(__ENV.BUSY); Date.now() < end; );
  else sleep(Number(__ENV.SLEEP));
}
export function next() { console.log(JSON.stringify(exec.scenario.name)); sleep(0.01); }`;

async function runBoth(
  executor: keyof typeof NEXT,
  { gracefulStop = '0s', startTime = '100ms', ...env }: Record<string, string> = {},
) {
  const scenarios = {
    first: { executor: 'constant-vus', vus: 5, duration: '100ms', gracefulStop, exec: 'first' },
    next: { executor, startTime, exec: 'next', ...NEXT[executor] },
  };
  const { result, lines } = await run(SCRIPT, {
    env: { SCENARIOS: JSON.stringify(scenarios), SLEEP: '0.03', ...env },
  });
  expect(result).toMatchObject({ exitCode: 0, scriptErrors: [], droppedIterations: 0 });
  expect(lines.length).toBeGreaterThanOrEqual(5);
  return result;
}

const EXECUTORS = Object.keys(NEXT) as (keyof typeof NEXT)[];

describe.each(EXECUTORS)('%s', (executor) => {
  test('starts as the one before ends', async () => {
    const { summary } = await runBoth(executor);
    expect(summary.metrics.vus_max?.values.max).toBe(5);
  });

  test('starts as the one before is cut', async () => {
    await runBoth(executor, { gracefulStop: '50ms', startTime: '150ms', SLEEP: '3' });
  });

  test('starts beside the one before, whose iterations have time to end', async () => {
    const { summary } = await runBoth(executor, { gracefulStop: '5s', SLEEP: '0.3' });
    expect(summary.metrics.vus_max?.values.max).toBe(10);
  });

  test('waits for VUs that are not free when they should be', async () => {
    await runBoth(executor, { BUSY: '150' });
  });
});

test('stages of a load, with ever more VUs', async () => {
  const stage = (vus: number, startTime: string) => ({
    executor: 'constant-vus',
    ...{ vus, startTime, duration: '100ms', gracefulStop: '0s', exec: 'next' },
  });
  const scenarios = { a: stage(1, '0s'), b: stage(2, '100ms'), c: stage(3, '200ms') };
  const { result, lines } = await run(SCRIPT, { env: { SCENARIOS: JSON.stringify(scenarios) } });
  expect(result).toMatchObject({ exitCode: 0, scriptErrors: [] });
  expect(new Set(lines)).toEqual(new Set(['a', 'b', 'c']));
});

test('a scenario that waits for VUs when the run is interrupted does not begin', async () => {
  const interruption = new AbortController();
  const scenarios = {
    first: { executor: 'constant-vus', vus: 1, duration: '10m', gracefulStop: '0s', exec: 'first' },
    next: { executor: 'per-vu-iterations', startTime: '9m', exec: 'next' },
  };
  const { result, lines } = await run(SCRIPT, {
    env: { SCENARIOS: JSON.stringify(scenarios), SLEEP: '0.01' },
    signal: interruption.signal,
    onProgress: () => interruption.abort(),
  });
  expect(result).toMatchObject({ exitCode: 105, scriptErrors: [] });
  expect(lines).toEqual([]);
});

describe('the pool', () => {
  const vus = (count: number) => Array.from({ length: count }, () => ({}) as Vu);
  const settled = (promise: Promise<unknown>) =>
    Promise.race([promise, new Promise((resolve) => setImmediate(resolve, 'waits'))]);

  test('serves who asked first, and gives up for who was interrupted', async () => {
    const pool = new VuPool({} as Run);
    const first = new AbortController();
    const going = new AbortController().signal;
    const [three, one, none] = [
      pool.take(3, first.signal),
      pool.take(1, going),
      pool.take(1, AbortSignal.abort()),
    ];
    expect(await none).toBeNull();
    pool.giveBack(vus(2));
    expect(await Promise.all([settled(three), settled(one)])).toEqual(['waits', 'waits']);
    first.abort();
    expect(await three).toBeNull();
    expect(await one).toHaveLength(1);
    expect(await pool.take(1, going)).toHaveLength(1);
    expect(await pool.take(0, going)).toEqual([]);
  });
});
