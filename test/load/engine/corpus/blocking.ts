/** Idioms of code around blocking calls: lists, tables, helpers, classes, groups, timers. */

import type { Idiom } from './idiom.ts';

const ok = (name: string, requests: string, run: string, more: Partial<Idiom> = {}): Idiom => ({
  name,
  requests,
  run,
  checks: 'ok 1/1',
  ...more,
});

const TWO = 'GET /a, GET /b';
const LIST = "const paths = ['/a', '/b'];";

export const BLOCKING: readonly Idiom[] = [
  ok(
    'forEach',
    TWO,
    'const all = [];\npaths.forEach((p) => { all.push(http.get(B + p)); });\ncheck(all, { ok: (l) => l.every((r) => r.status === 200) });',
    { top: LIST },
  ),
  ok(
    'map',
    TWO,
    'const all = paths.map((p) => http.get(B + p));\ncheck(all, { ok: ([, b]) => b.json("path") === "/b" });',
    { top: LIST },
  ),
  ok(
    'map over a map',
    TWO,
    'const all = paths.map((p) => B + p).map((u) => http.get(u).json()).map((j) => j.path);\ncheck(all, { ok: (l) => l.join() === "/a,/b" });',
    { top: LIST },
  ),
  ok(
    'filter',
    TWO,
    'const found = paths.filter((p) => http.get(B + p).json("path") === "/b");\ncheck(found, { ok: (l) => l.join() === "/b" });',
    { top: LIST },
  ),
  ok(
    'every',
    'GET /a',
    'check(paths.every((p) => http.get(B + p).status === 404), { ok: (all) => all === false });',
    { top: LIST },
  ),
  ok(
    'some',
    'GET /a',
    'check(paths.some((p) => http.get(B + p).status === 200), { ok: (any) => any === true });',
    { top: LIST },
  ),
  ok(
    'find',
    TWO,
    'check(paths.find((p) => http.get(B + p).json("path") === "/b"), { ok: (p) => p === "/b" });',
    { top: LIST },
  ),
  ok(
    'reduce',
    TWO,
    'const sum = paths.reduce((s, p) => s + http.get(B + p).status, 0);\ncheck(sum, { ok: (s) => s === 400 });',
    { top: LIST },
  ),
  ok(
    'flatMap',
    TWO,
    'const all = paths.flatMap((p) => [p, http.get(B + p).status]);\ncheck(all, { ok: (l) => l.join() === "/a,200,/b,200" });',
    { top: LIST },
  ),
  ok(
    'Array.from',
    'GET /a*3',
    "const all = Array.from({ length: 3 }, () => http.get(B + '/a').status);\ncheck(all, { ok: (l) => l.join() === '200,200,200' });",
  ),
  ok(
    'Object.entries in forEach',
    TWO,
    "let n = 0;\nObject.entries({ a: '/a', b: '/b' }).forEach(([name, p]) => { n += http.get(B + p).json('path') === `/${name}` ? 1 : 0; });\ncheck(n, { ok: (k) => k === 2 });",
  ),
  ok(
    'a Map in forEach',
    TWO,
    "let n = 0;\nnew Map([['a', '/a'], ['b', '/b']]).forEach((p) => { n += http.get(B + p).status; });\ncheck(n, { ok: (k) => k === 400 });",
  ),
  ok(
    'a Set in for…of',
    TWO,
    "let n = 0;\nfor (const p of new Set(['/a', '/b'])) n += http.get(B + p).status;\ncheck(n, { ok: (k) => k === 400 });",
  ),
  ok(
    'for…of over functions',
    TWO,
    'let n = 0;\nfor (const step of steps) n += step().status;\ncheck(n, { ok: (k) => k === 400 });',
    { top: "const steps = [() => http.get(B + '/a'), () => http.get(B + '/b')];" },
  ),
  ok(
    'forEach over functions',
    TWO,
    'let n = 0;\nsteps.forEach((step) => { n += step().status; });\ncheck(n, { ok: (k) => k === 400 });',
    {
      top: "function one() { return http.get(B + '/a'); }\nconst steps = [one, () => http.get(B + '/b')];",
    },
  ),
  ok(
    'a random function of a list',
    'GET /a',
    'check(steps[Math.floor(Math.random() * steps.length)](), { ok: (r) => r.status === 200 });',
    { top: "const steps = [() => http.get(B + '/a')];" },
  ),
  ok(
    'a dispatch table',
    'GET /a, POST /b',
    "const all = ['read', 'write'].map((name) => table[name]('x'));\ncheck(all, { ok: ([r, w]) => r.status === 200 && w.json('body') === 'x' });",
    {
      top: "const table = { read: () => http.get(B + '/a'), write: (x) => http.post(B + '/b', x) };",
    },
  ),
  ok(
    'a dispatch table of methods',
    'GET /a',
    'const name = "go";\ncheck(table[name](), { ok: (r) => r.status === 200 });',
    { top: "const table = { go() { return http.get(B + '/a'); } };" },
  ),
  ok(
    'a switch',
    'DELETE /a',
    "const call = (m) => { switch (m) { case 'get': return http.get(B + '/a'); default: return http.del(B + '/a'); } };\ncheck(call('del'), { ok: (r) => r.json('method') === 'DELETE' });",
  ),
  ok(
    'http by a computed name',
    'POST /a',
    "check(http[['get', 'post'][1]](B + '/a', 'x'), { ok: (r) => r.json('body') === 'x' });",
  ),
  ok(
    'weighted choices',
    'GET /b',
    'const draw = 0.5; let at = 0;\nfor (const { weight, run } of mix) { at += weight; if (draw < at) { check(run(), { ok: (r) => r.json("path") === "/b" }); break; } }',
    {
      top: "const mix = [{ weight: 0.2, run: () => http.get(B + '/a') }, { weight: 0.8, run: () => http.get(B + '/b') }];",
    },
  ),
  ok(
    'a function made for each path',
    TWO,
    'check(calls.map((call) => call().json("path")), { ok: (l) => l.join() === "/a,/b" });',
    { top: "const calls = ['/a', '/b'].map((p) => () => http.get(B + p));" },
  ),
  ok('a class', 'GET /a', 'check(new Client(B).get("/a"), { ok: (r) => r.status === 200 });', {
    top: 'class Client { constructor(base) { this.base = base; } get(path) { return http.get(this.base + path); } }',
  }),
  ok('a class that inherits', TWO, 'check(new Own(B).both(), { ok: (n) => n === 400 });', {
    top: 'class Base { constructor(b) { this.b = b; } get(p) { return http.get(this.b + p); } }\nclass Own extends Base { both() { return super.get("/a").status + this.get("/b").status; } }',
  }),
  ok(
    'a static method and a private one',
    'GET /a',
    'check(Client.go(), { ok: (r) => r.status === 200 });',
    {
      top: "class Client { #send() { return http.get(B + '/a'); } static go() { return new Client().#send(); } }",
    },
  ),
  ok(
    'a factory of clients',
    'GET /a',
    'check(client(B).get("/a"), { ok: (r) => r.status === 200 });',
    { top: 'const client = (base) => ({ get: (path) => http.get(base + path) });' },
  ),
  ok(
    'a helper that gets a function',
    'GET /a*2',
    "check(twice(() => http.get(B + '/a')), { ok: (r) => r.status === 200 });",
    { top: 'function twice(f) { f(); return f(); }' },
  ),
  ok(
    'a retry helper',
    'GET /flaky*3',
    "check(retry(() => http.get(B + '/flaky'), 5), { ok: (r) => r.status === 200 });",
    {
      top: 'function retry(f, most) { for (let i = 1; i < most; i++) { const r = f(); if (r.status === 200) return r; sleep(0.001); } return f(); }',
    },
  ),
  ok('curried', 'GET /a', "check(at('/a')(), { ok: (r) => r.status === 200 });", {
    top: 'const at = (path) => () => http.get(B + path);',
  }),
  ok(
    'try, catch and finally',
    'GET /a, GET /b',
    "let caught = '';\ntry { http.get(B + '/a'); throw new Error('x'); } catch (e) { caught = e.message; } finally { http.get(B + '/b'); }\ncheck(caught, { ok: (m) => m === 'x' });",
  ),
  ok(
    'a conditional and a default',
    'GET /b',
    "const r = __ENV.NONE ? http.get(B + '/a') : http.get(B + '/b');\ncheck(r ?? null, { ok: (one) => one.json('path') === '/b' });",
  ),
  ok(
    'an answer in a template',
    'GET /a',
    "check(`${http.get(B + '/a').status}!`, { ok: (t) => t === '200!' });",
  ),
  ok(
    'a spread of answers',
    TWO,
    'const both = [...paths.map((p) => http.get(B + p))];\ncheck(both, { ok: (l) => l.length === 2 });',
    { top: LIST },
  ),
  ok(
    'recursion',
    'GET /a*3',
    'const down = (n) => (n === 0 ? 0 : http.get(B + "/a").status + down(n - 1));\ncheck(down(3), { ok: (s) => s === 600 });',
  ),
  ok(
    'a group',
    'GET /a',
    "check(group('g', () => http.get(B + '/a')), { ok: (r) => r.status === 200 });",
  ),
  {
    name: 'groups in groups, with checks',
    run: "group('outer', () => { group('inner', () => { check(http.get(B + '/a'), { ok: (r) => r.status === 200 }); }); check(1, { ok: () => false }); });",
    requests: 'GET /a',
    checks: 'ok 1/2',
  },
  ok(
    'groups from a table',
    TWO,
    'let n = 0;\nfor (const [name, body] of Object.entries(flows)) group(name, () => { n += body().status; });\ncheck(n, { ok: (k) => k === 400 });',
    { top: "const flows = { one: () => http.get(B + '/a'), two: () => http.get(B + '/b') };" },
  ),
  ok(
    'a body of a group by its name',
    'GET /a',
    "group('g', body);\ncheck(seen, { ok: (s) => s === 200 });",
    { top: "let seen = 0;\nfunction body() { seen = http.get(B + '/a').status; }" },
  ),
  ok(
    'a timer',
    'GET /a',
    "setTimeout(() => { check(http.get(B + '/a'), { ok: (r) => r.status === 200 }); }, 1);",
  ),
  ok(
    'sort of answers',
    TWO,
    'const all = paths.map((p) => http.get(B + p)).sort((x, y) => (x.url < y.url ? 1 : -1));\ncheck(all[0], { ok: (r) => r.json("path") === "/b" });',
    { top: LIST },
  ),
  ok('a list of promises of asyncRequest', TWO, '', {
    script:
      "import http from 'k6/http';\nimport { check } from 'k6';\nconst calls = [() => http.asyncRequest('GET', __ENV.B + '/a'), () => http.asyncRequest('GET', __ENV.B + '/b')];\nexport default async function () { const going = []; for (const call of calls) going.push(call()); const all = await Promise.all(going); check(all, { ok: ([a, b]) => a.status + b.status === 400 }); }",
  }),
  {
    name: 'a comparator that blocks',
    run: "[2, 1].sort((x, y) => http.get(B + '/a').status);",
    requests: '',
    checks: '',
    exit: 107,
    says: 'script.js:9:23: a function with blocking calls is handed on',
  },
  {
    name: 'a getter that blocks',
    top: "const api = { get a() { return http.get(B + '/a'); } };",
    run: 'api.a;',
    requests: '',
    checks: '',
    exit: 107,
    says: 'script.js:7:32: a blocking call in a getter',
  },
  {
    name: 'a generator that blocks',
    top: "function* pages() { yield http.get(B + '/a'); }",
    run: 'for (const p of pages()) p;',
    requests: '',
    checks: '',
    exit: 107,
    says: 'script.js:7:27: a blocking call in a generator',
  },
];
