import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { NODE_ARGS } from '../../../system/package.ts';
import { run, scriptOf, useServer } from './support.ts';

const server = useServer();

async function errorOf(
  body: string,
): Promise<{ message: string; where: string; exitCode: number }> {
  const text = `import http from 'k6/http';
import { check, group, sleep } from 'k6';
import exec from 'k6/execution';
const url = __ENV.URL;
const unseen = (name, ...given) => Reflect.apply({ ...http, sleep }[name], null, given);
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
  ['status', 'const res = unseen("put", url, "x"); return res.status;'],
  ['body', 'const res = unseen("get", url); return res.body;'],
  ['json', 'const res = unseen("get", url); return res.json();'],
  ['timings', 'const { timings } = unseen("get", url);'],
])('%s of a response that was not awaited throws, naming it', async (member, body) => {
  const { message, where, exitCode } = await errorOf(body);
  expect(message).toContain(`${member} was read of http.`);
  expect(message).toContain('without await: write "await http.');
  expect(where).toMatch(/script\.ts:7:\d+$/);
  expect(exitCode).toBe(107);
});

test.each([
  ['http.put()', 'unseen("put", url, "x");'],
  ['http.get()', 'const res = unseen("get", url); await sleep(0.2);'],
  ['sleep()', 'unseen("sleep", 0.01);'],
  ['http.batch()', 'unseen("batch", [url, url]);'],
])('%s that nothing awaited is an error, though it ended well', async (call, body) => {
  const { message, exitCode } = await errorOf(body);
  expect(message).toContain(`${call} was called without await`);
  expect(exitCode).toBe(107);
});

test.each([
  ['an answer of a batch', 'return unseen("batch", [url])[0];', '0 was read of http.batch()'],
  ['a check', 'check(unseen("get", url), {});', 'check() was given http.get() without await'],
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
  ['then', 'return http.asyncRequest("GET", url).then((res) => res.status);'],
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

test.each([
  ['an answer to asyncRequest', 'http.asyncRequest("GET", url).then(() => order.push("event"));'],
  ['a timer', 'setTimeout(() => order.push("event"), 1);'],
])('%s waits until a blocking call is over, as in k6’s event loop', async (_, event) => {
  const { message } = await errorOf(`const order = []; ${event}
    sleep(0.1); order.push("slept");
    while (!order.includes("event")) await new Promise((resolve) => setTimeout(resolve, 5));
    throw new Error(order.join());`);
  expect(message).toBe('slept,event');
});

test('a timer that waits for a blocking call can be cleared', async () => {
  const { exitCode } = await errorOf(
    'const id = setTimeout(() => { throw new Error("late"); }, 1); sleep(0.05); clearTimeout(id);',
  );
  expect(exitCode).toBe(0);
});

test('answers that come together may each be followed by a blocking call', async () => {
  const { exitCode } = await errorOf(`
    const go = async () => { await http.asyncRequest('GET', url); http.get(url); };
    await Promise.all([go(), go(), go()]);`);
  expect(exitCode).toBe(0);
});

test('an iteration lasts until what follows an asyncRequest is over', async () => {
  server.received.length = 0;
  const { exitCode } = await errorOf(`http.asyncRequest('GET', url + '/1')
    .then(() => http.asyncRequest('GET', url + '/2'))
    .then(() => { http.get(url + '/3'); http.get(url + '/4'); });`);
  expect(exitCode).toBe(0);
  expect(server.received.map(({ path }) => path)).toEqual(['/1', '/2', '/3', '/4']);
});

test('sleep of less than nothing does not wait', async () => {
  expect(await errorOf('sleep(-1);')).toMatchObject({ exitCode: 0 });
});

test('a sleep of months is none of a millisecond', async () => {
  const { result } = await run(`import { sleep } from 'k6';
    export const options = { scenarios: { s: {
      executor: 'constant-vus', duration: '50ms', gracefulStop: '0s' } } };
    export default function () { sleep(1e7); }`);
  expect(result).toMatchObject({ iterations: 0, exitCode: 0 });
});

test('an error in a timer fails the run', async () => {
  const { message, exitCode } = await errorOf(
    'setTimeout(() => { throw new Error("in a timer"); }, 1);',
  );
  expect({ message, exitCode }).toEqual({ message: 'in a timer', exitCode: 107 });
});

/** In a process of its own, for jest takes rejections that nobody caught for its own. */
async function inChild(text: string) {
  const child = fork(join(__dirname, 'run-in-child.ts'), [scriptOf(text)], {
    execArgv: [...NODE_ARGS],
  });
  const [[result]] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
  return result;
}

test('a rejection that nobody caught fails the run', async () => {
  const result = await inChild(`import { sleep } from 'k6';
    async function forgotten() { await Promise.resolve(); throw new Error('nobody waits'); }
    export default async function () { forgotten(); sleep(0.05); }`);
  expect(result).toMatchObject({
    exitCode: 107,
    scriptErrors: [
      { message: 'nobody waits', count: 1, where: expect.stringContaining('script.ts:2:') },
    ],
  });
});

test('what was left alone when its iteration was cut is nobody’s error', async () => {
  const result = await inChild(`import http from 'k6/http';
    export const options = { scenarios: { s: {
      executor: 'per-vu-iterations', maxDuration: '100ms', gracefulStop: '0s' } } };
    export default function () { http.asyncRequest('GET', '${server.url}/never').then(() => {}); }`);
  expect(result).toMatchObject({ exitCode: 0, iterations: 0, scriptErrors: [] });
});
