import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleForEngine } from '../../../../load/engine/bundle/bundle.ts';
import { runK6Script } from '../../../../load/engine/engine.ts';
import { run, scriptOf, useServer } from '../support.ts';

const server = useServer();

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
    'an optional member of its answer',
    'export default () => { throw new Error("status " + http.get(url)?.status); }',
  ],
  [
    'another name',
    'let get; get = http.get;\nexport default () => { throw new Error("status " + get(url).status); }',
  ],
  [
    'one of two',
    'export default () => { const res = (url ? http.get : http.post)(url); throw new Error("status " + res.status); }',
  ],
  [
    'a property',
    'const api = { go: http.get };\nexport default () => { throw new Error("status " + api.go(url).status); }',
  ],
  [
    'a computed method of http',
    'export default () => { const res = http[__ENV.NAME ?? "get"](url); throw new Error("status " + res.status); }',
  ],
  [
    'http in a field',
    'class A { constructor(h) { this.h = h; } go() { return this.h.get(url); } }\nexport default () => { throw new Error("status " + new A(http).go().status); }',
  ],
  [
    'call()',
    'function a(from) { return http.get(from); }\nexport default () => { throw new Error("status " + a.call(null, url).status); }',
  ],
  [
    'bind()',
    'function a(from) { return http.get(from); }\nconst b = a.bind(null, url);\nexport default () => { throw new Error("status " + b().status); }',
  ],
  [
    'a helper that calls back',
    'function twice(f) { f(); return f(); }\nexport default () => { throw new Error("status " + twice(() => http.get(url)).status); }',
  ],
  [
    'a method that calls back',
    'class Retry { run(f) { return f(); } }\nexport default () => { throw new Error("status " + new Retry().run(() => http.get(url)).status); }',
  ],
  [
    'a helper that gives a function',
    'const at = (path) => () => http.get(url + path);\nconst go = at("/a");\nexport default () => { throw new Error("status " + go().status); }',
  ],
  [
    'a wrapped default export',
    'function wrap(f) { return () => { throw new Error("status " + f().status); }; }\nexport default wrap(() => http.get(url));',
  ],
  [
    'a group in a helper',
    'function within(name, f) { return group(name, f); }\nexport default () => { throw new Error("status " + within("g", () => http.get(url)).status); }',
  ],
  [
    'an async helper',
    'const a = async () => http.get(url);\nexport default async () => { throw new Error("status " + (await a()).status); }',
  ],
  [
    'an async method',
    'class A { static async go() { return http.get(url); } }\nexport default async () => { throw new Error("status " + (await A.go()).status); }',
  ],
  [
    'a timer',
    'export default () => { setTimeout(() => { throw new Error("status " + http.get(url).status); }, 1); }',
  ],
  [
    'a promise that calls back',
    'export default () => Promise.resolve().then(() => { throw new Error("status " + http.get(url).status); });',
  ],
  [
    'Promise.all',
    'export default async () => { const [res] = await Promise.all([http.get(url)]); throw new Error("status " + res.status); }',
  ],
  [
    'setup',
    'export function setup() { return { s: http.get(url).status }; }\nexport default (data) => { throw new Error("status " + data.s); }',
  ],
  [
    'a computed name',
    'const a = { go: () => http.get(url) };\nexport default () => { throw new Error("status " + a[__ENV.NAME ?? "go"]().status); }',
  ],
  [
    'a method taken off',
    'const a = { go: () => http.get(url) };\nexport default () => { const { go } = a; throw new Error("status " + go().status); }',
  ],
  [
    'Object.values',
    'const a = { go: () => http.get(url) };\nexport default () => { throw new Error("status " + Object.values(a)[0]().status); }',
  ],
  [
    'k6 itself in a table',
    'export default () => { const at = { get: http.get }; throw new Error("status " + at[__ITER ? 0 : "get"](url).status); }',
  ],
  [
    'a function of an array in a loop',
    'const steps = [() => 0, () => http.get(url).status];\nexport default () => { let s = 0; for (const step of steps) s += step(); throw new Error("status " + s); }',
  ],
  [
    'a function pushed to an array',
    'const steps = []; steps.push(() => http.get(url));\nexport default () => { throw new Error("status " + steps[0]().status); }',
  ],
  [
    'a function of a Map',
    'const steps = new Map([["a", () => http.get(url)]]);\nexport default () => { throw new Error("status " + steps.get("a")().status); }',
  ],
  [
    'forEach',
    'export default () => { let s = 0; [url, url].forEach((u, i) => { s = http.get(u).status + i; }); throw new Error("status " + (s - 1)); }',
  ],
  [
    'map',
    'export default () => { const all = [url].map((u) => http.get(u).status); throw new Error("status " + all); }',
  ],
  [
    'filter, every and some',
    'const ok = (u) => http.get(u).status === 200;\nexport default () => { const l = [url]; throw new Error("status " + (l.filter(ok).length === 1 && l.every(ok) && !l.some((u) => !ok(u)) ? 200 : 0)); }',
  ],
  [
    'find and findIndex',
    'export default () => { const l = [url + "/status/404", url]; const ok = (u) => http.get(u).status === 200; throw new Error("status " + (l.find(ok) === url && l.findIndex(ok) === 1 ? 200 : 0)); }',
  ],
  [
    'reduce',
    'export default () => { throw new Error("status " + [url, url].reduce((s, u) => s + http.get(u).status / 2, 0)); }',
  ],
  [
    'Array.from',
    'export default () => { throw new Error("status " + Array.from({ length: 2 }, (_, i) => http.get(url).status + i)[0]); }',
  ],
  [
    'forEach of a Map in a helper that gets the function',
    'const each = (m, f) => m.forEach(f);\nexport default () => { let s; each(new Map([["a", url]]), (u) => { s = http.get(u).status; }); throw new Error("status " + s); }',
  ],
  [
    'a table of functions by a computed key',
    'const NAME = "go"; const a = { [NAME]: () => http.get(url) };\nexport default () => { throw new Error("status " + a[NAME]().status); }',
  ],
  [
    'a weighted choice',
    'const mix = [{ weight: 1, run: () => http.get(url) }];\nexport default () => { const one = mix.find(({ weight }) => weight > 0); throw new Error("status " + one.run().status); }',
  ],
  [
    'map over entries of a table',
    'const a = { go: (u) => http.get(u) };\nexport default () => { const all = Object.entries(a).map(([, f]) => f(url).status); throw new Error("status " + all); }',
  ],
])('%s without await waits for its answer', async (_name, text) => {
  const [error] = (await resultOf(text)).scriptErrors;
  expect(error?.message).toBe('status 200');
});

test('an await of one’s own is left as it is', async () => {
  const text =
    'export default async () => { throw new Error("status " + (await http.get(url)).status); }';
  const [error] = (await resultOf(text)).scriptErrors;
  expect(error?.message).toBe('status 200');
  const { insertions } = await bundleForEngine(scriptOf(HEAD + text));
  expect(insertions).toEqual([]);
});

test('a namespace import is k6/http by whatever name it has', async () => {
  const script = scriptOf(`import * as http from 'k6/http';
    const h = http;
    export default function () { throw new Error('status ' + h.get(__ENV.URL).status); }`);
  const { scriptErrors } = await runK6Script({ script, env: { URL: server.url } });
  expect(scriptErrors[0]?.message).toBe('status 200');
});

/** A name alone does not say that a call blocks: what is no blocking call stays what it is. */
test.each([
  [
    'get() of a Map in a callback',
    'const m = new Map([["a", 1]]); [...m.keys()].map((k) => m.get(k));',
  ],
  [
    'a property of that name',
    'const { status } = http.get(url); console.log(JSON.stringify(status));',
  ],
])('%s is no blocking call', async (_name, body) => {
  const { exitCode } = await resultOf(`
    class Api {
      constructor() { this.known = new Map(); this.known.get('nothing'); }
      get() { return http.get(url); }
      status() { return this.get().status; }
    }
    export default function () { new Api().status(); ${body} }`);
  expect(exitCode).toBe(0);
});

test('a package is not made to wait for methods that only have the names of blocking ones', async () => {
  const script = scriptOf(`import http from 'k6/http';
    import { size } from 'a-package';
    class Api { constructor(h) { this.http = h; } get() { return this.http.get(__ENV.URL); } }
    export default function () { throw new Error('status ' + new Api(http).get().status + ' ' + size()); }`);
  const folder = join(dirname(script), 'node_modules', 'a-package');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'index.js'),
    `const known = { get: (key) => key.length, options: () => [1] };
     export const size = () => { const { get } = known; return [get('ab'), known.get('abc'), ...known.options()].join(''); };`,
  );
  const { insertions } = await bundleForEngine(script);
  expect(insertions?.filter(({ text }) => text.includes('"size"'))).toEqual([]);
  const { scriptErrors } = await runK6Script({ script, env: { URL: server.url } });
  expect(scriptErrors[0]?.message).toBe('status 200 231');
});

test('requests of Promise.all follow each other, as in k6, where each blocks', async () => {
  const [error] = (
    await resultOf(
      'export default async () => { const t = Date.now(); await Promise.all([http.get(url + "/never", { timeout: 100 }), http.get(url + "/never", { timeout: 100 })]); throw new Error(Date.now() - t >= 195 ? "in turn" : "at once"); }',
    )
  ).scriptErrors;
  expect(error?.message).toBe('in turn');
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
  const { scriptErrors } = await runK6Script({ script, env: { URL: server.url } });
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
    'a method of the name of an array’s, in a comparator',
    'const a = { at: () => http.get(url) };\nexport default () => { [1, 2].sort(() => a.at()); }',
    'at',
  ],
  [
    'a function that a comparator takes from a table',
    'const go = () => http.get(url); const a = [go];\nexport default () => { [1, 2].sort(() => a[0]()); }',
  ],
  [
    'an async function that is not awaited',
    'let token; async function go() { token = http.get(url).status; }\nexport default () => { go(); }',
  ],
])('a helper called by %s is an error', async (_name, text, name = 'go') => {
  const { result } = await run(HEAD + text, { env: { URL: server.url, NAME: 'go' } });
  expect(result.scriptErrors[0]?.message).toContain(
    `${name}() was called without await: write "await ${name}(…)"`,
  );
  expect(result.exitCode).toBe(107);
});

test('promises of the script stay promises where a call is computed', async () => {
  const [error] = (
    await resultOf(`const own = [() => Promise.resolve(1), async () => 2, () => http.get(url).status];
      export default async () => {
        const all = own.map((f) => f());
        const [first] = own;
        const kinds = [...all, first()].map((one) => typeof one.then);
        throw new Error(kinds.join(' ') + ' ' + (await Promise.all(all)).join(' ') + ' ' + typeof new Map([['a', 1]]).get('b'));
      }`)
  ).scriptErrors;
  expect(error?.message).toBe('function function undefined function 1 2 200 undefined');
});

test('a guess that cannot wait is left as it is', async () => {
  const { exitCode, scriptErrors } = await resultOf(`const steps = [() => http.get(url)];
    const by = (key) => (a, b) => key(a) - key(b);
    class Box { constructor(f) { this.value = f(); } get twice() { return times(2, (n) => n); } }
    const times = (n, f) => f(n);
    export default () => {
      for (const step of steps) step();
      const sorted = [{ a: 2 }, { a: 1 }].sort(by(({ a }) => a));
      if (sorted[0].a !== 1) throw new Error('not sorted');
      if (new Box(() => 7).value !== 7 || new Box(() => 7).twice !== 2) throw new Error('no value');
    }`);
  expect(scriptErrors).toEqual([]);
  expect(exitCode).toBe(0);
});

test.each([
  [
    'async functions at once',
    'const go = async () => { http.get(url); http.get(url); };\nexport default async () => { await Promise.all([go(), go()]); }',
  ],
  [
    'a call beside an async function',
    'const go = async () => { http.get(url); };\nexport default async () => { const going = go(); http.get(url); await going; }',
  ],
])('%s cannot block at the same time', async (_name, text) => {
  const { scriptErrors, exitCode } = await resultOf(text);
  expect(scriptErrors[0]?.message).toContain(
    'http.get() was called while http.get() was under way: in k6 a call blocks until it is over',
  );
  expect(exitCode).toBe(107);
});

test('an error right after an awaited call names its own line and column', async () => {
  const [error] = (
    await resultOf('export default () => {\n  http.get(url); throw new Error("here");\n}')
  ).scriptErrors;
  expect(error?.where).toMatch(/script\.ts:5:24$/);
});

test.each([
  [
    'a sort comparator',
    'export default () => {\n[1, 2].sort(() => http.get(url).status);\n}',
    'for…of',
  ],
  [
    'a named comparator',
    'const f = () => http.get(url);\nexport default () => { [1].sort(f); }',
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
  [
    'a function that is a constructor',
    'function A() { http.get(url); }\nexport default () => new A();',
    'constructor',
  ],
  [
    'what JSON.stringify calls',
    'const a = {\ntoJSON() { return http.get(url); } };\nexport default () => JSON.stringify(a);',
    'toJSON',
  ],
  ['then', 'export default () => {\nhttp.get(url).then(() => {}); }', 'not a promise'],
  ['http.get itself as a comparator', 'export default () => {\n[url].sort(http.get); }', 'for…of'],
  [
    'an answer at the end of an optional chain',
    'const a = { go: () => http.get(url) };\nexport default () => a?.go().status;',
    'optional chain',
  ],
  [
    'a var of the name of a parameter',
    'function f(a) {\nvar a = a || 5; http.get(url); return a; }\nexport default () => f(7)',
    'leave out the var',
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
