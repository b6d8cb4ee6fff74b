/** A whole fuzz run against a child process: findings, and whether its memory stayed flat. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type FuzzReport, fuzz } from './fuzz.ts';

export interface AttackReport extends FuzzReport {
  /** Heap and buffers in use after a fifth of the run, and after all of it. */
  readonly bytesEarly: number;
  readonly bytesLate: number;
  /** Null while it ran to the end. */
  readonly crash: string | null;
}

/** Growth that is noise: caches fill and code is compiled. */
export const GROWTH_BYTES = 24 * 2 ** 20;

export async function attackEmulator(
  seed: number,
  requests: number,
  from = 0,
  onProgress?: (requests: number) => void,
): Promise<AttackReport> {
  const child = fork(path.join(__dirname, 'server-child.ts'), [], {
    execArgv: ['--expose-gc', '-r', 'ts-node/register'],
  });
  let crash: string | null = null;
  child.once('exit', (code, signal) => {
    crash = `the emulator ended by itself (${signal ?? code})`;
  });
  const [{ host }] = (await once(child, 'message')) as [{ host: string }];
  const bytes = async () => {
    if (crash) return Number.NaN;
    child.send('memory');
    return ((await once(child, 'message')) as [{ bytes: number }])[0].bytes;
  };
  const fifth = Math.ceil(requests / 5);
  const early = await fuzz({
    host,
    seed,
    requests: fifth,
    from,
    ...(onProgress && { onProgress }),
  });
  const bytesEarly = await bytes();
  const late = await fuzz({
    host,
    seed,
    requests: requests - fifth,
    from: from + early.connections,
    onProgress: (done) => onProgress?.(fifth + done),
  });
  const bytesLate = await bytes();
  const ended = crash;
  child.removeAllListeners('exit');
  if (child.connected) child.disconnect();
  const statuses: Record<string, number> = { ...early.statuses };
  for (const [status, n] of Object.entries(late.statuses)) {
    statuses[status] = (statuses[status] ?? 0) + n;
  }
  return {
    requests: early.requests + late.requests,
    connections: early.connections + late.connections,
    statuses,
    findings: [...early.findings, ...late.findings],
    bytesEarly,
    bytesLate,
    crash: ended,
  };
}
