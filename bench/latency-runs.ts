/**
 * npm run record-latency: records equal and slowed runs, which the test of the comparison draws from.
 *
 * Each run is one `dialproof load run`. Equal and slowed runs alternate, so that both meet the same noise of the
 * machine. A slowed run has a latency that is longer by 15 % of the median response time, in whole milliseconds,
 * because timers have no finer ones. The median is the smallest one of the first runs: the others have more noise.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readRun } from '../run/json.ts';
import { NODE_ARGS, PACKAGE_ROOT } from '../system/package.ts';

const PAIRS = 60;
const PILOTS = 5;
/** Latency of the endpoint in both groups: near that of an endpoint behind a network. */
const BASE_MS = 25;
const SLOWER_BY = 0.15;
const FILE = join(PACKAGE_ROOT, 'test', 'run', 'latency-runs.json');

interface Recorded {
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  /** Whether the load generator was not the limit. */
  readonly valid: boolean;
}

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'dialproof-latency-'));
  try {
    const pilots: number[] = [];
    for (let i = 0; i < PILOTS; i += 1) pilots.push((await record(dir, BASE_MS)).p50);
    const median = Math.min(...pilots);
    const addedMs = Math.floor(median * SLOWER_BY);
    const groups: Record<'equal' | 'slowed', Recorded[]> = { equal: [], slowed: [] };
    for (let i = 0; i < PAIRS; i += 1) {
      // The order changes too: what always comes second could find the machine warmer.
      const order = i % 2 === 0 ? (['equal', 'slowed'] as const) : (['slowed', 'equal'] as const);
      for (const kind of order) {
        groups[kind].push(await record(dir, BASE_MS + (kind === 'slowed' ? addedMs : 0)));
      }
      const load = loadavg()[0]?.toFixed(2);
      process.stderr.write(`pair ${i + 1} of ${PAIRS}, load average ${load}\n`);
    }
    const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;
    const facts = { machine, baseMs: BASE_MS, addedMs, baselineMedianMs: median };
    await writeFile(FILE, `${JSON.stringify({ ...facts, ...groups })}\n`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function record(dir: string, ms: number): Promise<Recorded> {
  const plan = join(dir, 'plan.json');
  await writeFile(plan, JSON.stringify({ faults: [{ fault: 'latency', ms }] }));
  const started = promisify(execFile)(
    process.execPath,
    [
      ...[...NODE_ARGS, join(PACKAGE_ROOT, 'cli', 'main.ts'), 'load', 'run', 'throughput'],
      ...['--rate', '50', '--duration', '2s', '--batches', '100', '--faults', plan],
      ...['--out', join(dir, 'out'), '--json'],
    ],
    { cwd: PACKAGE_ROOT, maxBuffer: 1 << 26 },
  );
  // A run that is not valid, or misses an objective, ends with another code than 0, and is a run all the same.
  const { stdout } = await started.catch((error: { stdout: string }) => error);
  const [load] = readRun(stdout).load;
  if (!load?.latencyMs) throw new Error('the run has no response times');
  const { min, p50, p90, p95 } = load.latencyMs;
  const [fastest = 0, half = 0, ninth = 0, rare = 0] = [min, p50, p90, p95].map((value) =>
    Number(value.toFixed(2)),
  );
  return { min: fastest, p50: half, p90: ninth, p95: rare, valid: load.validity.valid };
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});
