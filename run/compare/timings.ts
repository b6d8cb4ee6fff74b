/**
 * Compares response times over several runs. One run of each kind says nothing: machines are never equally busy.
 *
 * The fastest response of each run is compared beside the median and the 95th percentile. What else the machine does
 * makes responses slower and never faster. So the fastest ones show a cost that every call has, on a busy machine too.
 * They do not show what makes only some calls slower.
 */

import { type Change, MEASURES, type Measure } from '../statements/changes.ts';
import { type Conditions, differences, forbidding } from './conditions.ts';
import type { RunLine } from './line.ts';
import { CONFIDENCE, FEWEST_RUNS, ratioOf } from './ratio.ts';

/** Response times that are longer by this share, or shorter, are told. */
export const THRESHOLD = 0.05;

export interface Timings {
  /** Runs of each group that were compared. */
  readonly before: number;
  readonly after: number;
  /** Runs that were not, because their conditions are others than those of the newest run. */
  readonly leftOut: number;
  /** Runs that each group must have. */
  readonly fewest: number;
  /** What is not inside 1 ± this share, with the whole interval, is a change. */
  readonly threshold: number;
  /** Of the interval: 0.99. */
  readonly confidence: number;
}

/** @param conditions those of the newest run, which the others must have. */
export function comparedTimings(
  before: readonly RunLine[],
  after: readonly RunLine[],
  conditions: Conditions,
): { readonly timings: Timings; readonly changes: readonly Change[] } {
  const alike = (line: RunLine): boolean =>
    forbidding('timings', differences(line.conditions, conditions)).length === 0;
  const [then, now] = [before.filter(alike), after.filter(alike)];
  const scenarios = [...new Set(now.flatMap(({ load }) => load.map(({ scenario }) => scenario)))];
  return {
    timings: {
      before: then.length,
      after: now.length,
      leftOut: before.length + after.length - then.length - now.length,
      fewest: FEWEST_RUNS,
      threshold: THRESHOLD,
      confidence: CONFIDENCE,
    },
    changes: scenarios.flatMap((scenario) =>
      MEASURES.flatMap((what) =>
        changeOf(
          `load ${scenario}`,
          what,
          timesOf(then, scenario, what),
          timesOf(now, scenario, what),
        ),
      ),
    ),
  };
}

/** Of the runs in which the load generator was not the limit. */
function timesOf(lines: readonly RunLine[], scenario: string, what: Measure): number[] {
  return lines.flatMap(({ load }) => {
    const found = load.find((one) => one.scenario === scenario);
    return found?.valid && found.latencyMs ? [found.latencyMs[what]] : [];
  });
}

/** A change of response times, or nothing. */
export function changeOf(
  part: string,
  what: Measure,
  before: readonly number[],
  after: readonly number[],
): readonly Change[] {
  const ratio = ratioOf(before, after);
  if (!ratio) return [];
  const { estimate, low, high } = ratio;
  const slower = low > 1 + THRESHOLD;
  const faster = high < 1 / (1 + THRESHOLD);
  if (!slower && !faster) return [];
  return [
    {
      kind: 'timing',
      effect: slower ? 'regression' : 'improvement',
      part,
      what,
      beforeMs: median(before),
      afterMs: median(after),
      ratio: estimate,
      low,
      high,
    },
  ];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}
