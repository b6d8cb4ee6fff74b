/** Idioms of requests: methods, bodies, headers, parameters, URLs, batches. */

import type { Idiom } from './idiom.ts';

const ok = (name: string, requests: string, run: string, more: Partial<Idiom> = {}): Idiom => ({
  name,
  requests,
  run,
  checks: 'ok 1/1',
  ...more,
});

const methods: Idiom[] = (
  [
    ['get', 'GET', "http.get(B + '/a')"],
    ['post', 'POST', "http.post(B + '/a', 'body')"],
    ['put', 'PUT', "http.put(B + '/a', 'body')"],
    ['patch', 'PATCH', "http.patch(B + '/a', 'body')"],
    ['del', 'DELETE', "http.del(B + '/a')"],
    ['options', 'OPTIONS', "http.options(B + '/a')"],
    ['request', 'GET', "http.request('GET', B + '/a')"],
    ['request with a body', 'POST', "http.request('POST', B + '/a', 'body')"],
    ['request with a method of one’s own', 'LINK', "http.request('LINK', B + '/a')"],
    ['request in small letters', 'PUT', "http.request('put', B + '/a', 'x')"],
  ] as const
).map(([name, method, call]) =>
  ok(
    `http.${name}`,
    `${method} /a`,
    `const res = ${call};
     check(res, { ok: (r) => r.status === 200 && r.json('method') === '${method}' });`,
  ),
);

/** Calls whose answer echoes what was sent, and what it has to echo. */
const echoes: Idiom[] = (
  [
    [
      'a JSON body',
      "http.post(B + '/a', JSON.stringify({ x: 1 }), { headers: { 'Content-Type': 'application/json' } })",
      "JSON.parse(e.body).x === 1 && e.headers['content-type'] === 'application/json'",
    ],
    [
      'an object as a form',
      "http.post(B + '/a', { name: 'a b', n: 2 })",
      "e.body === 'n=2&name=a+b' && e.headers['content-type'] === 'application/x-www-form-urlencoded'",
    ],
    [
      'a form with a list',
      "http.post(B + '/a', { list: ['1', '2'] })",
      "e.body === 'list=1&list=2'",
    ],
    [
      'a body of bytes',
      "http.post(B + '/a', new Uint8Array([104, 105]).buffer)",
      "e.body === 'hi'",
    ],
    ['no body', "http.post(B + '/a')", "e.body === ''"],
    ['a null body', "http.post(B + '/a', null)", "e.body === ''"],
    [
      'a file',
      "http.post(B + '/a', { f: http.file('text', 'f.txt', 'text/plain') })",
      "/^multipart\\/form-data/.test(e.headers['content-type']) && e.body.includes('filename=\"f.txt\"')",
    ],
    [
      'a file and a field',
      "http.post(B + '/a', { f: http.file('text', 'f.txt'), note: 'n' })",
      "e.body.includes('name=\"note\"') && e.body.includes('text')",
    ],
    [
      'headers',
      "http.get(B + '/a', { headers: { 'X-Own': 'yes' } })",
      "e.headers['x-own'] === 'yes'",
    ],
    [
      'a Host header',
      "http.get(B + '/a', { headers: { Host: 'own.test' } })",
      "e.headers.host === 'own.test'",
    ],
    [
      'a token',
      "http.get(B + '/a', { headers: { Authorization: `Bearer ${'t'}` } })",
      "e.headers.authorization === 'Bearer t'",
    ],
    [
      'spread headers',
      "http.get(B + '/a', { headers: { ...{ A: '1' }, ...{ B: '2' } } })",
      "e.headers.a === '1' && e.headers.b === '2'",
    ],
    [
      'cookies',
      "http.get(B + '/a', { cookies: { one: '1', two: '2' } })",
      "e.headers.cookie.includes('one=1') && e.headers.cookie.includes('two=2')",
    ],
    [
      'a query',
      "http.get(`${B}/a?q=${encodeURIComponent('a b&c')}`)",
      "e.query.q === 'a b&c'",
      'GET /a?q=a%20b%26c',
    ],
    [
      'two query parameters',
      "http.get(B + '/a?' + Object.entries({ x: 1, y: 2 }).map(([k, v]) => `${k}=${v}`).join('&'))",
      "e.query.y === '2'",
      'GET /a?x=1&y=2',
    ],
    ['a fragment', "http.get(B + '/a#part')", "e.path === '/a'"],
    ['http.url', 'http.get(http.url`${B}/a/${7}`)', "e.path === '/a/7'", 'GET /a/7'],
    ['a percent-encoded path', "http.get(B + '/a%2Fb')", "e.path === '/a%2Fb'", 'GET /a%2Fb'],
    [
      'compression',
      "http.post(B + '/a', 'x'.repeat(99), { compression: 'gzip' })",
      "e.headers['content-encoding'] === 'gzip'",
    ],
    ['del with a body', "http.del(B + '/a', 'gone')", "e.body === 'gone' && e.method === 'DELETE'"],
    [
      'patch with JSON',
      "http.patch(B + '/a', JSON.stringify([1]), { headers: { 'content-type': 'application/json' } })",
      "e.body === '[1]'",
    ],
    ['null parameters', "http.post(B + '/a', 'x', null)", "e.body === 'x'"],
    [
      'a user agent',
      "http.get(B + '/a', { headers: { 'User-Agent': 'own' } })",
      "e.headers['user-agent'] === 'own'",
    ],
    ['a name tag', "http.get(B + '/a', { tags: { name: 'short' } })", "e.path === '/a'"],
    ['an empty timeout', "http.get(B + '/a', { timeout: '5s' })", "e.path === '/a'"],
    [
      'an earlier answer',
      "http.post(B + '/a', http.get(B + '/a').json('path'))",
      "e.body === '/a'",
      'GET /a, POST /a',
    ],
  ] as const
).map(([name, call, condition, requests]) => {
  const method = /^http\.(\w+)/.exec(call)?.[1] ?? 'get';
  const verb = method === 'del' ? 'DELETE' : method.toUpperCase();
  return ok(
    `a request with ${name}`,
    requests ?? `${verb} /a`,
    `const res = ${call};
     check(res, { ok: (r) => { const e = r.json(); return ${condition}; } });`,
  );
});

export const REQUESTS: readonly Idiom[] = [
  ...methods,
  ...echoes,
  ok(
    'http.head',
    'HEAD /a',
    "check(http.head(B + '/a'), { ok: (r) => r.status === 200 && !r.body });",
  ),
  ok(
    'http.batch of URLs',
    'GET /a, GET /b',
    "check(http.batch([B + '/a', B + '/b']), { ok: (all) => all[0].json('path') === '/a' && all.length === 2 });",
  ),
  ok(
    'http.batch of arrays',
    'GET /a, POST /b',
    "const all = http.batch([['GET', B + '/a'], ['POST', B + '/b', 'x', { tags: { t: '1' } }]]);\ncheck(all[1], { ok: (r) => r.json('body') === 'x' });",
  ),
  ok(
    'http.batch of objects',
    'GET /a, PUT /b',
    "const all = http.batch([{ method: 'GET', url: B + '/a' }, { method: 'PUT', url: B + '/b', body: 'x', params: { headers: { H: '1' } } }]);\ncheck(all, { ok: ([a, b]) => a.status === 200 && b.json('headers.h') === '1' });",
  ),
  ok(
    'http.batch by name',
    'GET /a, GET /b',
    "const { first, second } = http.batch({ first: B + '/a', second: ['GET', B + '/b'] });\ncheck(second, { ok: (r) => r.json('path') === '/b' && first.status === 200 });",
  ),
  {
    name: 'answers of a batch in forEach',
    requests: 'GET /a, GET /b',
    run: "http.batch([B + '/a', B + '/b']).forEach((r) => check(r, { ok: (one) => one.status === 200 }));",
    checks: 'ok 2/2',
  },
  {
    name: 'answers of a batch in a for loop',
    requests: 'GET /a*3',
    run: "const all = http.batch([B + '/a', B + '/a', B + '/a']);\nfor (let i = 0; i < all.length; i++) check(all[i], { ok: (r) => r.status === 200 });",
    checks: 'ok 3/3',
  },
  ok('asyncRequest', 'GET /a', '', {
    script:
      "import http from 'k6/http';\nimport { check } from 'k6';\nexport default async function () { const r = await http.asyncRequest('GET', __ENV.B + '/a'); check(r, { ok: (one) => one.status === 200 }); }",
  }),
  ok(
    'asyncRequest with then',
    'POST /a',
    "http.asyncRequest('POST', B + '/a', 'x').then((r) => check(r, { ok: (one) => one.json('body') === 'x' }));",
  ),
  ok('Promise.all of asyncRequest', 'GET /a, GET /b', '', {
    script:
      "import http from 'k6/http';\nimport { check } from 'k6';\nexport default async () => { const all = await Promise.all(['/a', '/b'].map((p) => http.asyncRequest('GET', __ENV.B + p))); check(all, { ok: ([, b]) => b.json('path') === '/b' }); };",
  }),
  ok(
    'two requests one after the other',
    'GET /a, GET /b',
    "const a = http.get(B + '/a');\nconst b = http.get(B + '/b');\ncheck([a, b], { ok: ([x, y]) => x.status + y.status === 400 });",
  ),
  ok(
    'a request that depends on an answer',
    'GET /json, GET /item/x',
    "const id = http.get(B + '/json').json('list.0.id');\ncheck(http.get(`${B}/item/${id}`), { ok: (r) => r.json('path') === '/item/x' });",
  ),
  ok(
    'default headers for all requests',
    'GET /a, GET /b',
    "const params = { headers: { 'X-All': '1' } };\nhttp.get(B + '/a', params);\ncheck(http.get(B + '/b', params), { ok: (r) => r.json('headers.x-all') === '1' });",
  ),
  ok(
    'a login and its token',
    'POST /login, GET /me',
    "const token = http.post(B + '/login', { user: 'u' }).json('path');\ncheck(http.get(B + '/me', { headers: { Authorization: `Bearer ${token}` } }), { ok: (r) => r.json('headers.authorization') === 'Bearer /login' });",
  ),
  ok(
    'CRUD',
    'POST /items, GET /items/1, PUT /items/1, DELETE /items/1',
    "const url = B + '/items';\nhttp.post(url, JSON.stringify({ a: 1 }));\nhttp.get(url + '/1');\nhttp.put(url + '/1', 'x');\ncheck(http.del(url + '/1'), { ok: (r) => r.json('method') === 'DELETE' });",
  ),
  ok(
    'pages until the last',
    'GET /page?n=1, GET /page?n=2, GET /page?n=3',
    "let n = 0; let r;\ndo { n += 1; r = http.get(`${B}/page?n=${n}`); } while (r.json('query.n') !== '3');\ncheck(n, { ok: (pages) => pages === 3 });",
  ),
  ok(
    'a retry',
    'GET /flaky*3',
    "let r; let tries = 0;\nwhile (tries < 5) { r = http.get(B + '/flaky'); tries += 1; if (r.status === 200) break; sleep(0.001); }\ncheck(tries, { ok: (n) => n === 3 });",
  ),
  ok(
    'the same connection',
    'GET /a*2',
    "http.get(B + '/a');\ncheck(http.get(B + '/a'), { ok: (r) => r.timings.connecting === 0 });",
  ),
];
