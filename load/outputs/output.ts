/** Where a run's metrics can be sent while it goes on. */

import type { Metric } from '../engine/metrics/metric.ts';

/** What has been measured so far, by all instances together. */
export interface Measured {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly at: number;
  readonly metrics: readonly Metric[];
}

/** What every series bears: `testid` and `scenario`, as k6 names them; `segment` where it is of a part of the run. */
export type Labels = Readonly<Record<string, string>>;

export interface Output {
  /** For messages, such as `otlp http://127.0.0.1:4318`. */
  readonly name: string;
  /** Sends everything anew: a push that failed loses nothing but its moment. Rejects where it was not taken. */
  push(measured: Measured, labels: Labels): Promise<void>;
}
