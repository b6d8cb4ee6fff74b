/** Workers do a run together: divided, started, judged and ended as one. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { EngineProgress } from '../../load/engines/engine.ts';
import { workersEngine } from '../../load/engines/workers/engine.ts';
import { UserError } from '../../system/errors.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';
import { threshold } from '../support/threshold.ts';

const dir = tempDir();
const EXECUTOR = join(PACKAGE_ROOT, 'test', 'load', 'engine', 'scripts', 'executor.ts');

jest.setTimeout(60_000);

let files = 0;
function fileWith(text: string, extension: string): string {
  files += 1;
  const file = join(dir, `f${files}.${extension}`);
  writeFileSync(file, text);
  return file;
}

async function runOn(
  workers: number,
  script: string,
  env: Record<string, string> = {},
  more: { signal?: AbortSignal; onProgress?: (progress: EngineProgress) => void } = {},
) {
  const historyFile = fileWith('', 'history.tsv');
  const labels = { testid: 'a-run', scenario: 'a-script' };
  const run = { script, env, historyFile, labels, plannedMs: 1_000, loopbackOnly: true, ...more };
  const outcome = await workersEngine(workers).run(run);
  const lines = readFileSync(historyFile, 'utf8').split('\n').slice(0, -1);
  const left = readdirSync(dir).filter((name) => name.startsWith(`${basename(historyFile)}.`));
  expect(left).toEqual([]);
  return { outcome, lines };
}

test('the iterations of all are those of one run, and their lines are in one history', async () => {
  const scenario = { executor: 'shared-iterations', vus: 4, iterations: 13 };
  const { outcome, lines } = await runOn(3, EXECUTOR, { SCENARIO: JSON.stringify(scenario) });
  expect(outcome).toMatchObject({ iterations: 13, droppedIterations: 0, interrupted: false });
  const numbers = lines.map((line) => (JSON.parse(line) as { inTest: number }).inTest);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, i) => i));
});

const COUNTING = `
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';
import exec from 'k6/execution';
const things = new Counter('things');
export const options = {
  scenarios: { s: { executor: 'constant-vus', vus: 2, duration: '10m', gracefulStop: '0s' } },
  thresholds: { things: [{ threshold: 'count<6', abortOnFail: true }] },
};
let done = false;
export default async function () {
  if (!done) things.add(Number(__ENV.EACH));
  done = true;
  if (__ENV.ABORT && exec.vu.idInTest === 2) exec.test.abort('enough');
  await sleep(0.05);
}`;

test('a threshold that aborts is judged on what all have measured', async () => {
  // 4 of each keep it, 8 of both do not.
  const { outcome } = await runOn(2, fileWith(COUNTING, 'ts'), { EACH: '4' });
  expect(outcome.thresholds).toEqual([threshold('things', 'count<6', false, 8)]);
  expect(outcome.durationMs).toBeLessThan(300_000);
  expect(outcome.errors).toEqual([]);
});

test('a mistake that a worker meets is one sentence of the user, not a stack', async () => {
  const folder = join(dir, 'mapped');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"dialproof": {"imports": 7}}');
  writeFileSync(join(folder, 'script.js'), 'export default function () {}');
  const error = await runOn(1, join(folder, 'script.js')).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toMatch(
    /^UserError: .*package\.json is no import map: dialproof\.imports must be [^\n]*$/,
  );
});

test('workers reach no other machine where the run may not', async () => {
  const script = `import http from 'k6/http';
export const options = { vus: 2, iterations: 2 };
export default function () { http.get('http://dialer.invalid/'); }`;
  const { outcome } = await runOn(2, fileWith(script, 'ts'));
  expect(outcome.errors).toEqual([
    {
      kind: 'script threw',
      message: expect.stringMatching(/^dialer\.invalid is not on this machine/),
      count: 2,
      where: expect.any(String),
    },
  ]);
});

// VU 2 is the second worker's: the first is only told.
test('a worker whose script aborts ends all, and says why', async () => {
  const { outcome } = await runOn(2, fileWith(COUNTING, 'ts'), { EACH: '1', ABORT: '1' });
  expect(outcome.errors).toEqual([{ kind: 'ended early', why: 'test aborted: enough' }]);
  expect(outcome.durationMs).toBeLessThan(300_000);
});

test('an interruption ends all, their results kept', async () => {
  const interruption = new AbortController();
  const seen: EngineProgress[] = [];
  const { outcome } = await runOn(
    2,
    fileWith(COUNTING, 'ts'),
    { EACH: '1' },
    {
      signal: interruption.signal,
      onProgress(progress) {
        seen.push(progress);
        if (progress.iterations > 3) interruption.abort();
      },
    },
  );
  expect(outcome).toMatchObject({ interrupted: true, thresholds: [{ ok: true }] });
  expect(outcome.iterations).toBeGreaterThanOrEqual(seen.at(-1)?.iterations ?? Number.NaN);
});

// The children of a process are told by Linux only.
const CHILDREN = `/proc/${process.pid}/task/${process.pid}/children`;

(existsSync(CHILDREN) ? test : test.skip)(
  'a worker that dies ends the run, and what all had measured is kept',
  async () => {
    const before = new Set(childIds());
    let killed = false;
    const onProgress = () => {
      const [victim] = childIds().filter((id) => !before.has(id) && isWorker(id));
      if (killed || victim === undefined) return;
      killed = true;
      process.kill(victim, 'SIGKILL');
    };
    const script = fileWith(COUNTING, 'ts');
    const { outcome } = await runOn(2, script, { EACH: '1' }, { onProgress });
    expect(outcome).toMatchObject({ exitCode: 107, cutIterations: expect.any(Number) });
    expect(outcome.errors).toEqual([
      { kind: 'ended early', why: "the engine's process ended with SIGKILL" },
    ]);
    expect(outcome.cutIterations).toBeGreaterThan(0);
    expect(outcome.iterations).toBeGreaterThan(0);
    expect(childIds().filter((id) => !before.has(id) && isWorker(id))).toEqual([]);
  },
);

function childIds(): number[] {
  return readFileSync(CHILDREN, 'utf8').split(' ').filter(Boolean).map(Number);
}

function isWorker(id: number): boolean {
  return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('worker.ts');
}

test('a script that cannot be run is refused, as by one', async () => {
  const script = fileWith("throw new Error('not like this')", 'js');
  await expect(runOn(2, script)).rejects.toThrow('not like this');
});
