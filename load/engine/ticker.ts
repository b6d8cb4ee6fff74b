/** The work done twice a second: gauges, bytes, windows, aborting thresholds, progress. */

import type { AimUnit } from './executors/executor.ts';
import { histogramSince } from './metrics/difference.ts';
import { Histogram, type HistogramRecord } from './metrics/histogram.ts';
import { abortingThreshold, type Threshold } from './metrics/thresholds.ts';
import { plannedMs, type ScenarioPlan } from './plan/plan.ts';
import { EXIT } from './read/refusal.ts';
import type { HealthWatch } from './result/generator-health.ts';
import { type Snapshot, snapshotOf } from './result/outcome.ts';
import type { Run } from './vu/run.ts';

export interface Progress {
  readonly elapsedMs: number;
  /** Null where the end depends on iterations. */
  readonly plannedMs: number | null;
  readonly iterations: number;
  readonly requests: number;
  readonly failed: number;
  /** VUs active now. */
  readonly vus: number;
  /** 95th percentile of the response times so far, in milliseconds; null without an answer. */
  readonly p95Ms: number | null;
  /** Response times, in milliseconds, of the answers since the last call; null where there were no answers. */
  readonly recent: Percentiles | null;
  /** What the scenarios under way aim at together; absent where one aims at a count, or they at different things. */
  readonly target?: Aim;
}

/** Milliseconds. */
export interface Percentiles {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** What scenarios aim at, now. */
export interface Aim {
  readonly value: number;
  readonly unit: AimUnit;
}

const TICK_MS = 500;

export interface Watching {
  readonly onProgress?: (progress: Progress) => void;
  readonly onSnapshot?: (snapshot: Snapshot) => void;
  /** Whether thresholds leave it to the caller to end this instance. */
  readonly judgedElsewhere?: boolean;
}

export interface Ticking {
  /** Tells a snapshot now. */
  snap(): void;
  /** Ends it after a last tick, which closes the windows. @returns milliseconds that the run took. */
  end(): number;
}

export function startTicking(
  run: Run,
  thresholds: readonly Threshold[],
  health: HealthWatch,
  { onProgress, onSnapshot, judgedElsewhere = false }: Watching,
): Ticking {
  const { vus, vus_max, data_sent, data_received } = run.registry.builtIn;
  const counted = { sent: 0, received: 0 };
  const sample = () => {
    const origin = { tags: run.plan.tags };
    vus.add(run.vusActive, origin);
    vus_max.add(run.vusInitialised, origin);
    const { sent, received } = run.transport.bytes();
    data_sent.add(sent - counted.sent, origin);
    data_received.add(received - counted.received, origin);
    Object.assign(counted, { sent, received });
  };
  const abortIfCrossed = () => {
    const crossed = abortingThreshold(thresholds, run.elapsed());
    if (crossed && !run.aborted) {
      run.abort(`threshold '${crossed.expression}' of ${crossed.metric} crossed`, EXIT.thresholds);
    }
  };
  const snap = () => onSnapshot?.(snapshotOf(run, thresholds, run.elapsed(), health));
  const recent = recently(run);
  const timer = setInterval(() => {
    sample();
    for (const { windows, sink } of thresholds) windows?.advance(run.elapsed(), sink);
    if (!judgedElsewhere) abortIfCrossed();
    snap();
    if (onProgress) onProgress({ ...progressOf(run), recent: recent() });
  }, TICK_MS);
  return {
    snap,
    end() {
      clearInterval(timer);
      sample();
      const durationMs = run.elapsed();
      for (const { windows, sink } of thresholds) windows?.end(durationMs, sink);
      return durationMs;
    },
  };
}

function progressOf(run: Run): Omit<Progress, 'recent'> {
  const { http_reqs, http_req_failed, http_req_duration } = run.registry.builtIn;
  const durations = http_req_duration.sink.histogram;
  const elapsedMs = run.elapsed();
  const { scenarios } = run.plan;
  const target = aimOf(scenarios, elapsedMs);
  return {
    elapsedMs,
    plannedMs: plannedMs(scenarios),
    iterations: run.iterationsCompleted,
    requests: http_reqs.sink.total,
    failed: http_req_failed.sink.passes,
    vus: run.vusActive,
    p95Ms: durations.count === 0 ? null : durations.percentile(95),
    ...(target === null ? {} : { target }),
  };
}

/** @returns the percentiles of the answers since it was asked last. */
function recently(run: Run): () => Percentiles | null {
  const { histogram } = run.registry.builtIn.http_req_duration.sink;
  let before: HistogramRecord = histogram.toRecord();
  return () => {
    const now = histogram.toRecord();
    const between = Histogram.fromRecord(histogramSince(now, before));
    before = now;
    if (between.count === 0) return null;
    const [p50Ms, p95Ms, p99Ms] = [50, 95, 99].map((p) => between.percentile(p)) as [
      number,
      number,
      number,
    ];
    return { p50Ms, p95Ms, p99Ms };
  };
}

function aimOf(scenarios: readonly ScenarioPlan[], elapsedMs: number): Aim | null {
  const targets = scenarios.flatMap(({ startTimeMs, executor }): (Aim | null)[] => {
    const since = elapsedMs - startTimeMs;
    if (since < 0 || since >= executor.regularMs) return [];
    const value = executor.target(since);
    return [executor.aim === null || value === null ? null : { value, unit: executor.aim }];
  });
  const [first] = targets;
  if (!first || targets.some((one) => one?.unit !== first.unit)) return null;
  return { unit: first.unit, value: targets.reduce((sum, one) => sum + (one?.value ?? 0), 0) };
}
