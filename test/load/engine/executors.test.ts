import { type Lines, run } from './support.ts';

interface Line {
  vu: number;
  iter: number;
  inScenario: number;
  inTest: number;
}

async function runScenario(scenario: object, env: Record<string, string> = {}) {
  const { result, lines } = await run('executor', {
    env: { SCENARIO: JSON.stringify(scenario), ...env },
  });
  return { result, lines: lines as Line[] };
}

/** 0, 1, 2, ... without gap or repeat, and at least the 0. */
function expectGapless(lines: Lines): void {
  expect(lines).not.toEqual([]);
  const numbers = (lines as Line[]).map(({ inTest }) => inTest).sort((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, i) => i));
}

function perVu(lines: readonly Line[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { vu } of lines) counts[vu] = (counts[vu] ?? 0) + 1;
  return counts;
}

test('shared-iterations: exactly that many, whoever is free', async () => {
  const { result, lines } = await runScenario({
    executor: 'shared-iterations',
    vus: 3,
    iterations: 10,
  });
  expect(result).toMatchObject({ iterations: 10, droppedIterations: 0, exitCode: 0 });
  expect(lines).toHaveLength(10);
  expectGapless(lines);
});

test('per-vu-iterations: that many for each VU', async () => {
  const { result, lines } = await runScenario({
    executor: 'per-vu-iterations',
    vus: 3,
    iterations: 4,
  });
  expect(result.iterations).toBe(12);
  expect(perVu(lines)).toEqual({ 1: 4, 2: 4, 3: 4 });
  expectGapless(lines);
  const first = lines.filter(({ vu }) => vu === 1);
  expect(first.map(({ iter }) => iter)).toEqual([0, 1, 2, 3]);
  expect(first.map(({ inScenario }) => inScenario)).toEqual([0, 1, 2, 3]);
});

test('iterations that maxDuration leaves over are counted as dropped', async () => {
  const { result } = await runScenario(
    { executor: 'per-vu-iterations', vus: 2, iterations: 50, maxDuration: '150ms' },
    { SLEEP: '0.05' },
  );
  expect(result.iterations).toBeGreaterThan(0);
  expect(result.iterations + result.droppedIterations).toBe(100);
  expect(result.droppedIterations).toBeGreaterThan(0);
});

test('constant-vus: all of them, for the time given', async () => {
  const { result, lines } = await runScenario(
    { executor: 'constant-vus', vus: 4, duration: '200ms' },
    { SLEEP: '0.02' },
  );
  expect(Object.keys(perVu(lines))).toHaveLength(4);
  expect(result.durationMs).toBeGreaterThanOrEqual(199);
  expect(result.summary.metrics.vus_max?.values.value).toBe(4);
  expectGapless(lines);
});

test('iterations without anything to wait for share the loop with other VUs', async () => {
  const { lines } = await runScenario({ executor: 'constant-vus', vus: 2, duration: '100ms' });
  expect(Object.keys(perVu(lines))).toHaveLength(2);
});

test('ramping-vus: up to the highest target, and down again', async () => {
  const { result, lines } = await runScenario(
    {
      executor: 'ramping-vus',
      startVUs: 0,
      stages: [
        { duration: '200ms', target: 3 },
        // Time for the last VU on a machine that stalls.
        { duration: '1s', target: 3 },
        { duration: '200ms', target: 0 },
      ],
    },
    { SLEEP: '0.01' },
  );
  expect(Object.keys(perVu(lines))).toHaveLength(3);
  expect(result.exitCode).toBe(0);
  expectGapless(lines);
});

test('ramping-vus: a VU that comes back goes on counting where it was', async () => {
  const { lines } = await run(`import { sleep } from 'k6';
    import exec from 'k6/execution';
    export const options = { scenarios: { s: {
      executor: 'ramping-vus', startVUs: 1, stages: [
        { duration: '300ms', target: 0 },
        { duration: '100ms', target: 1 },
        { duration: '10m', target: 1 } ] } } };
    export default function () {
      console.log(JSON.stringify([exec.vu.iterationInScenario, exec.instance.currentTestRunDuration]));
      if (exec.instance.currentTestRunDuration >= 399) exec.test.abort('it is back');
      sleep(0.02);
    }`);
  const numbers = (lines as [number, number][]).map(([number]) => number);
  expect(numbers).toEqual(numbers.map((_, i) => i));
  // The VU goes after 300 ms and comes back after 400; a timer may be up to 1 ms early.
  const starts = (lines as [number, number][]).map(([, at]) => at);
  expect(starts.at(0)).toBeLessThan(300);
  expect(starts.at(-1)).toBeGreaterThanOrEqual(399);
});

test('ramping-vus: gracefulRampDown cuts the iterations of VUs that must go', async () => {
  const { result, lines } = await runScenario(
    {
      executor: 'ramping-vus',
      startVUs: 2,
      stages: [
        { duration: '0s', target: 0 },
        { duration: '200ms', target: 0 },
      ],
      gracefulRampDown: '20ms',
    },
    { SLEEP: '60' },
  );
  expect(lines).toHaveLength(2);
  expect(result.iterations).toBe(0);
  expect(result.durationMs).toBeLessThan(20_000);
});

// A VU for each arrival, so that a machine that stalls drops none.
test('constant-arrival-rate: every arrival starts', async () => {
  const { result, lines } = await runScenario({
    executor: 'constant-arrival-rate',
    rate: 100,
    duration: '300ms',
    preAllocatedVUs: 30,
  });
  expect(result).toMatchObject({ iterations: 30, droppedIterations: 0 });
  expect(result.validity.latenessP99Ms).not.toBeNull();
  expectGapless(lines);
});

test.each([
  ['goes on: they are started late', '', 3, 0],
  ['is ending: they are dropped', "exec.test.abort('enough');", 0, 2],
])(
  'constant-arrival-rate: arrivals that are found due only after the end, where the run %s',
  async (_, then, iterations, dropped) => {
    const { result } = await run(`import exec from 'k6/execution';
    export const options = { scenarios: { s: {
      executor: 'constant-arrival-rate', rate: 10, duration: '300ms', preAllocatedVUs: 3 } } };
    export default function () {
      if (exec.scenario.iterationInTest > 0) return;
      // Busy past the end; two more are due after 100 and 200 ms.
      for (const until = Date.now() + 400; Date.now() < until; );
      ${then}
    }`);
    expect(result).toMatchObject({ iterations, droppedIterations: dropped });
  },
);

test('constant-arrival-rate: without a free VU arrivals are dropped, and counted', async () => {
  const { result, lines } = await runScenario(
    {
      executor: 'constant-arrival-rate',
      rate: 100,
      duration: '300ms',
      gracefulStop: '0s',
      preAllocatedVUs: 2,
    },
    { SLEEP: '60' },
  );
  expect(lines).toHaveLength(2);
  expect(result.droppedIterations).toBe(28);
  expect(result.summary.metrics.dropped_iterations?.values.count).toBe(28);
});

test('constant-arrival-rate: VUs are added up to maxVUs', async () => {
  const { result, lines } = await run(`import { sleep } from 'k6';
    import exec from 'k6/execution';
    export const options = { scenarios: { s: {
      executor: 'constant-arrival-rate', rate: 100, duration: '10m', gracefulStop: '0s',
      preAllocatedVUs: 1, maxVUs: 3 } } };
    export default function () {
      console.log(exec.vu.idInTest);
      if (exec.scenario.iterationInTest < 2) sleep(600);
      // Many more are due before it ends.
      sleep(0.3);
      exec.test.abort('enough');
    }`);
  expect(lines.sort()).toEqual([1, 2, 3]);
  expect(result.droppedIterations).toBeGreaterThan(0);
});

test('ramping-arrival-rate: as many as the area under the rate', async () => {
  const { result } = await runScenario({
    executor: 'ramping-arrival-rate',
    startRate: 0,
    stages: [{ duration: '400ms', target: 100 }],
    preAllocatedVUs: 20,
  });
  expect(result).toMatchObject({ iterations: 20, droppedIterations: 0 });
});

test('gracefulStop cuts what does not end in time', async () => {
  const { result, lines } = await runScenario(
    { executor: 'constant-vus', vus: 2, duration: '50ms', gracefulStop: '50ms' },
    { SLEEP: '60' },
  );
  expect(lines).toHaveLength(2);
  expect(result).toMatchObject({ iterations: 0, exitCode: 0, aborted: null });
  expect(result.durationMs).toBeLessThan(20_000);
});

test('scenarios have their own function, env, tags and start, and share VUs', async () => {
  const { result, lines } = await run('two-scenarios');
  expect(result.thresholds.map(({ ok }) => ok)).toEqual([true, true, true]);
  const place = { vu: 1, vus: 1, executor: 'per-vu-iterations' };
  expect(lines).toEqual([
    { ...place, iter: 0, inScenario: 0, inTest: 0, name: 'first', who: 'first' },
    { ...place, iter: 1, inScenario: 1, inTest: 1, name: 'first', who: 'first' },
    { ...place, iter: 2, inScenario: 0, inTest: 0, name: 'second', who: 'nobody' },
    { ...place, iter: 3, inScenario: 1, inTest: 1, name: 'second', who: 'nobody' },
  ]);
});

test('a VU waits until minIterationDuration is over, and the wait is not measured', async () => {
  const { result } =
    await run(`export const options = { iterations: 3, minIterationDuration: '60ms' };
    export default function () {}`);
  // Three waits; a timer may be up to 1 ms early.
  expect(result.durationMs).toBeGreaterThanOrEqual(177);
  // Of an iteration that a busy machine did not hold up.
  expect(result.summary.metrics.iteration_duration?.values.min).toBeLessThan(60);
});

test('the end of a scenario does not wait for minIterationDuration', async () => {
  const { result } =
    await run(`export const options = { vus: 1, duration: '1s', minIterationDuration: '1h' };
    export default function () {}`);
  expect(result.iterations).toBe(1);
  expect(result.exitCode).toBe(0);
});
