/**
 * How much slower one group of runs is than another: a ratio with its interval.
 *
 * The estimate is that of Hodges and Lehmann on logarithms: the median of the ratios of every pair of runs, one of each
 * group. The interval inverts the test of Mann and Whitney. Neither assumes a distribution, and one slow run of ten
 * moves neither far.
 */

export interface Ratio {
  /** 1.15: the newer runs take 15 % longer. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** How sure the interval is: the two groups are of one distribution, and 1 is outside, in at most 1 of 100 cases. */
export const CONFIDENCE = 0.99;

/** The fewest runs of each group with which an interval of this confidence exists. */
export const FEWEST_RUNS = 5;

/**
 * Compares two groups of positive values.
 *
 * @returns null if a group has fewer than `FEWEST_RUNS` values, or one that is not positive.
 */
export function ratioOf(before: readonly number[], after: readonly number[]): Ratio | null {
  if (Math.min(before.length, after.length) < FEWEST_RUNS) return null;
  if ([...before, ...after].some((value) => !(value > 0))) return null;
  const ratios = after.flatMap((a) => before.map((b) => a / b)).sort((a, b) => a - b);
  const outside = lowestRank(before.length, after.length);
  const at = (i: number): number => ratios[i] ?? Number.NaN;
  const middle = ratios.length / 2;
  return {
    estimate:
      ratios.length % 2 === 1 ? at(Math.floor(middle)) : Math.sqrt(at(middle - 1) * at(middle)),
    low: at(outside),
    high: at(ratios.length - 1 - outside),
  };
}

/** The largest k for which the statistic U of Mann and Whitney is below k in at most half of 1 % of all orders. */
function lowestRank(n: number, m: number): number {
  const orders = ordersByU(n, m);
  const total = orders.reduce((sum, count) => sum + count, 0);
  let below = 0;
  let k = 0;
  while (k < orders.length) {
    below += orders[k] ?? 0;
    if (below / total > (1 - CONFIDENCE) / 2) break;
    k += 1;
  }
  // An interval from the first ratio to the last is the widest that there is.
  return Math.max(0, k - 1);
}

/** U -> in how many orders of n and m values it has this value. */
function ordersByU(n: number, m: number): number[] {
  // orders[i][u] for i values of the first group; the second group grows by one in each turn.
  let orders = Array.from({ length: n + 1 }, () => [1]);
  for (let j = 1; j <= m; j += 1) {
    const next: number[][] = [[1]];
    for (let i = 1; i <= n; i += 1) {
      const fewer = next[i - 1] ?? [];
      const same = orders[i] ?? [];
      // The largest value is of the first group, and above j others, or of the second group.
      next.push(Array.from({ length: i * j + 1 }, (_, u) => (fewer[u - j] ?? 0) + (same[u] ?? 0)));
    }
    orders = next;
  }
  return orders[n] ?? [];
}
