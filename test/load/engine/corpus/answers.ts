/** Idioms of answers: members, JSON, status, redirects, cookies, errors. */

import type { Idiom } from './idiom.ts';

/** A request, a condition on its answer `r`, and what the server receives. */
const conditions = (
  [
    ['the status', '/status/201', 'r.status === 201'],
    ['the status text', '/status/404', "r.status_text === '404 Not Found'"],
    ['the body', '/text', "r.body === 'plain text'"],
    ['the length of the body', '/text', 'r.body.length === 10'],
    ['the body by a pattern', '/text', '/plain/.test(r.body)'],
    ['includes', '/text', "r.body.includes('text')"],
    ['an empty body', '/empty', "r.status === 204 && r.body === ''"],
    ['JSON', '/json', "r.json().name === 'a'"],
    ['JSON by a path', '/json', "r.json('deep.er.v') === true"],
    ['JSON of a list', '/json', "r.json('list.1.id') === 'y'"],
    ['the length of a list', '/json', "r.json('list.#') === 2"],
    ['all ids of a list', '/json', "r.json('list.#.id').join() === 'x,y'"],
    ['JSON that is not there', '/json', "r.json('nothing') === undefined"],
    ['JSON.parse of the body', '/json', 'JSON.parse(r.body).n === 3'],
    ['a header', '/json', "r.headers['Content-Type'] === 'application/json'"],
    ['a header that comes twice', '/many', "r.headers['X-Many'] === 'a, b'"],
    ['the URL', '/text', "r.url === B + '/text'"],
    ['timings', '/text', 'r.timings.duration > 0 && r.timings.waiting <= r.timings.duration'],
    ['the address', '/text', "r.remote_ip === '127.0.0.1' && B.endsWith(String(r.remote_port))"],
    ['the protocol', '/text', "r.proto === 'HTTP/1.1'"],
    ['the request', '/text', "r.request.method === 'GET' && r.request.url === B + '/text'"],
    ['error code of a status', '/status/503', 'r.error_code === 1503'],
    ['no error', '/text', "r.error === '' && r.error_code === 0"],
    ['gzip', '/gzip', "r.json('name') === 'a'"],
    [
      'a redirect',
      '/redirect/1',
      "r.status === 200 && r.url === B + '/landed'",
      'GET /redirect/1, GET /landed',
    ],
    [
      'two redirects',
      '/redirect/2',
      "r.url.endsWith('/landed')",
      'GET /redirect/2, GET /redirect/1, GET /landed',
    ],
    ['308', '/moved/308', "r.json('method') === 'GET'", 'GET /moved/308, GET /landed'],
    ['a copy', '/json', "({ ...r }).body === r.body && ({ ...r }).json('n') === 3"],
    [
      'its keys',
      '/json',
      "Object.keys(r).join() === 'remote_ip,remote_port,url,status,status_text,proto,headers,cookies,body,timings,tls_version,tls_cipher_suite,error,error_code,request,json'",
    ],
    ['a member that is set', '/json', "(r.body = 'changed') && r.body === 'changed'"],
    ['JSON of a body that is set', '/json', "(r.body = '{\"x\":1}') && r.json('x') === 1"],
    ['JSON.stringify', '/text', "JSON.parse(JSON.stringify(r)).body === 'plain text'"],
    [
      'destructuring',
      '/json',
      '(({ status, body, headers }) => status === 200 && body && headers)(r)',
    ],
    ['Object.assign', '/json', 'Object.assign({}, r, { extra: 1 }).status === 200'],
    ['in and hasOwnProperty', '/json', "'body' in r && r.hasOwnProperty('status')"],
    ['entries', '/json', "Object.entries(r).some(([k, v]) => k === 'status' && v === 200)"],
  ] as const
).map(
  ([name, path, condition, requests]): Idiom => ({
    name: `an answer: ${name}`,
    run: `check(http.get(B + '${path}'), { ok: (r) => ${condition} });`,
    requests: requests ?? `GET ${path}`,
    checks: 'ok 1/1',
  }),
);

/** The same with parameters. */
const withParams = (
  [
    [
      'redirects: 0',
      "http.get(B + '/redirect/1', { redirects: 0 })",
      "r.status === 302 && r.headers.Location === '/landed'",
      'GET /redirect/1',
    ],
    [
      'responseType none',
      "http.get(B + '/json', { responseType: 'none' })",
      'r.body === null',
      'GET /json',
    ],
    [
      'responseType binary',
      "http.get(B + '/bytes', { responseType: 'binary' })",
      'new Uint8Array(r.body)[3] === 255',
      'GET /bytes',
    ],
    [
      'a timeout',
      "http.get(B + '/delay/900', { timeout: '30ms' })",
      'r.status === 0 && r.error_code === 1050 && r.body === null',
      'GET /delay/900',
    ],
    [
      'a timeout in ms',
      "http.get(B + '/delay/900', { timeout: 30 })",
      "r.error === 'request timeout'",
      'GET /delay/900',
    ],
    [
      'expectedStatuses',
      "http.get(B + '/status/404', { responseCallback: http.expectedStatuses(404, { min: 200, max: 299 }) })",
      'r.status === 404',
      'GET /status/404',
    ],
    [
      'a refused connection',
      "http.get('http://127.0.0.1:1/')",
      'r.status === 0 && r.error_code === 1212',
      '',
    ],
    [
      'a reset connection',
      "http.post(B + '/reset', 'x')",
      'r.status === 0 && r.error_code > 1000',
      'POST /reset',
    ],
    [
      'user and password in the URL',
      "http.get(B.replace('//', '//me:secret@') + '/private')",
      'r.status === 200',
      'GET /private',
    ],
    [
      'auth: basic',
      "http.get(B.replace('//', '//me:secret@') + '/private', { auth: 'basic' })",
      'r.json().isIn',
      'GET /private',
    ],
    [
      'a wrong password',
      "http.get(B.replace('//', '//me:no@') + '/private')",
      'r.status === 401',
      'GET /private',
    ],
    [
      '303 after a POST',
      "http.post(B + '/moved/303', 'x')",
      "r.json('method') === 'GET'",
      'POST /moved/303, GET /landed',
    ],
    [
      '307 after a POST',
      "http.post(B + '/moved/307', 'x')",
      "r.json('method') === 'POST' && r.json('body') === 'x'",
      'POST /moved/307, POST /landed',
    ],
  ] as const
).map(
  ([name, call, condition, requests]): Idiom => ({
    name: `an answer with ${name}`,
    run: `check(${call}, { ok: (r) => ${condition} });`,
    requests,
    checks: 'ok 1/1',
  }),
);

export const ANSWERS: readonly Idiom[] = [
  ...conditions,
  ...withParams,
  {
    name: 'cookies of an answer',
    run: "const r = http.get(B + '/set?a=1');\ncheck(r, { ok: ({ cookies }) => cookies.a[0].value === '1' && cookies.a[0].path === '/' });",
    requests: 'GET /set?a=1',
    checks: 'ok 1/1',
  },
  {
    name: 'cookies are sent back',
    run: "http.get(B + '/set?a=1');\ncheck(http.get(B + '/b'), { ok: (r) => r.json('headers.cookie') === 'a=1' });",
    requests: 'GET /set?a=1, GET /b',
    checks: 'ok 1/1',
  },
  {
    name: 'the jar of the VU',
    run: "const jar = http.cookieJar();\njar.set(B, 'own', 'v');\ncheck(http.get(B + '/b'), { ok: (r) => r.json('headers.cookie') === 'own=v' && jar.cookiesForURL(B).own[0] === 'v' });",
    requests: 'GET /b',
    checks: 'ok 1/1',
  },
  {
    name: 'a jar of one’s own',
    run: "const jar = new http.CookieJar();\njar.set(B, 'own', 'v');\ncheck(http.get(B + '/b', { jar }), { ok: (r) => r.json('headers.cookie') === 'own=v' });",
    requests: 'GET /b',
    checks: 'ok 1/1',
  },
  {
    name: 'a cookie that is replaced',
    run: "http.cookieJar().set(B, 'own', 'v');\ncheck(http.get(B + '/b', { cookies: { own: { value: 'w', replace: true } } }), { ok: (r) => r.json('headers.cookie') === 'own=w' });",
    requests: 'GET /b',
    checks: 'ok 1/1',
  },
  {
    name: 'cookies are gone in the next iteration',
    options: 'iterations: 2',
    run: "check(http.get(B + '/b'), { ok: (r) => r.json('headers.cookie') === undefined });\nhttp.get(B + '/set?a=1');",
    requests: 'GET /b*2, GET /set?a=1*2',
    checks: 'ok 2/2',
  },
  {
    name: 'cookies stay with noCookiesReset',
    options: 'iterations: 2, noCookiesReset: true',
    run: "check(http.get(B + '/b'), { later: (r) => r.json('headers.cookie') === 'a=1' });\nhttp.get(B + '/set?a=1');",
    requests: 'GET /b*2, GET /set?a=1*2',
    checks: 'later 1/2',
  },
  {
    name: 'a response callback for all requests',
    options: "iterations: 1, thresholds: { http_req_failed: ['rate==0'] }",
    top: 'http.setResponseCallback(http.expectedStatuses(200, 404));',
    run: "check(http.get(B + '/status/404'), { ok: (r) => r.status === 404 });",
    requests: 'GET /status/404',
    checks: 'ok 1/1',
  },
  {
    name: 'discardResponseBodies in small letters, and a body for one request',
    options: 'iterations: 1, discardresponsebodies: true',
    run: "check(http.get(B + '/text'), { none: (r) => r.body === null });\ncheck(http.get(B + '/text', { responseType: 'text' }), { text: (r) => r.body === 'plain text' });",
    requests: 'GET /text*2',
    checks: 'none 1/1, text 1/1',
  },
];
