/** Old runs are removed, and the corpus of runs is kept once. */

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CORPORA, keepCorpusOnce } from '../../cli/stages/kept-corpus.ts';
import { keepOf, markWriting, removeOldRuns } from '../../cli/stages/kept-runs.ts';
import { readManifest, writeCorpus } from '../../generators/corpus.ts';
import { tempDir } from '../support/temp-dir.ts';

const MB = 1_000_000;
const ALL = { runs: 1_000, bytes: Number.POSITIVE_INFINITY };

const idOf = (n: number) => `2026-11-29T00-00-${String(n).padStart(2, '0')}-000Z-s1`;

/** A folder with runs 1 to n. */
function outWith(runs: number, bytes = 10): string {
  const out = tempDir();
  for (let n = 1; n <= runs; n += 1) {
    const dir = join(out, idOf(n));
    mkdirSync(dir);
    const file = join(dir, 'run.json');
    writeFileSync(file, '');
    // A file with a hole takes no room on the disk.
    truncateSync(file, bytes);
  }
  return out;
}

const left = (out: string): number[] =>
  readdirSync(out)
    .filter((name) => /Z-s1$/.test(name))
    .map((name) => Number(name.slice(17, 19)))
    .sort((a, b) => a - b);

it('the last runs stay, by number and by size', async () => {
  const many = outWith(23);
  expect(await removeOldRuns(many, keepOf({}) ?? ALL)).toEqual([idOf(1), idOf(2), idOf(3)]);
  expect(left(many)).toHaveLength(20);
  const large = outWith(6, 120 * MB);
  await removeOldRuns(large, keepOf({}) ?? ALL);
  expect(left(large)).toEqual([3, 4, 5, 6]);
});

it('what a link or a JSON file is about stays, and counts', async () => {
  const out = outWith(8);
  symlinkSync(idOf(1), join(out, 'latest'));
  symlinkSync(join(idOf(2), 'run.json'), join(out, 'baseline'));
  writeFileSync(join(out, 'baseline.json'), JSON.stringify({ run: `out/${idOf(3)}/run.json` }));
  symlinkSync('nowhere', join(out, 'dangling'));
  await removeOldRuns(out, { ...ALL, runs: 4 });
  expect(left(out)).toEqual([1, 2, 3, 8]);
});

it('a run that is being written stays, until its process has ended', async () => {
  const out = outWith(4);
  await markWriting(join(out, idOf(1)));
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(join(out, idOf(2), '.writing'), `${dead} ${hostname()}\n`);
  writeFileSync(join(out, idOf(3), '.writing'), '1 another-machine\n');
  await removeOldRuns(out, { ...ALL, runs: 1 });
  expect(left(out)).toEqual([1, 3]);
});

it('nothing else is removed, but what an earlier removal has left', async () => {
  const out = outWith(2);
  mkdirSync(join(out, 'mine'));
  writeFileSync(join(out, '2026-notes.txt'), '');
  mkdirSync(join(out, '.removing-x'));
  await removeOldRuns(out, { ...ALL, runs: 1 });
  expect(readdirSync(out).sort()).toEqual([idOf(2), '2026-notes.txt', 'mine']);
});

it('DIALPROOF_KEEP_RUNS says how many runs stay', () => {
  expect(keepOf({})).toEqual({ runs: 20, bytes: 500 * MB });
  expect(keepOf({ DIALPROOF_KEEP_RUNS: '3' })).toMatchObject({ runs: 3 });
  expect(keepOf({ DIALPROOF_KEEP_RUNS: 'all' })).toBeNull();
  expect(() => keepOf({ DIALPROOF_KEEP_RUNS: '0' })).toThrow(
    'DIALPROOF_KEEP_RUNS is "0": set it to a number of runs, or to "all"',
  );
});

describe('a corpus', () => {
  const runWith = async (out: string, n: number, seed: number): Promise<string> => {
    const dir = join(out, idOf(n));
    mkdirSync(dir);
    const corpus = join(dir, 'corpus');
    await keepCorpusOnce(corpus, await writeCorpus(corpus, { seed, batches: 2 }));
    return corpus;
  };

  it('of several runs is on the disk once, and goes with the last of them', async () => {
    const out = tempDir();
    const corpora = () => readdirSync(join(out, CORPORA));
    const first = await runWith(out, 1, 1);
    const second = await runWith(out, 2, 1);
    await runWith(out, 3, 2);
    expect(corpora()).toHaveLength(2);
    for (const corpus of [first, second]) {
      expect(lstatSync(corpus).isSymbolicLink()).toBe(true);
      // It is whole: its hash is checked.
      expect(await readManifest(corpus)).toMatchObject({ seed: 1, batches: 2 });
    }
    expect(readdirSync(join(out, idOf(2)))).toEqual(['corpus']);
    await removeOldRuns(out, { ...ALL, runs: 2 });
    expect(corpora()).toHaveLength(2);
    await removeOldRuns(out, { ...ALL, runs: 1 });
    expect(left(out)).toEqual([3]);
    expect(corpora()).toHaveLength(1);
    expect(existsSync(join(out, idOf(3), 'corpus', 'batches.bin'))).toBe(true);
  });

  it('counts once towards the size', async () => {
    const out = tempDir();
    for (const n of [1, 2, 3]) await runWith(out, n, 1);
    const size = readFileSync(join(out, idOf(1), 'corpus', 'batches.bin')).length;
    await removeOldRuns(out, { ...ALL, bytes: size + 10_000 });
    expect(left(out)).toEqual([1, 2, 3]);
  });
});
