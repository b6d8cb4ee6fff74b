/** `load run --engine k6` as a user has it at a terminal, with a stand-in for k6. */

import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../run/run.ts';
import { NODE_ARGS, PACKAGE_ROOT } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';
import { ended } from './command.ts';

const dir = tempDir();

const SUMMARY = {
  state: { testRunDurationMs: 1_000 },
  root_group: {},
  metrics: { iterations: { values: { count: 1 } }, http_reqs: { values: { count: 1 } } },
};

/** A k6 that runs until it is interrupted, and writes its summary a moment later; at a second signal it ends at once. */
const STAND_IN = `#!${process.execPath}
const fs = require('node:fs');
if (process.argv[2] === 'version') { console.log('k6 v2.2.0'); process.exit(0); }
let signals = 0;
process.on('SIGINT', () => {
  signals += 1;
  if (signals > 1) process.exit(105);
  fs.writeFileSync(process.env.STAND_IN + '.interrupted', '');
  setTimeout(() => {
    fs.writeFileSync(process.env.DIALPROOF_SUMMARY, ${JSON.stringify(JSON.stringify(SUMMARY))});
    process.exit(105);
  }, Number(process.env.STAND_IN_MS));
});
setInterval(() => {}, 1000);
fs.writeFileSync(process.env.STAND_IN, String(process.pid));
`;

/** A run on the stand-in, which takes `ms` to end; with the road of a terminal's Ctrl-C to it. */
function run(name: string, ms: number) {
  const file = join(dir, `${name}-k6`);
  writeFileSync(file, STAND_IN);
  chmodSync(file, 0o755);
  const up = join(dir, `${name}-up`);
  const temporary = join(dir, `${name}-tmp`);
  mkdirSync(temporary);
  const args = ['load', 'run', 'smoke', '--batches', '2', '--engine', 'k6', '--k6', file];
  const child = spawn(
    process.execPath,
    [...NODE_ARGS, 'cli/main.ts', ...args, '--out', join(dir, name)],
    {
      cwd: PACKAGE_ROOT,
      env: {
        ...process.env,
        NO_COLOR: '1',
        TMPDIR: temporary,
        STAND_IN: up,
        STAND_IN_MS: String(ms),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, as a shell gives to each command.
      detached: true,
    },
  );
  const interrupt = () => process.kill(-(child.pid ?? 0), 'SIGINT');
  return { end: ended(child), group: child.pid, interrupt, up, temporary };
}

/** Tries until it is there, for less than a test may take. */
async function eventually<T>(get: () => T): Promise<T> {
  for (const deadline = Date.now() + 100_000; ; ) {
    try {
      return get();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const contentOf = (file: string) => eventually(() => readFileSync(file, 'utf8'));

it('is interrupted once by one Ctrl-C, and its results are kept', async () => {
  const { end, group, interrupt, up } = run('once', 200);
  const pid = await contentOf(up);
  // Two signals at once may be taken for one: where the terminal's go is what counts.
  expect(Number(execFileSync('ps', ['-o', 'pgid=', '-p', pid]))).not.toBe(group);
  interrupt();
  const { code, stdout } = await end;
  expect(code).toBe(130);
  const { load } = JSON.parse(readFileSync(join(dir, 'once', 'latest', 'run.json'), 'utf8')) as Run;
  expect(load[0]).toMatchObject({ iterations: 1, durationMs: 1_000 });
  expect(stdout).not.toContain('wrote no summary');
});

it('is ended with its parent by a second Ctrl-C, and leaves no temporary folder', async () => {
  const { end, interrupt, up, temporary } = run('twice', 60_000);
  const pid = Number(await contentOf(up));
  interrupt();
  await contentOf(`${up}.interrupted`);
  const left = () => readdirSync(temporary);
  expect(left()).toHaveLength(1);
  interrupt();
  expect((await end).code).toBe(130);
  expect(left()).toEqual([]);
  await eventually(() => expect(isThere(pid)).toBe(false));
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
