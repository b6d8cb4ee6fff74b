import http from 'node:http';
import { CookieJar, setCookiesOf } from '../../../../load/engine/http/cookies.ts';
import { closeServer, listen } from '../../../support/listen.ts';
import { run } from '../support.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

/** The jar's cookies for `to` after an answer from `from` had these Set-Cookie headers. */
function kept(from: string, set: readonly string[], to: string, now = NOW): string[] {
  const jar = new CookieJar();
  jar.take(new URL(from), setCookiesOf(set.flatMap((one) => ['Set-Cookie', one])), NOW);
  return jar.cookiesFor(new URL(to), now).map(({ name, value }) => `${name}=${value}`);
}

const HOME = 'http://a.example.com/shop/cart';

test.each([
  ['a=1', HOME, true],
  ['a=1', 'http://a.example.com/shop/other', true],
  ['a=1', 'http://a.example.com/shop', true],
  ['a=1', 'http://a.example.com/shopping', false],
  ['a=1', 'http://b.a.example.com/shop/', false],
  ['a=1; Path=/', 'http://a.example.com/', true],
  ['a=1; Path=/x', HOME, false],
  ['a=1; Domain=example.com; Path=/', 'https://b.example.com/', true],
  ['a=1; domain=.example.com; path=/', 'http://example.com/', true],
  ['a=1; Domain=other.com; Path=/', 'http://other.com/', false],
  ['a=1; Secure', HOME, false],
  ['a=1; Secure', HOME.replace('http', 'https'), true],
  ['a=1; Max-Age=0', HOME, false],
  ['a=1; Max-Age=-5', HOME, false],
  ['a=1; Max-Age=60', HOME, true],
  ['a=1; Expires=Wed, 31 Dec 2025 23:59:59 GMT', HOME, false],
  ['a=1; Expires=Thu, 01 Jan 2026 00:00:01 GMT', HOME, true],
  ['=1', HOME, false],
  ['a', HOME, false],
])('%s goes to %s: %p', (set, to, goes) => {
  expect(kept(HOME, [set], to)).toEqual(goes ? ['a=1'] : []);
});

test('one is over when its time is, another replaces it, the longest path goes first', () => {
  expect(kept(HOME, ['a=1; Max-Age=60'], HOME, NOW + 61_000)).toEqual([]);
  expect(kept(HOME, ['a=1', 'a=2'], HOME)).toEqual(['a=2']);
  expect(kept(HOME, ['a=1; Path=/', 'b=2'], HOME)).toEqual(['b=2', 'a=1']);
  expect(kept(HOME, ['a=1', 'a=; Max-Age=0'], HOME)).toEqual([]);
  expect(kept('http://127.0.0.1/', ['a=1; Domain=127.0.0.1'], 'http://127.0.0.1/')).toEqual([
    'a=1',
  ]);
});

describe('in a script', () => {
  let server: http.Server;
  let url: string;
  /** `/set` sets two cookies, `/in` one and leads to `/`; the rest tells the cookies that came. */
  beforeAll(async () => {
    server = http.createServer(({ url: path, headers }, response) => {
      if (path === '/set') response.setHeader('set-cookie', ['a=1; Max-Age=60', 'b="2"; HttpOnly']);
      if (path === '/in') response.writeHead(302, { 'set-cookie': 'session=s', location: '/' });
      response.end(headers.cookie ?? 'none');
    });
    const port = await listen(server);
    url = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await closeServer(server);
  });

  async function told(body: string, options = '{ iterations: 1 }') {
    const { result, lines } = await run(`import http from 'k6/http';
      export const options = ${options};
      const url = '${url}';
      const tell = (value) => console.log(JSON.stringify(value));
      const sent = (params) => http.get(url, params).body;
      export default function () { ${body} }`);
    expect(result.scriptErrors).toEqual([]);
    return lines;
  }

  test('what an answer sets goes with the next requests, until the iteration ends', async () => {
    const body = 'tell(sent()); http.get(url + "/set"); tell(sent());';
    const twice = ['none', 'a=1; b=2'];
    expect(await told(body, '{ iterations: 2 }')).toEqual([...twice, ...twice]);
    const options = '{ iterations: 2, noCookiesReset: true }';
    expect(await told(body, options)).toEqual([...twice, 'a=1; b=2', 'a=1; b=2']);
  });

  test('a response tells them', async () => {
    const cookie = { domain: '', path: '', secure: false, expires: 0 };
    expect(await told('tell(http.get(url + "/set").cookies);')).toEqual([
      {
        a: [{ ...cookie, name: 'a', value: '1', http_only: false, max_age: 60 }],
        b: [{ ...cookie, name: 'b', value: '2', http_only: true, max_age: 0 }],
      },
    ]);
  });

  test('a redirect takes along what it sets', async () => {
    expect(await told('tell(http.get(url + "/in").body);')).toEqual(['session=s']);
  });

  test('a request has cookies of its own', async () => {
    expect(
      await told(`http.get(url + "/set");
        tell(sent({ cookies: { c: "3", a: { value: "9", replace: true } } }));
        tell(sent({ cookies: { a: "9" } }));
        tell(sent({ headers: { Cookie: "own=1" } }));
        tell(http.get(url, { cookies: { c: "3" } }).request.cookies);`),
    ).toEqual([
      'c=3; a=9; b=2',
      'a=9; a=1; b=2',
      'own=1; a=1; b=2',
      { c: [{ name: 'c', value: '3', replace: false }] },
    ]);
  });

  test('a jar is read and written', async () => {
    expect(
      await told(`const jar = http.cookieJar();
        jar.set(url, "x", "1");
        jar.set(url, "y", "2", { path: "/deep" });
        tell(jar.cookiesForURL(url));
        tell(jar.cookiesForURL(url + "/deep/er"));
        tell(sent());
        jar.delete(url, "x");
        tell(sent());
        http.get(url + "/set");
        jar.clear(url);
        tell(sent());
        const other = new http.CookieJar();
        other.set(url, "z", "0");
        tell(sent({ jar: other }));
        tell(sent());`),
    ).toEqual([{ x: ['1'] }, { x: ['1'], y: ['2'] }, 'x=1', 'none', 'none', 'z=0', 'none']);
  });
});
