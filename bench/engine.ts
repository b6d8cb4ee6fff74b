/** CPU time of the embedded engine per request in a full iteration, compared with bare PUTs of other generators. */

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import {
  ask,
  benchChild,
  type Generator,
  ownGenerator,
  rivalGenerator,
} from './engine-parts/generators.ts';
import { BODY_BYTES } from './engine-parts/job.ts';
import { isInstalled, type Job, RIVALS } from './engine-parts/rivals.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 5;
/** Left out of the figures: start-up and warming of the code. */
const WARM_UP_MS = 3_000;
const MEASURED_MS = 4_000;

interface Side {
  readonly name: string;
  readonly label: string;
  start(job: Job): Generator;
}

const OWN: readonly Side[] = [
  {
    name: 'full',
    label: 'embedded engine, full iteration',
    start: (job) => ownGenerator('full', job),
  },
  { name: 'bare', label: 'embedded engine, bare PUT', start: (job) => ownGenerator('bare', job) },
  {
    name: 'autocannon',
    label: 'autocannon, bare PUT',
    start: (job) => ownGenerator('autocannon', job),
  },
];

/** What the full iteration may cost at most, in the bare PUTs of others. */
const AIMS: Readonly<Record<string, string>> = { autocannon: '<= 2.6', vegeta: '<= 1.0' };

/**
 * Interleaved rounds of 20 connections; each generator is a process of its own, and the server counts the
 * requests. Programs that PATH does not have are left out, and named.
 */
export async function benchEngine(): Promise<BenchResult> {
  const present = RIVALS.filter(({ program }) => isInstalled(program));
  const sides: Side[] = [
    ...OWN,
    ...present.map((rival) => ({
      name: rival.program,
      label: `${rival.program}, bare PUT`,
      start: (job: Job) => rivalGenerator(rival, job),
    })),
  ];
  const all = await measured(sides);
  const rows = sides.map(({ label }, i) => ({
    label,
    median: median(all[i] ?? []),
    all: all[i] ?? [],
  }));
  const full = rows[0]?.median ?? Number.NaN;
  const absent = RIVALS.filter((rival) => !present.includes(rival)).map(({ program }) => program);
  return {
    name: 'engine',
    unit: 'CPU µs per request',
    rows,
    ratios: sides.slice(1).map(({ name, label }, i) => ({
      label: `full iteration / ${label}`,
      value: full / (rows[i + 1]?.median ?? Number.NaN),
      aim: AIMS[name] ?? 'stated',
    })),
    ...(absent.length > 0 ? { note: `Not on PATH, so not measured: ${absent.join(', ')}.` } : {}),
  };
}

async function measured(sides: readonly Side[]): Promise<number[][]> {
  const folder = makeTemporaryFolder('bench');
  const body = join(folder, 'body');
  writeFileSync(body, 'x'.repeat(BODY_BYTES));
  const sink = benchChild('sink.ts');
  const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
  const job = {
    url: `http://127.0.0.1:${port}/`,
    seconds: (WARM_UP_MS + MEASURED_MS) / 1_000 + 2,
    body,
    // artillery reads no other ending; JSON is YAML.
    script: join(folder, 'script.yml'),
  };
  const all = sides.map((): number[] => []);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [i, side] of sides.entries())
        all[i]?.push(await perRequest(side.start(job), sink));
    }
  } finally {
    sink.disconnect();
    removeTemporaryFolder(folder);
  }
  return all;
}

async function perRequest(generator: Generator, sink: ChildProcess): Promise<number> {
  await pause(WARM_UP_MS);
  const before = await figures(generator, sink);
  await pause(MEASURED_MS);
  const after = await figures(generator, sink);
  await generator.end();
  return (after.cpu - before.cpu) / (after.answered - before.answered);
}

async function figures(generator: Generator, sink: ChildProcess) {
  const [cpu, { answered }] = await Promise.all([generator.cpu(), ask<{ answered: number }>(sink)]);
  return { cpu, answered };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
