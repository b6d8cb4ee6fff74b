/** What a trend shows of each run. */

import { amount, list, oneOf, type Reader, structure } from '../../system/read.ts';
import { type RunLine, runLine } from './line.ts';

export const TREND_SCHEMA = 'dialproof-trend/1';

/** The lines of a history. */
export interface Trend {
  readonly schema: typeof TREND_SCHEMA;
  /** Lines of the file that cannot be read. */
  readonly unreadable: number;
  readonly lines: readonly RunLine[];
}

export const trend: Reader<Trend> = structure<Trend>({
  schema: oneOf(TREND_SCHEMA),
  unreadable: amount,
  lines: list(runLine),
});

/** A figure that is followed over the runs. */
export interface Curve {
  /** Such as `load smoke, p50`. */
  readonly name: string;
  readonly unit: 'ms' | 'share' | 'count';
  /** One for each run; null where the run does not have the figure, or it is not valid. */
  readonly values: readonly (number | null)[];
}

export function curvesOf(lines: readonly RunLine[]): readonly Curve[] {
  const contracts = distinct(lines.flatMap((one) => one.contracts.map(({ name }) => name)));
  const scenarios = distinct(lines.flatMap((one) => one.load.map(({ scenario }) => scenario)));
  const curve = (
    name: string,
    unit: Curve['unit'],
    of: (line: RunLine) => number | null | undefined,
  ): Curve => ({ name, unit, values: lines.map((line) => of(line) ?? null) });
  return [
    curve('causes of failures', 'count', ({ causes }) => causes.length),
    ...contracts.flatMap((name) => {
      const own = (line: RunLine) => line.contracts.find((one) => one.name === name);
      return [
        curve(`contract ${name}, cells pinned`, 'count', (line) => own(line)?.pinned),
        curve(`contract ${name}, mutation score`, 'share', (line) => {
          const score = own(line)?.mutation;
          return score && score.mutants > 0 ? score.killed / score.mutants : null;
        }),
      ];
    }),
    ...scenarios.flatMap((scenario) =>
      (['p50', 'p95'] as const).map((what) =>
        curve(`load ${scenario}, ${what}`, 'ms', (line) => {
          const own = line.load.find((one) => one.scenario === scenario);
          return own?.valid ? own.latencyMs?.[what] : null;
        }),
      ),
    ),
  ].filter(({ values }) => values.some((value) => value !== null));
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
