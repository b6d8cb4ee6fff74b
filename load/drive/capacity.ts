/** Measures the most calls a second that an emulator answers on this machine, over few and over many connections. */

import { performance } from 'node:perf_hooks';
import { batchSource } from '../../generators/batch.ts';
import { LIMITS } from '../../operation/connect/limits.ts';
import { type DirectTarget, directClient } from '../endpoint/direct-client.ts';
import { BUSY, endpointFigures, utilizationBetween } from '../endpoint/endpoint-figures.ts';

export interface CapacityTarget extends DirectTarget {
  readonly controlUrl: string;
}

export interface CapacityStep {
  readonly connections: number;
  /** Calls a second that got 200, each with 25 contacts and a new token. */
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  /** Milliseconds. */
  readonly p99: number;
  /** Microseconds of the endpoint's CPU for a call. */
  readonly cpuMicroseconds: number;
  /** Share of the time in which the endpoint's event loop was busy, 0 to 1. */
  readonly utilization: number;
  /** Of the endpoint's process, at the end of the step. */
  readonly residentBytes: number;
}

export interface Capacity {
  readonly steps: readonly CapacityStep[];
  /** The step with the highest rate. */
  readonly best: CapacityStep;
  /** Whether the endpoint was the limit there; if not it can take more than this client could send. */
  readonly endpointWasLimit: boolean;
}

export interface CapacityOptions {
  readonly connections?: readonly number[];
  /** Seconds measured at each step, after a third as much to warm up. */
  readonly seconds?: number;
  readonly onProgress?: (connections: number) => void;
  readonly signal?: AbortSignal;
}

export async function measureCapacity(
  target: CapacityTarget,
  options: CapacityOptions = {},
): Promise<Capacity> {
  const { connections = [1, 4, 16, 64], seconds = 3, onProgress, signal } = options;
  const bodies = bodySource();
  const steps: CapacityStep[] = [];
  for (const count of connections) {
    if (signal?.aborted) break;
    onProgress?.(count);
    await drive(target, bodies, count, seconds / 3);
    const before = await endpointFigures(target.controlUrl);
    const { latencies, elapsed } = await drive(target, bodies, count, seconds);
    const after = await endpointFigures(target.controlUrl);
    steps.push({
      connections: count,
      requestsPerSecond: latencies.length / elapsed,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      cpuMicroseconds: ((after.cpuSeconds - before.cpuSeconds) * 1e6) / latencies.length,
      utilization: utilizationBetween(before, after),
      residentBytes: after.residentBytes,
    });
  }
  signal?.throwIfAborted();
  const best = steps.reduce((a, b) => (b.requestsPerSecond > a.requestsPerSecond ? b : a));
  return { steps, best, endpointWasLimit: best.utilization >= BUSY };
}

async function drive(
  target: CapacityTarget,
  nextBody: () => Buffer,
  connections: number,
  seconds: number,
): Promise<{ latencies: Float64Array; elapsed: number }> {
  const client = directClient(target, connections);
  const latencies: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  const connection = async () => {
    for (let now = performance.now(); now < end; ) {
      const { status, text } = await client.put(nextBody());
      if (status !== 200) throw new Error(`the emulator answered ${status}: ${text}`);
      const then = performance.now();
      latencies.push(then - now);
      now = then;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, connection));
  } finally {
    await client.close();
  }
  const elapsed = (performance.now() - began) / 1000;
  return { latencies: Float64Array.from(latencies).sort(), elapsed };
}

/** Bodies that differ in their token alone, so that making one costs the client next to nothing. */
function bodySource(): () => Buffer {
  const { ContactDataRequestList } = batchSource({ seed: 1 }).batch(0);
  const contacts = JSON.stringify(ContactDataRequestList);
  const run = `${process.pid}-${Date.now()}`;
  let serial = 0;
  return () => {
    serial += 1;
    const token = `capacity-${run}-${serial}`;
    return Buffer.from(`{"ClientToken":"${token}","ContactDataRequestList":${contacts}}`);
  };
}

export const CAPACITY_CONTACTS = LIMITS.contacts.max;

/** Of sorted values. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
