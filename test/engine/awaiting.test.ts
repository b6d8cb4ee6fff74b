import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { removeTemporaryFolders, run, scriptOf, startServer, type TestServer } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.close();
  removeTemporaryFolders();
});

async function errorOf(
  body: string,
): Promise<{ message: string; where: string; exitCode: number }> {
  const text = `import http from 'k6/http';
import { check, group, sleep } from 'k6';
import exec from 'k6/execution';
const url = __ENV.URL; const unseen = { http, sleep };
export default async function () {
${body}
}`;
  const { result } = await run(text, { env: { URL: server.url } });
  const [error] = result.scriptErrors;
  return {
    message: error?.message ?? 'none',
    where: error?.where ?? '',
    exitCode: result.exitCode,
  };
}

test.each([
  ['status', 'const res = unseen.http.put(url, "x"); return res.status;'],
  ['body', 'const res = unseen.http.get(url); return res.body;'],
  ['json', 'const res = unseen.http.get(url); return res.json();'],
  ['timings', 'const { timings } = unseen.http.get(url);'],
])('%s of a response that was not awaited throws, naming it', async (member, body) => {
  const { message, where, exitCode } = await errorOf(body);
  expect(message).toContain(`${member} was read of http.`);
  expect(message).toContain('without await: write "await http.');
  expect(where).toMatch(/script\.ts:6:\d+$/);
  expect(exitCode).toBe(107);
});

test.each([
  ['http.put()', 'unseen.http.put(url, "x");'],
  ['http.get()', 'const res = unseen.http.get(url); await sleep(0.2);'],
  ['sleep()', 'unseen.sleep(0.01);'],
  ['http.batch()', 'unseen.http.batch([url, url]);'],
])('%s that nothing awaited is an error, though it ended well', async (call, body) => {
  const { message, exitCode } = await errorOf(body);
  expect(message).toContain(`${call} was called without await`);
  expect(exitCode).toBe(107);
});

test.each([
  ['an answer of a batch', 'return unseen.http.batch([url])[0];', '0 was read of http.batch()'],
  ['a check', 'check(unseen.http.get(url), {});', 'check() was given http.get() without await'],
  [
    'a check that gives a promise',
    'check(1, { late: async () => false });',
    'check "late" gave a promise',
  ],
  ['an async group', 'group("g", async () => {});', 'group() does not support async functions'],
])('%s is refused', async (_, body, message) => {
  expect((await errorOf(body)).message).toContain(message);
});

test.each([
  ['await', 'const res = await http.get(url); return res.status;'],
  ['then', 'return http.get(url).then((res) => res.status);'],
  [
    'Promise.all',
    'const all = await Promise.all([http.get(url), http.get(url)]); return all[1].status;',
  ],
  ['Promise.race', 'await Promise.race([http.get(url)]);'],
  [
    'a helper that returns it',
    'const get = async () => http.get(url); return (await get()).status;',
  ],
  ['asyncRequest left alone, as in k6', 'http.asyncRequest("GET", url);'],
  ['a timer left alone, as in k6', 'setTimeout(() => {}, 5);'],
])('%s is enough', async (_, body) => {
  expect(await errorOf(body)).toEqual({ message: 'none', where: '', exitCode: 0 });
});

test('an iteration lasts until its asyncRequests and timers are over', async () => {
  server.received.length = 0;
  const text = `import http from 'k6/http';
    export const options = { vus: 1, iterations: 2 };
    export default function () {
      setTimeout(() => http.asyncRequest('GET', __ENV.URL + '/' + __ITER), 5);
    }`;
  const { result } = await run(text, { env: { URL: server.url } });
  expect(result).toMatchObject({ exitCode: 0, iterations: 2 });
  expect(server.received.map(({ path }) => path)).toEqual(['/0', '/1']);
});

test('an error in a timer fails the run', async () => {
  const { message, exitCode } = await errorOf(
    'setTimeout(() => { throw new Error("in a timer"); }, 1);',
  );
  expect({ message, exitCode }).toEqual({ message: 'in a timer', exitCode: 107 });
});

test('a rejection that nobody caught fails the run', async () => {
  const script = scriptOf(`import { sleep } from 'k6';
    async function forgotten() { await sleep(0.001); throw new Error('nobody waits'); }
    export default async function () { forgotten(); await sleep(0.05); }`);
  // In a process of its own, for jest takes such rejections for its own.
  const child = fork(join(__dirname, 'run-in-child.ts'), [script], {
    execArgv: ['--require', 'ts-node/register'],
  });
  const [[result]] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
  expect(result).toMatchObject({
    exitCode: 107,
    scriptErrors: [
      { message: 'nobody waits', count: 1, where: expect.stringContaining('script.ts:2:') },
    ],
  });
});
