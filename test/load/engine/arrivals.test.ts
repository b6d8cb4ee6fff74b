import { constantArrivals, rampingArrivals } from '../../../load/engine/executors/arrivals.ts';
import { rampSteps, targetAt } from '../../../load/engine/executors/stages.ts';

const rounded = (times: Iterable<number>) => [...times].map((ms) => Math.round(ms * 1_000) / 1_000);

test.each([
  { rate: 10, unit: 1_000, duration: 300, due: [0, 100, 200] },
  { rate: 1, unit: 1_000, duration: 1_000, due: [0] },
  { rate: 1, unit: 1_000, duration: 1_001, due: [0, 1_000] },
  { rate: 3, unit: 1_000, duration: 1_000, due: [0, 333.333, 666.667] },
  { rate: 2, unit: 60_000, duration: 60_000, due: [0, 30_000] },
])('$rate every $unit ms for $duration ms', ({ rate, unit, duration, due }) => {
  expect(rounded(constantArrivals(rate, unit, duration))).toEqual(due);
});

test('a constant schedule does not drift: the last start is where the rate puts it', () => {
  const all = [...constantArrivals(7, 1_000, 100_000)];
  expect(all).toHaveLength(700);
  expect(all[699]).toBeCloseTo((699 / 7) * 1_000, 6);
});

test.each([
  // Flat: one each time the area reaches a whole number.
  { start: 10, stages: [[400, 10]], due: [100, 200, 300, 400] },
  // From 0 to 10 a second in 2 s: 10 in all, t = sqrt(2 k / slope).
  {
    start: 0,
    stages: [[2_000, 10]],
    due: [
      632.456, 894.427, 1095.445, 1264.911, 1414.214, 1549.193, 1673.32, 1788.854, 1897.367, 2000,
    ],
  },
  // Down to nothing, then nothing.
  {
    start: 4,
    stages: [
      [1_000, 0],
      [1_000, 0],
    ],
    due: [292.893, 1_000],
  },
  // A second stage counts on from where the first came to.
  {
    start: 10,
    stages: [
      [250, 10],
      [250, 10],
    ],
    due: [100, 200, 300, 400, 500],
  },
  // A jump, by a stage without duration.
  {
    start: 0,
    stages: [
      [0, 5],
      [400, 5],
    ],
    due: [200, 400],
  },
])('ramp from $start over $stages', ({ start, stages, due }) => {
  const read = stages.map(([durationMs = 0, target = 0]) => ({ durationMs, target }));
  expect(rounded(rampingArrivals(start, 1_000, read))).toEqual(due);
});

test.each([
  { start: 9, durationMs: 1_000, target: 9 },
  { start: 2, durationMs: 3_000, target: 0 },
])('rounding puts no start past the end of a ramp: %j', ({ start, ...stage }) => {
  expect([...rampingArrivals(start, 1_000, [stage])].at(-1)).toBe(stage.durationMs);
});

test('a ramp starts as many as the area under its rate', () => {
  const stages = [
    { durationMs: 1_000, target: 100 },
    { durationMs: 2_000, target: 100 },
    { durationMs: 1_000, target: 0 },
  ];
  const all = [...rampingArrivals(0, 1_000, stages)];
  expect(all).toHaveLength(50 + 200 + 50);
  expect(all).toEqual([...all].sort((a, b) => a - b));
});

test('a ramp of VUs changes one at a time, evenly, and jumps where a stage has no duration', () => {
  const stages = [
    { durationMs: 300, target: 3 },
    { durationMs: 100, target: 3 },
    { durationMs: 0, target: 1 },
    { durationMs: 100, target: 0 },
  ];
  expect(rampSteps(0, stages)).toEqual([
    { atMs: 0, vus: 0 },
    { atMs: 100, vus: 1 },
    { atMs: 200, vus: 2 },
    { atMs: 300, vus: 3 },
    { atMs: 400, vus: 1 },
    { atMs: 500, vus: 0 },
  ]);
});

test.each([
  [0, 0],
  [150, 1.5],
  [350, 3],
  [400, 1],
  [450, 0.5],
  [9_000, 0],
])('after %p ms the target is %p', (elapsed, target) => {
  const stages = [
    { durationMs: 300, target: 3 },
    { durationMs: 100, target: 3 },
    { durationMs: 0, target: 1 },
    { durationMs: 100, target: 0 },
  ];
  expect(targetAt(0, stages, elapsed)).toBe(target);
});
