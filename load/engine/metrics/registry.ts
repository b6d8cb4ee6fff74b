/** Every metric of one run: k6's own, and those that the script makes. */

import { ScriptRefused } from '../read/refusal.ts';
import { type Contents, METRIC_NAME, Metric, type SampleListener } from './metric.ts';
import type { MetricRecord } from './records.ts';
import { GaugeSink, type MetricType, type Sink } from './sinks.ts';

/** k6's built-in metrics that this engine fills. */
const BUILT_IN = {
  vus: ['gauge', 'default'],
  vus_max: ['gauge', 'default'],
  iterations: ['counter', 'default'],
  iteration_duration: ['trend', 'time'],
  dropped_iterations: ['counter', 'default'],
  checks: ['rate', 'default'],
  group_duration: ['trend', 'time'],
  http_reqs: ['counter', 'default'],
  http_req_failed: ['rate', 'default'],
  http_req_duration: ['trend', 'time'],
  http_req_blocked: ['trend', 'time'],
  http_req_connecting: ['trend', 'time'],
  http_req_tls_handshaking: ['trend', 'time'],
  http_req_sending: ['trend', 'time'],
  http_req_waiting: ['trend', 'time'],
  http_req_receiving: ['trend', 'time'],
  data_sent: ['counter', 'data'],
  data_received: ['counter', 'data'],
} as const satisfies Record<string, readonly [MetricType, Contents]>;

export type BuiltIn = {
  readonly [K in keyof typeof BUILT_IN]: Metric<(typeof BUILT_IN)[K][0]>;
};

/** Counted on sockets, not request by request: their samples bear no tags. */
export const UNTAGGED: readonly string[] = ['data_sent', 'data_received', 'vus', 'vus_max'];

/** Gauges of which each instance has its own value. The value of the run is their sum. */
const BESIDE: readonly string[] = ['vus', 'vus_max'];

export class MetricRegistry {
  readonly #metrics = new Map<string, Metric>();
  readonly builtIn: BuiltIn;
  readonly #log: SampleListener | null;

  /** @param log receives every sample of all metrics. */
  constructor(log: SampleListener | null = null) {
    this.#log = log;
    const made = Object.entries(BUILT_IN).map(([name, [type, contains]]) => {
      const metric = new Metric(name, type, contains);
      metric.log = log;
      this.#metrics.set(name, metric);
      return [name, metric];
    });
    this.builtIn = Object.fromEntries(made) as BuiltIn;
  }

  get(name: string): Metric | undefined {
    return this.#metrics.get(name);
  }

  all(): Metric[] {
    return [...this.#metrics.values()];
  }

  /**
   * Adds the metrics of an instance.
   *
   * @throws ScriptRefused where a metric is of another type here.
   */
  take(records: readonly MetricRecord[]): void {
    for (const { name, contains, sink, subMetrics } of records) {
      const metric = this.#metrics.get(name) ?? this.custom(name, sink.type, contains);
      if (metric.type !== sink.type) {
        throw new ScriptRefused(
          `metric '${name}' is a ${metric.type} in one instance and a ${sink.type} in another: they did not run the same script`,
        );
      }
      const into: Sink = metric.sink;
      if (into instanceof GaugeSink && BESIDE.includes(name)) into.takeBeside(sink);
      else into.take(sink);
      for (const one of subMetrics) {
        const sub: Sink = metric.subMetric(one.filter).sink;
        sub.take(one.sink);
      }
    }
  }

  /**
   * The script's metric of that name: made once, then shared by all VUs.
   *
   * @throws Error for a name that k6 refuses, and for one that is taken by another type.
   */
  custom(name: string, type: MetricType, contains: Contents): Metric {
    if (!METRIC_NAME.test(name)) {
      throw new Error(
        `Invalid metric name: '${name}': 2 to 128 letters, digits and underscores, no digit first`,
      );
    }
    const known = this.#metrics.get(name);
    if (known && (known.type !== type || known.contains !== contains || name in BUILT_IN)) {
      throw new Error(`metric '${name}' already exists but with type ${known.type}`);
    }
    const metric = known ?? new Metric(name, type, contains);
    metric.log = this.#log;
    this.#metrics.set(name, metric);
    return metric;
  }
}
