/** Memory that a VU of the embedded engine takes in the full iteration. */

import { once } from 'node:events';
import { ask, benchChild } from './engine-parts/generators.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 3;
const FEW = 20;
const MANY = 2_000;
const SECONDS = 8;
/** Time for every VU to have made several iterations. */
const UNTIL_ASKED_MS = 7_000;

export async function benchVus(): Promise<BenchResult> {
  const sink = benchChild('sink.ts');
  const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
  const sides = [FEW, MANY].map((vus) => ({ vus, all: [] as number[] }));
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { vus, all } of sides) {
        all.push(await resident(`http://127.0.0.1:${port}`, vus));
      }
    }
  } finally {
    sink.disconnect();
  }
  const rows = sides.map(({ vus, all }) => ({
    label: `${vus} VUs, resident`,
    median: median(all),
    all,
  }));
  const [few, many] = rows;
  return {
    name: 'vus',
    unit: 'kB',
    rows,
    ratios: [
      {
        label: 'kB more per VU',
        value: ((many?.median ?? Number.NaN) - (few?.median ?? Number.NaN)) / (MANY - FEW),
        aim: '<= 100',
      },
    ],
  };
}

async function resident(url: string, vus: number): Promise<number> {
  const generator = benchChild('generator.ts', 'full', url, String(SECONDS), String(vus));
  const ended = once(generator, 'exit');
  await new Promise((resolve) => setTimeout(resolve, UNTIL_ASKED_MS));
  const { rss } = await ask<{ rss: number }>(generator);
  const [code] = await ended;
  if (code !== 0) throw new Error(`the generator with ${vus} VUs ended with ${code}`);
  return rss / 1_000;
}
