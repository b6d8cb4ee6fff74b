/** A whole fuzz run against a child process: findings, and whether the process stood it. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { NODE_ARGS } from '../../system/package.ts';
import { body, contacts, INSTANCE_PATH, signedHeadersOf } from '../emulator/fixtures.ts';
import { DEADLINE_MILLISECONDS, type FuzzOptions, type FuzzReport, fuzz } from './fuzz.ts';
import type { Harm } from './server-child.ts';

export interface AttackOptions extends Omit<FuzzOptions, 'host'> {
  /** How the emulator goes wrong, for the test that such is found. */
  readonly harm?: Harm;
}

export interface AttackReport extends FuzzReport {
  /** What is wrong with the process, a sentence each: ended, stuck, grown. */
  readonly faults: readonly string[];
  /** Heap and buffers in use after a fifth of the run, and after all of it; NaN where nobody answered. */
  readonly bytesEarly: number;
  readonly bytesLate: number;
}

/** Growth that is noise: caches fill and code is compiled. */
const GROWTH_BYTES = 24 * 2 ** 20;

export async function attackEmulator(options: AttackOptions): Promise<AttackReport> {
  const { requests, from = 0, harm, onProgress, deadline = DEADLINE_MILLISECONDS } = options;
  const child = fork(path.join(__dirname, 'server-child.ts'), harm ? [harm] : [], {
    execArgv: ['--expose-gc', ...NODE_ARGS],
  });
  try {
    const [{ host }] = await message<{ host: string }>(child, DEADLINE_MILLISECONDS);
    const fifth = Math.ceil(requests / 5);
    const early = await fuzz({ ...options, host, requests: fifth });
    const bytesEarly = await bytesOf(child, deadline);
    const late = await fuzz({
      ...options,
      host,
      requests: requests - fifth,
      from: from + early.connections,
      onProgress: (done) => onProgress?.(early.requests + done),
    });
    const bytesLate = await bytesOf(child, deadline);
    const faults: string[] = [];
    const { exitCode, signalCode } = child;
    if (exitCode !== null || signalCode !== null) {
      faults.push(`the emulator ended by itself (${signalCode ?? exitCode})`);
    } else if (!(await answersPlainCall(host, deadline))) {
      faults.push('a plain call after the run did not get its 200');
    }
    const grown = bytesLate - bytesEarly;
    if (grown > GROWTH_BYTES) faults.push(`its memory grew by ${Math.round(grown / 2 ** 20)} MiB`);
    const statuses: Record<string, number> = { ...early.statuses };
    for (const [status, n] of Object.entries(late.statuses)) {
      statuses[status] = (statuses[status] ?? 0) + n;
    }
    return {
      requests: early.requests + late.requests,
      connections: early.connections + late.connections,
      statuses,
      findings: [...early.findings, ...late.findings],
      faults,
      bytesEarly,
      bytesLate,
    };
  } finally {
    child.kill('SIGKILL');
  }
}

/** The child's next message; rejects when it ends instead, or says nothing for so long. */
async function message<Value>(child: ChildProcess, milliseconds: number): Promise<[Value]> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(new Error('the emulator says nothing')), milliseconds);
  const ended = () => stop.abort(new Error('the emulator ended'));
  child.once('exit', ended);
  try {
    return (await once(child, 'message', { signal: stop.signal })) as [Value];
  } finally {
    clearTimeout(late);
    child.off('exit', ended);
  }
}

async function bytesOf(child: ChildProcess, deadline: number): Promise<number> {
  if (!child.connected) return Number.NaN;
  child.send('memory');
  const [{ bytes }] = await message<{ bytes: number }>(child, deadline).catch(() => [
    { bytes: Number.NaN },
  ]);
  return bytes;
}

async function answersPlainCall(host: string, deadline: number): Promise<boolean> {
  const text = body(contacts(1));
  const response = await fetch(`http://${host}${INSTANCE_PATH}`, {
    method: 'PUT',
    headers: signedHeadersOf({ host, body: text }),
    body: text,
    signal: AbortSignal.timeout(deadline),
  }).catch(() => null);
  return response?.status === 200;
}
