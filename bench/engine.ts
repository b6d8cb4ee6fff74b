/** CPU of the embedded engine per request in a full iteration, against autocannon's bare PUT. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 5;
/** Left out of the figures: start-up and warming of the code. */
const WARM_UP_MS = 2_000;
const MEASURED_MS = 4_000;
const SECONDS = String((WARM_UP_MS + MEASURED_MS) / 1_000 + 1);

const SIDES = [
  { kind: 'engine', label: 'embedded engine, full iteration, 20 VUs' },
  { kind: 'autocannon', label: 'autocannon, bare constant PUT, 20 connections' },
] as const;

/** Interleaved rounds; each generator is a process of its own, requests are counted by the server. */
export async function benchEngine(): Promise<BenchResult> {
  const sink = child('sink.ts');
  const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
  const all = SIDES.map((): number[] => []);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [i, { kind }] of SIDES.entries()) {
        all[i]?.push(await perRequest(kind, `http://127.0.0.1:${port}`, sink));
      }
    }
  } finally {
    sink.disconnect();
  }
  const rows = SIDES.map(({ label }, i) => ({
    label,
    median: median(all[i] ?? []),
    all: all[i] ?? [],
  }));
  const [engine, autocannon] = rows;
  return {
    name: 'engine',
    unit: 'CPU µs per request',
    rows,
    ratios: [
      {
        label: 'full iteration / autocannon bare',
        value: (engine?.median ?? Number.NaN) / (autocannon?.median ?? Number.NaN),
        aim: '<= 3.4',
      },
    ],
  };
}

async function perRequest(kind: string, url: string, sink: ChildProcess): Promise<number> {
  const generator = child('generator.ts', kind, url, SECONDS);
  const ended = once(generator, 'exit');
  await pause(WARM_UP_MS);
  const before = await figures(generator, sink);
  await pause(MEASURED_MS);
  const after = await figures(generator, sink);
  const [code] = await ended;
  if (code !== 0) throw new Error(`the ${kind} generator ended with ${code}`);
  return (after.microseconds - before.microseconds) / (after.answered - before.answered);
}

async function figures(generator: ChildProcess, sink: ChildProcess) {
  const [{ microseconds }, { answered }] = await Promise.all([
    ask<{ microseconds: number }>(generator),
    ask<{ answered: number }>(sink),
  ]);
  return { microseconds, answered };
}

async function ask<T>(process: ChildProcess): Promise<T> {
  process.send('figures');
  const [answer] = (await once(process, 'message')) as [T];
  return answer;
}

function child(file: string, ...args: string[]): ChildProcess {
  return fork(join(__dirname, 'engine-parts', file), args, {
    // Its own loader flags: inherited ones could make the child run this file again, without end.
    execArgv: ['-r', 'ts-node/register'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
