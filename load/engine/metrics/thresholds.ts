/** Thresholds: limits that a script sets for its metrics, and whether the run kept them. */

import { durationMs } from '../read/duration.ts';
import { ScriptRefused } from '../read/refusal.ts';
import { type Expression, isKeptByAll, readExpression } from './expression.ts';
import type { Metric, SubMetric } from './metric.ts';
import { type MetricRegistry, UNTAGGED } from './registry.ts';
import { type MetricType, percentileOf, type Sink } from './sinks.ts';
import { Windows } from './windows.ts';

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

/** A window's end is found to about half a second. */
const MIN_WINDOW_MS = 1_000;

/** `options.thresholds`, and `options.ext.dialproof.thresholds`: those that hold for each window. As written. */
export interface WrittenThresholds {
  readonly whole?: unknown;
  readonly windowed?: unknown;
}

export interface Threshold extends Expression {
  /** Metric or sub-metric, as the script wrote it. */
  readonly metric: string;
  /** As the script wrote it; `… in every 10s` where it holds for each window. */
  readonly expression: string;
  readonly abortOnFail: boolean;
  /** Milliseconds from the start before which it does not abort. */
  readonly delayAbortEvalMs: number;
  readonly sink: Sink;
  /** Null where it holds for the run as a whole. */
  readonly windows: Windows | null;
}

export interface ThresholdVerdict {
  readonly metric: string;
  readonly expression: string;
  readonly promised: Expression & {
    /** Milliseconds of each window; null where it holds for the run as a whole. */
    readonly windowMs: number | null;
  };
  readonly ok: boolean;
  /** The value judged. For windows it is the value furthest from the limit. Null when there was no sample. */
  readonly value: number | null;
  readonly samples: number;
}

/**
 * Reads the thresholds against the metrics that exist once the script was loaded.
 *
 * Creates the sub-metrics that they name.
 *
 * @throws ScriptRefused (104) naming the threshold.
 */
export function readThresholds(written: WrittenThresholds, registry: MetricRegistry): Threshold[] {
  return [
    ...readAll('options.thresholds', written.whole, registry, WHOLE_MEMBERS),
    ...readAll('options.ext.dialproof.thresholds', written.windowed, registry, WINDOW_MEMBERS),
  ];
}

const WHOLE_MEMBERS = ['threshold', 'abortOnFail', 'delayAbortEval'];
const WINDOW_MEMBERS = [...WHOLE_MEMBERS, 'window'];

function readAll(
  where: string,
  written: unknown,
  registry: MetricRegistry,
  members: readonly string[],
): Threshold[] {
  if (written === undefined || written === null) return [];
  if (typeof written !== 'object') {
    throw new ScriptRefused(`${where} must be an object of metric name to expressions`);
  }
  return Object.entries(written).flatMap(([name, list]) => {
    const target = targetOf(name, registry);
    if (!Array.isArray(list)) {
      throw new ScriptRefused(`thresholds of ${name} must be an array, such as ['p(95)<200']`);
    }
    return list.map((one) => readOne(name, target, one, members));
  });
}

/**
 * Judges one threshold.
 *
 * Unlike in k6, a threshold without samples fails, because it shows nothing. Only a counter may be judged
 * without samples, because its 0 is a count, and a threshold that every value keeps. A threshold for windows must hold in every window with samples.
 */
export function judge(threshold: Threshold, seconds: number): ThresholdVerdict {
  const { metric, expression, aggregate, operator, limit, sink, windows } = threshold;
  const values = windows
    ? // A run may be shorter than its only window.
      windows.closed.map((one) => valueIn(threshold, one, Math.min(windows.ms / 1_000, seconds)))
    : [valueIn(threshold, sink, seconds)];
  const shown = values.filter((value) => value !== null);
  const broken = shown.filter((value) => !keeps(threshold, value));
  const value = furthest(threshold, broken.length > 0 ? broken : shown);
  return {
    metric,
    expression,
    promised: { aggregate, operator, limit, windowMs: windows?.ms ?? null },
    ok: value === null ? isKeptByAll(threshold) : broken.length === 0,
    value,
    samples: sink.samples,
  };
}

/** Null where it has shown nothing. */
function valueIn({ aggregate }: Threshold, sink: Sink, seconds: number): number | null {
  return sink.samples > 0 || sink.type === 'counter' ? sink.aggregate(aggregate, seconds) : null;
}

function keeps({ operator, limit }: Threshold, value: number): boolean {
  return OPERATORS[operator]?.(value, limit) ?? false;
}

/** The value that is nearest to breaking the threshold, or furthest beyond it. */
function furthest({ operator }: Threshold, values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return operator.startsWith('>') ? Math.min(...values) : Math.max(...values);
}

/** The first threshold that must end the run now: crossed, after its delay, with samples to show for it. */
export function abortingThreshold(
  thresholds: readonly Threshold[],
  elapsedMs: number,
): Threshold | undefined {
  return thresholds.find((threshold) => {
    if (!threshold.abortOnFail || elapsedMs < threshold.delayAbortEvalMs) return false;
    if (threshold.sink.samples === 0) return false;
    const { ok, value } = judge(threshold, elapsedMs / 1_000);
    return !ok && value !== null;
  });
}

function readOne(
  name: string,
  target: Metric | SubMetric,
  one: unknown,
  members: readonly string[],
): Threshold {
  const detailed = typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {};
  for (const key of Object.keys(detailed)) {
    if (!members.includes(key)) {
      throw new ScriptRefused(`threshold of ${name}: unknown member ${key}`);
    }
  }
  const expression = typeof one === 'string' ? one : detailed.threshold;
  const parts = typeof expression === 'string' ? readExpression(expression) : null;
  if (typeof expression !== 'string' || !parts) {
    throw new ScriptRefused(
      `threshold of ${name}: ${JSON.stringify(expression)} is not an expression such as 'p(95)<200'`,
    );
  }
  const { aggregate } = parts;
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
  const windows = members.includes('window') ? readWindow(name, detailed.window) : null;
  return {
    metric: name,
    expression: windows ? `${expression} in every ${windows.ms / 1_000}s` : expression,
    ...parts,
    abortOnFail: detailed.abortOnFail === true,
    delayAbortEvalMs,
    sink: target.sink,
    windows,
  };
}

function readWindow(name: string, written: unknown): Windows {
  const ms = durationMs(written);
  if (ms === null || ms < MIN_WINDOW_MS) {
    throw new ScriptRefused(
      `threshold of ${name}: window is ${JSON.stringify(written) ?? 'missing'}: it must be a duration of at least ${MIN_WINDOW_MS / 1_000}s, such as '10s'`,
    );
  }
  return new Windows(ms);
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
