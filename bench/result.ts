/** The result of a benchmark: rows that were measured in one run, and the important ratios. */
export interface BenchResult {
  readonly name: string;
  readonly unit: string;
  readonly rows: readonly {
    readonly label: string;
    readonly median: number;
    /** One figure per round. */
    readonly all: readonly number[];
  }[];
  readonly ratios: readonly {
    readonly label: string;
    readonly value: number;
    readonly aim: string;
  }[];
  /** What was not measured, and why. */
  readonly note?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
