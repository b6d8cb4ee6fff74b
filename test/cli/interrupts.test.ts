/** Signals end a command whatever it waits for, and leave no process and no folder behind. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { runReasonSaid } from '../../reports/english/run.ts';
import type { Run } from '../../run/run.ts';
import { NODE_ARGS, PACKAGE_ROOT } from '../../system/package.ts';
import { startServer, type TestServer } from '../load/engine/support.ts';
import { tempDir } from '../support/temp-dir.ts';
import { ended, start } from './command.ts';

const dir = tempDir();
let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

function begin(text: string, ...more: string[]) {
  const out = mkdtempSync(join(dir, 'out-'));
  const script = join(out, 'script.js');
  writeFileSync(script, text);
  const child = start(
    ...['load', 'run', script, '--batches', '2', '--out', out, '-e', `URL=${server.url}`, ...more],
  );
  return { child, out, result: ended(child) };
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Process ids of a command's workers; told by Linux only. */
function workersOf({ pid }: ChildProcess): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [];
  const ids = readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number);
  return ids.filter((id) => commandOf(id).includes('worker.ts'));
}

function commandOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** In a process group of its own: Ctrl-C goes to all that the command starts, too. */
function startDetached(env: Readonly<Record<string, string>>, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [...NODE_ARGS, 'cli/main.ts', ...args], {
    cwd: PACKAGE_ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

const IMPORTS = "import http from 'k6/http'; import { sleep } from 'k6';";
const LONG = "export const options = { vus: 2, duration: '10m' };";
const TOLD = 'http.get(__ENV.URL);';
const onLinux = existsSync('/proc/self/cmdline') ? test : test.skip;

test.each<[string, string, string[]]>([
  ['a loop that never gives way', `${LONG} export default function () { ${TOLD} for (;;) {} }`, []],
  [
    'such a loop on two workers',
    `${LONG} export default function () { ${TOLD} for (;;) {} }`,
    ['--workers', '2'],
  ],
  [
    'a setup that never gives way',
    `${LONG} export function setup() { ${TOLD} for (;;) {} } export default function () {}`,
    [],
  ],
  [
    'a teardown that never gives way',
    `export function teardown() { ${TOLD} for (;;) {} } export default function () {}`,
    [],
  ],
  [
    'a loop that catches all',
    `${LONG} export default function () { for (;;) try { ${TOLD} sleep(0.01); } catch {} }`,
    ['--workers', '2'],
  ],
])('a second Ctrl-C ends %s at once', async (_, body, more) => {
  const { child, result } = begin(`${IMPORTS} ${body}`, ...more);
  await until(() => server.received.length > 0);
  const workers = workersOf(child);
  child.kill('SIGINT');
  child.stderr?.once('data', () => child.kill('SIGINT'));
  expect((await result).code).toBe(130);
  await until(() => workers.every((id) => !commandOf(id).includes('worker.ts')));
});

onLinux('a second Ctrl-C ends init code that never gives way at once', async () => {
  const { child, result } = begin('for (;;) {}');
  await until(() => workersOf(child).length > 0);
  const workers = workersOf(child);
  child.kill('SIGINT');
  child.stderr?.once('data', () => child.kill('SIGINT'));
  expect((await result).code).toBe(130);
  await until(() => workers.every((id) => !commandOf(id).includes('worker.ts')));
});

onLinux('Ctrl-C while a script is bundled gets one sentence', async () => {
  const folder = mkdtempSync(join(dir, 'fifo-'));
  // The bundler waits for a writer of this file.
  const fifo = join(folder, 'part.js');
  execFileSync('mkfifo', [fifo]);
  const script = join(folder, 'script.js');
  writeFileSync(script, "import part from './part.js'; export default function () {}");
  const child = startDetached({}, 'load', 'run', script, '--batches', '2', '--out', folder);
  const result = ended(child);
  const reads = () => {
    try {
      closeSync(openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK));
      return true;
    } catch {
      return false;
    }
  };
  await until(reads);
  process.kill(-(child.pid as number), 'SIGINT');
  const { code, stderr } = await result;
  expect(code).toBe(130);
  expect(stderr).not.toMatch(/^ +at /m);
});

test('Ctrl-C while the mock writes its pact gets one sentence, and leaves nothing', async () => {
  const folder = mkdtempSync(join(dir, 'tmp-'));
  const made = () => readdirSync(folder).filter((name) => name.startsWith('dialproof-'));
  const child = startDetached({ TMPDIR: folder }, 'contracts', 'mock', '--literal', '--port', '0');
  const result = ended(child);
  await until(() => made().length > 0 || child.exitCode !== null);
  process.kill(-(child.pid as number), 'SIGINT');
  const { code, stdout, stderr } = await result;
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr.match(/^dialproof: .*$/gm)).toEqual([
    'dialproof: interrupted before there was a result',
  ]);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(made()).toEqual([]);
  // The group has no process any more.
  expect(() => process.kill(-(child.pid as number), 0)).toThrow('ESRCH');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s once has the report written', async (signal) => {
  const { child, out, result } = begin(
    `${IMPORTS}
     export const options = { scenarios: { s: { executor: 'constant-vus', duration: '10m', gracefulStop: '0s' } } };
     export default function () { for (;;) try { ${TOLD} sleep(0.01); } catch {} }`,
  );
  await until(() => server.received.length > 3);
  child.kill(signal);
  expect(await result).toMatchObject({ code: 130 });
  const run = JSON.parse(readFileSync(join(out, 'latest', 'run.json'), 'utf8')) as Run;
  expect(run).toMatchObject({ interrupted: true });
  expect(run.load[0]?.requests).toBeGreaterThan(2);
});

test('a script that never gives way ends in its time, and the report has what it had done', async () => {
  const { out, result } = begin(
    `${IMPORTS}
     export const options = { scenarios: { s: { executor: 'per-vu-iterations', maxDuration: '5s', gracefulStop: '0s' } } };
     export default function () { ${TOLD} sleep(1);
       for (;;) {} }`,
  );
  expect((await result).code).toBe(1);
  const run = JSON.parse(readFileSync(join(out, 'latest', 'run.json'), 'utf8')) as Run;
  expect(run.load[0]).toMatchObject({ verdict: 'fail', requests: 1 });
  expect(run.reasons.map(runReasonSaid).join()).toMatch(
    /the script still ran at .*script\.js:4:\d+ when its time/,
  );
});
