/** An iteration that is cut is over, whatever its script does. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EngineResult } from '../../../load/engine/engine.ts';
import { NODE_ARGS } from '../../../system/package.ts';
import { run, scriptOf, useServer } from './support.ts';

const server = useServer();

const IMPORTS = `import http from 'k6/http';
import { check, group, sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
const url = __ENV.URL;
const late = new Counter('late');`;

/** Runs the body as an iteration that is cut after 50 ms, and a later scenario on the same VU. */
async function cut(body: string) {
  const { result, lines } = await run(
    `${IMPORTS}
     export const options = { scenarios: {
       first: { executor: 'constant-vus', vus: 1, duration: '50ms', gracefulStop: '0s' },
       next: { executor: 'per-vu-iterations', startTime: '50ms', exec: 'next' },
     } };
     export default function () { ${body} }
     export function next() { sleep(0.1); console.log(__VU); }`,
    { env: { URL: server.url }, loopbackOnly: true },
  );
  return { result, lines };
}

const AFTERWARDS = "late.add(1); check(1, { late: true }); console.log('late');";

test.each([
  ['over requests', 'while (true) { try { http.get(url); } catch {} }'],
  ['over answers that never come', "for (;;) { try { http.get(url + '/never'); } catch {} }"],
  ['over sleeps', 'while (true) { try { sleep(10); } finally { continue; } }'],
  ['over short sleeps', 'while (true) try { sleep(0); } catch {}'],
  ['over batches', 'while (true) { try { http.batch([url, url]); } catch {} }'],
  ['over batches of nothing', 'while (true) http.batch([]);'],
  ['over URLs that are none', "while (true) { try { http.get('nonsense'); } catch {} }"],
  ['over wrong arguments', 'while (true) { try { http.get(url, { timeout: {} }); } catch {} }'],
  ['over sleeps of what is no number', "while (true) { try { sleep('x'); } catch {} }"],
  ['over another machine', "while (true) { try { http.get('http://dialer.invalid/'); } catch {} }"],
  ['over groups', "while (true) { try { group('g', () => { http.get(url); }); } catch {} }"],
  ['in a finally', 'try { sleep(10); } finally { while (true) sleep(0.01); }'],
  ['in a helper', 'const go = () => { for (;;) try { sleep(1); } catch { go(); } }; go();'],
])('a loop %s ends with its iteration', async (_, body) => {
  const { result, lines } = await cut(body);
  expect(result).toMatchObject({ exitCode: 0, iterations: 1, scriptErrors: [] });
  expect(lines).toEqual([1]);
});

test.each([
  ['what follows a request', `try { http.get(url + '/never'); } catch {} ${AFTERWARDS}`],
  ['a finally', `try { sleep(10); } finally { ${AFTERWARDS} }`],
  ['a catch', `try { sleep(10); } catch { ${AFTERWARDS} }`],
  ['a timer', `setTimeout(() => { ${AFTERWARDS} }, 80); sleep(10);`],
  ['an interval', `setInterval(() => { if (__ITER > 0) { ${AFTERWARDS} } }, 5); sleep(10);`],
  [
    'the answer to an asyncRequest',
    `http.asyncRequest('GET', url + '/never', null, { timeout: 60 }).finally(() => { ${AFTERWARDS} });`,
  ],
  [
    'a promise of crypto.subtle',
    `const loop = async () => {
       for (;;) { await crypto.subtle.digest('SHA-256', new Uint8Array(9)); if (__ITER > 0) { ${AFTERWARDS} } }
     };
     loop(); sleep(10);`,
  ],
  ['the group that it was in', `group('g', () => { sleep(10); }); ${AFTERWARDS}`],
])('%s comes to nothing once the iteration is cut', async (_, body) => {
  const { result, lines } = await cut(body);
  expect(result).toMatchObject({ exitCode: 0, iterations: 1, scriptErrors: [] });
  expect(result.summary.metrics.late).toBeUndefined();
  expect(result.summary.metrics.group_duration).toBeUndefined();
  expect(result.summary.root_group.checks).toEqual([]);
  expect(lines).toEqual([1]);
});

const ABORT = "try { exec.test.abort('enough'); } catch {}";

test.each([
  ['a metric', 'try { late.add(1); } catch {}'],
  ['a check', 'try { check(1, { late: true }); } catch {}'],
  ['a console line', "console.log('late');"],
  ['a mark', "try { exec.test.fail('late'); } catch {}"],
  ['another end', "try { exec.test.abort('otherwise'); } catch {}"],
  ['a request', "http.get(url + '/late');"],
  ['a loop over requests', "while (true) { try { http.get(url + '/late'); } catch {} }"],
  ['a loop over groups', "while (true) { try { group('g', () => { sleep(1); }); } catch {} }"],
  ['a timer', "try { setTimeout(() => console.log('late'), 1); } catch {}"],
  ['an error of its own', "throw new Error('late');"],
])('%s after an abort that was caught has no effect', async (_, body) => {
  server.received.length = 0;
  for (const where of ['iteration', 'setup', 'teardown'] as const) {
    const at = (place: string) => (place === where ? `${ABORT} ${body}` : '');
    const { result, lines } = await run(
      `${IMPORTS}
       export const options = { iterations: 3, setupTimeout: '9s', teardownTimeout: '9s' };
       export function setup() { ${at('setup')} }
       export default function () { ${at('iteration')} }
       export function teardown() { ${at('teardown')} }`,
      { env: { URL: server.url } },
    );
    expect(result).toMatchObject({
      aborted: 'test aborted: enough',
      exitCode: 108,
      scriptErrors: [],
      markedFailed: null,
      iterations: where === 'teardown' ? 3 : 0,
    });
    expect(result.summary.metrics.late).toBeUndefined();
    expect(result.summary.root_group.checks).toEqual([]);
    expect(lines).toEqual([]);
  }
  expect(server.received).toEqual([]);
});

test('an abort that init code catches ends the script all the same', async () => {
  const aborted = run(`${IMPORTS}
    ${ABORT}
    export default function () {}`);
  await expect(aborted).rejects.toMatchObject({
    exitCode: 108,
    message: expect.stringContaining('test aborted: enough'),
  });
});

test('a setup that is out of time does nothing more', async () => {
  const { result, lines } = await run(
    `${IMPORTS}
     export const options = { setupTimeout: '30ms' };
     export function setup() { for (;;) { try { sleep(0.01); } catch {} if (Date.now() > Number(__ENV.OVER)) console.log(1); } }
     export default function () {}`,
    { env: { OVER: String(Date.now() + 60_000) } },
  );
  expect(result.exitCode).toBe(100);
  expect(lines).toEqual([]);
});

test('an iteration that was cut is not kept in memory', async () => {
  const result = await inChild(`${IMPORTS}
    export const options = { scenarios: { s: { executor: 'ramping-vus', gracefulRampDown: '0s', gracefulStop: '0s',
      stages: Array.from({ length: 300 }, (_, i) => ({ duration: '0s', target: i % 2 })).flatMap((one) => [one, { duration: '5ms', target: one.target }]) } } };
    export default function () { const held = new Uint8Array(4e6).fill(1); sleep(60); late.add(held.length); }`);
  expect(result.interrupted).toBe(false);
  // Of 150 iterations with 4 MB each.
  expect(result.residentMb).toBeLessThan(450);
});

test.each([
  [
    'the last iteration',
    "export default function () { if (__ITER === 1) Promise.reject(new Error('r')); }",
  ],
  [
    'setup',
    "export function setup() { Promise.reject(new Error('r')); } export default function () {}",
  ],
  [
    'teardown',
    "export function teardown() { Promise.reject(new Error('r')); } export default function () {}",
  ],
  [
    'handleSummary',
    "export function handleSummary() { Promise.reject(new Error('r')); return {}; } export default function () {}",
  ],
  [
    'an asyncRequest that was left alone',
    "export default function () { if (__ITER === 1) http.asyncRequest('GET', 'http://127.0.0.1:1/', null, { throw: true }).then(() => { throw new Error('no'); }, () => { throw new Error('r'); }); }",
  ],
])('a rejection that nobody handles in %s fails the run, which is told', async (_, body) => {
  const result = await inChild(`${IMPORTS} export const options = { iterations: 2 }; ${body}`);
  expect(result).toMatchObject({
    exitCode: 107,
    iterations: 2,
    scriptErrors: [{ message: 'r', count: 1, where: expect.stringContaining('script.ts') }],
  });
});

test('a rejection that nobody handles in init code is not what a refusal ends with', async () => {
  const result = await inChild("Promise.reject(new Error('r')); throw new Error('no init');");
  expect(result).toEqual({ refused: expect.stringContaining('no init') });
});

/** In a process of its own: jest takes rejections that nobody handles for its own, and memory is this process's. */
async function inChild(text: string): Promise<EngineResult & { residentMb: number }> {
  const child = fork(join(__dirname, 'run-in-child.ts'), [scriptOf(text)], {
    execArgv: [...NODE_ARGS],
  });
  const [[result]] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
  return result;
}
