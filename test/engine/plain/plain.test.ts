import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleForEngine } from '../../../load/engine/bundle.ts';
import { runScript } from '../../../load/engine/engine.ts';
import { removeTemporaryFolders, run, scriptOf, startServer, type TestServer } from '../support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.close();
  removeTemporaryFolders();
});

const HEAD = `import http from 'k6/http';
import { check, group, sleep } from 'k6';
const url = __ENV.URL;
`;

async function resultOf(text: string) {
  const { result } = await run(HEAD + text, { env: { URL: server.url } });
  return result;
}

/** Each script throws `status 200` once it has the status of a real answer. */
test.each([
  ['a call', 'export default function () { throw new Error("status " + http.get(url).status); }'],
  [
    'a helper',
    'function a() { return b(); } const b = () => http.get(url);\nexport default () => { throw new Error("status " + a().status); }',
  ],
  [
    'recursion',
    'function a(n) { return n ? a(n - 1) : http.get(url); }\nexport default () => { throw new Error("status " + a(2).status); }',
  ],
  [
    'a method',
    'class A { go() { sleep(0.001); return http.get(url); } }\nexport default () => { throw new Error("status " + new A().go().status); }',
  ],
  [
    'an object',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the script has the template
    'const a = { go: () => http.get(url) };\nexport default () => { throw new Error(`status ${a.go().status}`); }',
  ],
  [
    'a group',
    'export default () => { const r = group("g", () => http.get(url)); throw new Error("status " + r.status); }',
  ],
  [
    'destructured',
    'const { get } = http;\nexport default () => { throw new Error("status " + (url ? get(url).status : 0)); }',
  ],
  [
    'an optional call',
    'const a = { go: () => http.get(url) };\nexport default () => { const r = a?.go(); throw new Error("status " + r.status); }',
  ],
  [
    'setup',
    'export function setup() { return { s: http.get(url).status }; }\nexport default (data) => { throw new Error("status " + data.s); }',
  ],
])('%s without await waits for its answer', async (_name, text) => {
  const [error] = (await resultOf(text)).scriptErrors;
  expect(error?.message).toBe('status 200');
});

test.each([
  [
    'Promise.all over a map',
    'export default async () => { const all = await Promise.all([1].map(() => http.get(url))); throw new Error("status " + all[0].status); }',
  ],
  [
    'then',
    'export default () => http.get(url).then((res) => { throw new Error("status " + res.status); })',
  ],
  [
    'an await of one’s own',
    'const go = async () => (await http.get(url)).status;\nexport default async () => { throw new Error("status " + (await go())); }',
  ],
])('%s is left as it is', async (_name, text) => {
  const [error] = (await resultOf(text)).scriptErrors;
  expect(error?.message).toBe('status 200');
  const { insertions } = await bundleForEngine(scriptOf(HEAD + text));
  expect(insertions).toEqual([]);
});

test('a helper of another module waits, with its this and its arguments', async () => {
  const script = scriptOf(`import { helper } from './helper.ts';
    export default function () { throw new Error('status ' + helper.go(1, 2)); }`);
  writeFileSync(
    join(dirname(script), 'helper.ts'),
    `import { get } from 'k6/http';
     const url = __ENV.URL;
     export const helper = {
       more: 10,
       go(first: number) {
         const { status } = get(url);
         return [status, this.more, first, arguments.length].join(' ');
       },
     };`,
  );
  const { scriptErrors } = await runScript({ script, env: { URL: server.url } });
  expect(scriptErrors[0]?.message).toBe('status 200 10 1 2');
});

test('what a helper throws after its call reaches who called it', async () => {
  const [error] = (
    await resultOf(`function go() { http.get(url); throw new Error('late'); }
      export default () => { try { go(); } catch (error) { throw new Error('caught ' + error.message); } }`)
  ).scriptErrors;
  expect(error?.message).toBe('caught late');
});

test('setup, teardown and handleSummary may be plain too', async () => {
  server.received.length = 0;
  const result = await resultOf(`
    export function setup() { return http.get(url + '/setup').status; }
    export default function (status) { http.get(url + '/' + status); }
    export function teardown() { sleep(0.001); http.get(url + '/teardown'); }`);
  expect(result.exitCode).toBe(0);
  expect(server.received.map(({ path }) => path)).toEqual(['/setup', '/200', '/teardown']);
});

/** What the tree does not show is found out when it runs: nothing goes on early without a word. */
test.each([
  [
    'a computed name',
    'const a = { go: () => http.get(url) };\nexport default () => { a[__ENV.NAME](); }',
  ],
  [
    'a method taken off',
    'const a = { go: () => http.get(url) };\nexport default () => { const { go } = a; go(); }',
  ],
  [
    'Object.values',
    'const a = { go: () => http.get(url) };\nexport default () => { Object.values(a)[0](); }',
  ],
])('a helper called by %s is an error', async (_name, text) => {
  const { result } = await run(HEAD + text, { env: { URL: server.url, NAME: 'go' } });
  expect(result.scriptErrors[0]?.message).toMatch(
    /^go\(\) was called without await: write "await go\(…\)"/,
  );
  expect(result.exitCode).toBe(107);
});

test('k6 itself handed on is an error', async () => {
  const [error] = (
    await resultOf(
      'export default () => { const at = { get: http.get }; at[__ITER ? 0 : "get"](url); }',
    )
  ).scriptErrors;
  expect(error?.message).toMatch(/^http\.get\(\) was called without await/);
});

test('an error right after an awaited call names its own line and column', async () => {
  const [error] = (
    await resultOf('export default () => {\n  http.get(url); throw new Error("here");\n}')
  ).scriptErrors;
  expect(error?.where).toMatch(/script\.ts:5:24$/);
});

test.each([
  ['map', 'export default () => {\n[1].map(() => http.get(url));\n}', 'for…of'],
  [
    'a named callback',
    'const f = () => http.get(url);\nexport default () => { [1].forEach(f); }',
    'for…of',
  ],
  [
    'a getter',
    'const a = {\nget b() { return http.get(url); } };\nexport default () => a.b',
    'getter',
  ],
  [
    'a constructor',
    'class A {\nconstructor() { http.get(url); } }\nexport default () => new A()',
    'constructor',
  ],
  ['a class field', 'class A {\nb = http.get(url); }\nexport default () => new A()', 'class field'],
  ['a generator', 'function* g() {\nhttp.get(url); }\nexport default () => [...g()]', 'generator'],
  [
    'a default value',
    '\nfunction f(a = http.get(url)) { return a; }\nexport default () => f()',
    'default parameter',
  ],
])('%s is refused with its line', async (_name, text, what) => {
  await expect(resultOf(text)).rejects.toThrow(new RegExp(`script\\.ts:5:\\d+: .*${what}`));
});
