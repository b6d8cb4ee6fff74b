/** Memory that a VU of the embedded engine takes in the full iteration. */

import { once } from 'node:events';
import { ask, benchChild } from './engine-parts/generators.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 3;
const FEW = 20;
const MANY = 5_000;
const SECONDS = 8;
/** Time for every VU to have made several iterations. */
const UNTIL_ASKED_MS = 7_000;

interface Memory {
  readonly resident: number;
  /** After a collection: what V8 would come back to where memory is short. */
  readonly live: number;
}

export async function benchVus(): Promise<BenchResult> {
  const sink = benchChild('sink.ts');
  const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
  const few: Memory[] = [];
  const many: Memory[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      few.push(await memoryOf(`http://127.0.0.1:${port}`, FEW));
      many.push(await memoryOf(`http://127.0.0.1:${port}`, MANY));
    }
  } finally {
    sink.disconnect();
  }
  const row = (vus: number, kind: keyof Memory, rounds: readonly Memory[]) => {
    const all = rounds.map((memory) => memory[kind] / 1_000);
    return { label: `${vus} VUs, ${kind}`, median: median(all), all };
  };
  const kinds = (['resident', 'live'] as const).map((kind) => ({
    kind,
    few: row(FEW, kind, few),
    many: row(MANY, kind, many),
  }));
  return {
    name: 'vus',
    unit: 'kB',
    rows: kinds.flatMap((one) => [one.few, one.many]),
    ratios: kinds.map((one) => ({
      label: `kB ${one.kind} per further VU`,
      value: (one.many.median - one.few.median) / (MANY - FEW),
      aim: '<= 100',
    })),
  };
}

async function memoryOf(url: string, vus: number): Promise<Memory> {
  const generator = benchChild('generator.ts', 'full', url, String(SECONDS), String(vus));
  const ended = once(generator, 'exit');
  await new Promise((resolve) => setTimeout(resolve, UNTIL_ASKED_MS));
  const memory = await ask<Memory>(generator, 'memory');
  const [code] = await ended;
  if (code !== 0) throw new Error(`the generator with ${vus} VUs ended with ${code}`);
  return memory;
}
