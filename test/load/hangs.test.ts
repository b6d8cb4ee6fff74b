/** Scripts that never give way: the run ends in its time all the same, says where they were, and keeps what was measured. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineProgress } from '../../load/engines/engine.ts';
import { workersEngine } from '../../load/engines/workers/engine.ts';
import { LIMITS } from '../../load/engines/workers/watchdog.ts';
import { loadReasonSaid } from '../../reports/english/load.ts';
import { NODE_ARGS } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';
import { startServer, type TestServer } from './engine/support.ts';

const dir = tempDir();
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const FOR_EVER = 'for (;;) {}';
/** A loop of V8's own: it cannot be interrupted, and no debugger sees it. */
const NATIVE = 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);';

function scriptOf(text: string): string {
  const file = join(mkdtempSync(join(dir, 'script-')), 'script.js');
  writeFileSync(file, text);
  return file;
}

async function runIt(
  text: string,
  {
    workers = 1,
    limits = {},
    ...more
  }: {
    workers?: number;
    limits?: Partial<typeof LIMITS>;
    signal?: AbortSignal;
    onProgress?: (progress: EngineProgress) => void;
  } = {},
) {
  const script = scriptOf(text);
  const historyFile = `${script}.tsv`;
  writeFileSync(historyFile, '');
  return workersEngine(workers, { ...LIMITS, graceMs: 200, tellMs: 60_000, ...limits }).run({
    script,
    env: { URL: server.url },
    historyFile,
    plannedMs: 1_000,
    labels: { testid: 'hangs', scenario: 'script' },
    loopbackOnly: true,
    ...more,
  });
}

const HEAD = `import http from 'k6/http';
import { sleep } from 'k6';
export const options = { iterations: 7, setupTimeout: '1s', teardownTimeout: '1s', handleSummaryTimeout: '1s' };`;
const IDLE = 'export default function () { http.get(__ENV.URL); }';

test.each<[string, string, number, RegExp, number]>([
  [
    'setup',
    `${HEAD} ${IDLE}\nexport function setup() { ${FOR_EVER} }`,
    100,
    /setup\(\) still ran at .*script\.js:4:\d+ when its time was over \(1 s\)/,
    0,
  ],
  [
    'teardown',
    `${HEAD} ${IDLE}\nexport function teardown() { ${FOR_EVER} }`,
    101,
    /teardown\(\) still ran at .*script\.js:4:\d+ when/,
    7,
  ],
  [
    'handleSummary',
    `${HEAD} ${IDLE}\nexport function handleSummary() { ${FOR_EVER} }`,
    107,
    /handleSummary\(\) still ran at .*script\.js:4:\d+ when/,
    7,
  ],
  [
    'an iteration',
    `import http from 'k6/http';
export const options = { scenarios: { s: { executor: 'per-vu-iterations', iterations: 8, maxDuration: '3s', gracefulStop: '0s' } } };
export default function () { if (__ITER < 7) http.get(__ENV.URL);
else ${FOR_EVER} }`,
    102,
    /the script still ran at .*script\.js:4:\d+ when its time was over \(3 s\)/,
    -1,
  ],
  [
    'microtasks of an iteration',
    `export const options = { scenarios: { s: { executor: 'constant-vus', duration: '1s', gracefulStop: '0s' } } };
export default async function () { for (;;) await null; }`,
    102,
    /the script still ran at .*script\.js:2:\d+ when/,
    -1,
  ],
  [
    'a loop behind an abort that was caught',
    `import exec from 'k6/execution';
export const options = { scenarios: { s: { executor: 'constant-vus', duration: '1s', gracefulStop: '0s' } } };
export default function () { for (;;) try { exec.test.abort(); } catch {} }`,
    102,
    /the script still ran at .*script\.js:3:\d+ when/,
    -1,
  ],
])('%s that never gives way', async (_, text, exitCode, error, iterations) => {
  const outcome = await runIt(text);
  expect(outcome).toMatchObject({ exitCode, interrupted: false });
  expect(outcome.errors.map(loadReasonSaid)).toEqual([expect.stringMatching(error)]);
  // What was sent may have left no line.
  expect(outcome.cutIterations).toBeGreaterThan(0);
  if (iterations < 0) return;
  expect(outcome).toMatchObject({ iterations, requests: iterations });
});

test.each([
  ['of the first', FOR_EVER],
  ['of a VU', `if (__VU > 0) ${FOR_EVER}`],
  ['that awaits what never comes', 'await new Promise(() => {});'],
])('init code %s that never ends is refused', async (_, body) => {
  const running = runIt(`\n${body}\nexport default function () {}`, { limits: { initMs: 3_000 } });
  await expect(running).rejects.toMatchObject({
    name: 'UserError',
    exitCode: 107,
    message: expect.stringMatching(
      body.startsWith('await')
        ? /the script's init code did not end within 3 seconds$/
        : /script\.js:2:\d+: the script's init code did not end within 3 seconds$/,
    ),
  });
});

test('a call that nothing interrupts, and that no debugger sees, ends with its process', async () => {
  const text = `${HEAD} ${IDLE}\nexport function setup() { ${NATIVE} }`;
  const { exitCode, errors } = await runIt(text, { limits: { tellMs: 500 } });
  expect(exitCode).toBe(100);
  expect(errors.map(loadReasonSaid)).toEqual([
    expect.stringContaining('setup() still ran when its time was over (1 s)'),
  ]);
});

test('a setup that is busy for long, within its time, is left alone', async () => {
  const outcome = await runIt(
    `${IDLE}
     import http from 'k6/http';
     export const options = { iterations: 3, setupTimeout: '60s' };
     export function setup() { for (const end = Date.now() + 2500; Date.now() < end; ); }`,
    { limits: { graceMs: 10 } },
  );
  expect(outcome).toMatchObject({ exitCode: 0, iterations: 3, errors: [], cutIterations: 0 });
});

test('of two workers one that never gives way ends both, and both are told', async () => {
  const outcome = await runIt(
    `import http from 'k6/http'; import exec from 'k6/execution';
     export const options = { scenarios: { s: { executor: 'constant-vus', vus: 2, duration: '2s', gracefulStop: '0s' } } };
     export default function () {
       http.get(__ENV.URL);
       if (exec.vu.idInTest === 2 && __ITER > 3) ${FOR_EVER}
     }`,
    // The other worker is not to be taken for stuck where the machine stalls.
    { workers: 2, limits: { graceMs: 3_000 } },
  );
  expect(outcome.exitCode).toBe(102);
  expect(outcome.errors.map(loadReasonSaid)).toEqual([
    expect.stringContaining('the script still ran at '),
  ]);
  expect(outcome.iterations).toBeGreaterThan(4);
});

test('an interruption gives such a script its gracefulStop, and no more', async () => {
  const interruption = new AbortController();
  const outcome = await runIt(
    `import http from 'k6/http';
     export const options = { scenarios: { s: { executor: 'constant-vus', duration: '10m', gracefulStop: '1s' } } };
     export default function () {
       for (const end = Date.now() + 600; Date.now() < end; ) http.get(__ENV.URL);
       ${FOR_EVER}
     }`,
    { signal: interruption.signal, onProgress: () => interruption.abort() },
  );
  expect(outcome).toMatchObject({ interrupted: true, iterations: 0 });
  expect(outcome.requests).toBeGreaterThan(0);
  expect(outcome.errors.map(loadReasonSaid)).toEqual([
    expect.stringContaining('the script still ran at '),
  ]);
});

test.each([1, 2])('who is killed leaves none of %d workers behind', async (workers) => {
  const script = scriptOf(
    `export const options = { vus: 2, duration: '10m' }; export default function () { ${FOR_EVER} }`,
  );
  const starter = fork(join(__dirname, 'start-workers.ts'), [script, String(workers)], {
    execArgv: [...NODE_ARGS],
  });
  const [ids] = (await once(starter, 'message')) as [number[]];
  expect(ids).toHaveLength(workers);
  starter.kill('SIGKILL');
  for (const id of ids) {
    while (isThere(id)) await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

function isThere(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
