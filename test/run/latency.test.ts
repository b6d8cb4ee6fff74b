/**
 * The comparison of timings on recorded runs: equal ones, and ones with a latency that is longer by 15 % of the median.
 * `npm run record-latency` recorded them, two thirds of them on a machine that did other work at the same time.
 *
 * The threshold was chosen on the runs with even numbers. The test draws its pairs from the others.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeOf } from '../../run/compare/timings.ts';
import { MEASURES } from '../../run/statements/changes.ts';
import { Draw } from '../../system/draw.ts';

interface Recorded {
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly valid: boolean;
}

const recorded = JSON.parse(readFileSync(join(__dirname, 'latency-runs.json'), 'utf8')) as {
  readonly addedMs: number;
  readonly baseMs: number;
  readonly baselineMedianMs: number;
  readonly equal: readonly Recorded[];
  readonly slowed: readonly Recorded[];
};

const PAIRS = 200;
/** Runs of each side of a pair. */
const RUNS = 5;

/** As in a comparison, without the runs in which the load generator was the limit. */
const heldOut = (runs: readonly Recorded[]): readonly Recorded[] =>
  runs.filter(({ valid }, i) => i % 2 === 1 && valid);

function drawn(draw: Draw, from: readonly Recorded[], n: number): readonly Recorded[] {
  const left = [...from];
  return Array.from({ length: n }, () => left.splice(draw.below(left.length), 1)[0] as Recorded);
}

const found = (before: readonly Recorded[], after: readonly Recorded[]): boolean =>
  MEASURES.some((what) => {
    const values = (runs: readonly Recorded[]): number[] => runs.map((one) => one[what]);
    const [change] = changeOf('load throughput', what, values(before), values(after));
    return change?.effect === 'regression';
  });

it('there are sixty runs of each kind, slowed by 14 to 15 % of the median', () => {
  expect(recorded.equal).toHaveLength(60);
  expect(recorded.slowed).toHaveLength(60);
  const share = recorded.addedMs / recorded.baselineMedianMs;
  expect(share).toBeGreaterThan(0.14);
  expect(share).toBeLessThanOrEqual(0.15);
  expect(heldOut(recorded.equal).length).toBeGreaterThanOrEqual(2 * RUNS);
  expect(heldOut(recorded.slowed).length).toBeGreaterThanOrEqual(RUNS);
});

it('of 200 pairs of equal runs at most 2 are called slower, of 200 slowed ones at least 180', () => {
  let wrong = 0;
  let right = 0;
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const draw = new Draw(2026, pair);
    const equal = drawn(draw, heldOut(recorded.equal), 2 * RUNS);
    const before = equal.slice(0, RUNS);
    if (found(before, equal.slice(RUNS))) wrong += 1;
    if (found(before, drawn(draw, heldOut(recorded.slowed), RUNS))) right += 1;
  }
  expect(wrong).toBeLessThanOrEqual(2);
  expect(right).toBeGreaterThanOrEqual(0.9 * PAIRS);
});

it('pairs of slowed runs are not called slower than each other', () => {
  let wrong = 0;
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const runs = drawn(new Draw(7, pair), heldOut(recorded.slowed), 2 * RUNS);
    if (found(runs.slice(0, RUNS), runs.slice(RUNS))) wrong += 1;
  }
  expect(wrong).toBeLessThanOrEqual(2);
});
