/** Thresholds: what a script promises of its metrics, and whether it was kept. */

import { durationMs } from '../duration.ts';
import { ScriptRefused } from '../refusal.ts';
import type { Metric, SubMetric } from './metric.ts';
import { type MetricRegistry, UNTAGGED } from './registry.ts';
import { type MetricType, percentileOf, type Sink } from './sinks.ts';

const OPERATORS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '===': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** Aggregates that a threshold may name, by metric type; a trend has `p(N)` besides. */
const AGGREGATES: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ['count', 'rate'],
  gauge: ['value'],
  rate: ['rate'],
  trend: ['avg', 'min', 'max', 'med'],
};

const EXPRESSION =
  /^\s*([a-z]+(?:\([^)]*\))?)\s*(<=|>=|===|==|!=|<|>)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/;

export interface Threshold {
  /** Metric or sub-metric, as the script wrote it. */
  readonly metric: string;
  readonly expression: string;
  readonly aggregate: string;
  readonly operator: string;
  readonly limit: number;
  readonly abortOnFail: boolean;
  /** Milliseconds from the start before which it does not abort. */
  readonly delayAbortEvalMs: number;
  readonly sink: Sink;
}

export interface ThresholdVerdict {
  readonly metric: string;
  readonly expression: string;
  readonly ok: boolean;
  /** Null when there was no sample. */
  readonly value: number | null;
  readonly samples: number;
}

/**
 * Reads `options.thresholds` against the metrics that exist once the script was loaded.
 *
 * Creates the sub-metrics that they name.
 *
 * @throws ScriptRefused (104) naming the threshold.
 */
export function readThresholds(written: unknown, registry: MetricRegistry): Threshold[] {
  if (written === undefined || written === null) return [];
  if (typeof written !== 'object') {
    throw new ScriptRefused('options.thresholds must be an object of metric name to expressions');
  }
  return Object.entries(written).flatMap(([name, list]) => {
    const target = targetOf(name, registry);
    if (!Array.isArray(list)) {
      throw new ScriptRefused(`thresholds of ${name} must be an array, such as ['p(95)<200']`);
    }
    return list.map((one) => readOne(name, target, one));
  });
}

/**
 * Judges one threshold.
 *
 * Unlike in k6 one without samples fails, for it has shown nothing; only a counter may be judged
 * without samples, for its 0 is a count.
 */
export function judge(threshold: Threshold, seconds: number): ThresholdVerdict {
  const { metric, expression, aggregate, operator, limit, sink } = threshold;
  const { samples } = sink;
  const shown = samples > 0 || sink.type === 'counter';
  const value = shown ? sink.aggregate(aggregate, seconds) : null;
  const ok = value !== null && (OPERATORS[operator]?.(value, limit) ?? false);
  return { metric, expression, ok, value, samples };
}

/** The first threshold that must end the run now: crossed, after its delay, with samples to show for it. */
export function abortingThreshold(
  thresholds: readonly Threshold[],
  elapsedMs: number,
): Threshold | undefined {
  return thresholds.find(
    (threshold) =>
      threshold.abortOnFail &&
      elapsedMs >= threshold.delayAbortEvalMs &&
      threshold.sink.samples > 0 &&
      !judge(threshold, elapsedMs / 1_000).ok,
  );
}

function readOne(name: string, target: Metric | SubMetric, one: unknown): Threshold {
  const detailed = typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {};
  for (const key of Object.keys(detailed)) {
    if (!['threshold', 'abortOnFail', 'delayAbortEval'].includes(key)) {
      throw new ScriptRefused(`threshold of ${name}: unknown member ${key}`);
    }
  }
  const expression = typeof one === 'string' ? one : detailed.threshold;
  const parts = typeof expression === 'string' ? EXPRESSION.exec(expression) : null;
  if (typeof expression !== 'string' || !parts) {
    throw new ScriptRefused(
      `threshold of ${name}: ${JSON.stringify(expression)} is not an expression such as 'p(95)<200'`,
    );
  }
  const [, aggregate = '', operator = '', limit = ''] = parts;
  const { type } = target.sink;
  const known =
    AGGREGATES[type].includes(aggregate) || (type === 'trend' && percentileOf(aggregate) !== null);
  if (!known) {
    const choice = AGGREGATES[type].join(', ') + (type === 'trend' ? ', p(N)' : '');
    throw new ScriptRefused(
      `threshold '${expression}' of ${name}: a ${type} has ${choice}, not ${aggregate}`,
    );
  }
  const delayAbortEvalMs = durationMs(detailed.delayAbortEval ?? 0);
  if (delayAbortEvalMs === null) {
    throw new ScriptRefused(`threshold of ${name}: delayAbortEval is not a duration such as '10s'`);
  }
  return {
    metric: name,
    expression,
    aggregate,
    operator,
    limit: Number(limit),
    abortOnFail: detailed.abortOnFail === true,
    delayAbortEvalMs,
    sink: target.sink,
  };
}

/** `name` or `name{tag:value,...}` -> the metric or sub-metric. */
function targetOf(name: string, registry: MetricRegistry): Metric | SubMetric {
  const [, base = '', filter] = /^([^{]+)(?:\{(.*)\})?$/.exec(name) ?? [];
  const metric = registry.get(base);
  if (!metric) {
    throw new ScriptRefused(`thresholds name ${name}, but no metric ${base || name} is registered`);
  }
  if (filter === undefined) return metric;
  if (UNTAGGED.includes(base)) {
    throw new ScriptRefused(`thresholds name ${name}, but samples of ${base} bear no tags here`);
  }
  const pairs = filter.split(',').map((pair): [string, string] => {
    const cut = pair.indexOf(':');
    if (cut < 1) throw new ScriptRefused(`thresholds name ${name}: ${pair} is not tag:value`);
    return [pair.slice(0, cut).trim(), unquoted(pair.slice(cut + 1).trim())];
  });
  return metric.subMetric(pairs);
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
