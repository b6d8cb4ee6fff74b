/** The ratio of two groups, and how often its interval is wrong. */

import { CONFIDENCE, FEWEST_RUNS, ratioOf } from '../../run/compare/ratio.ts';
import { Draw } from '../../system/draw.ts';

it('is the median of all ratios, inside its interval', () => {
  const before = [10, 10, 10, 10, 10, 1_000];
  const after = [12, 12, 12, 12, 12, 12];
  expect(ratioOf(before, after)).toEqual({ estimate: 1.2, low: 0.012, high: 1.2 });
});

it.each([
  ['too few runs', [1, 2, 3, 4], [1, 2, 3, 4, 5]],
  ['a value of nothing', [0, 2, 3, 4, 5], [1, 2, 3, 4, 5]],
])('is none for %s', (_, before, after) => {
  expect(ratioOf(before, after)).toBeNull();
});

it('with the fewest runs the interval is from the smallest ratio to the largest', () => {
  const before = Array.from({ length: FEWEST_RUNS }, (_, i) => 10 + i);
  expect(ratioOf(before, before)).toMatchObject({ low: 10 / 14, high: 14 / 10 });
});

it.each([5, 8, 12])(
  'groups of %d of one distribution are found different in at most 1 of 100',
  (n) => {
    const times = 2_000;
    let wrong = 0;
    for (let i = 0; i < times; i += 1) {
      const draw = new Draw(n, i);
      // A long tail, as response times have.
      const group = (): number[] => Array.from({ length: n }, () => 1 / (0.01 + draw.unit()));
      const found = ratioOf(group(), group());
      if (found && (found.low > 1 || found.high < 1)) wrong += 1;
    }
    // Three standard deviations above the share that is stated.
    expect(wrong / times).toBeLessThan(1 - CONFIDENCE + 3 * Math.sqrt(0.01 / times));
    expect(wrong).toBeGreaterThan(0);
  },
);
