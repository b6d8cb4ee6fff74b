import { removeTemporaryFolders, run, startServer, type TestServer } from '../support.ts';

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
