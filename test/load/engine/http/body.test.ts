import { FileData, payloadOf } from '../../../../load/engine/http/body.ts';
import { run, startServer } from '../support.ts';

test.each<[string, object, string, string[]]>([
  ['what is nothing', { note: null, gone: undefined }, 'gone=&note=', []],
  ['lists', { list: ['one', null, undefined, 2] }, 'list=one&list=&list=&list=2', []],
  ['no items', { list: [], a: 1 }, 'a=1', []],
  ['objects', { deep: { a: 1 }, z: 1 }, 'deep=&z=1', ['deep']],
  ['objects in lists', { list: [{ a: 1 }, 'x', [1]] }, 'list=&list=x&list=', ['list']],
  ['dates and functions', { d: new Date(0), f: () => 1 }, 'd=&f=', ['d', 'f']],
  ['symbols', { s: Symbol('s') }, 's=', ['s']],
  ['numbers, flags and big numbers', { n: 5, t: true, b: 3n }, 'b=3&n=5&t=true', []],
])('a form with %s', (_, body, bytes, emptied) => {
  expect(payloadOf(body)).toEqual({
    bytes,
    contentType: 'application/x-www-form-urlencoded',
    emptied,
  });
});

test('a form with a file has no invented text either', () => {
  const { bytes, emptied } = payloadOf({
    file: new FileData('data', 'f.txt'),
    gone: null,
    deep: { a: 1 },
    text: 'x',
  });
  const parts = String(bytes)
    .split(/--\w+(?:\r\n|--\r\n)/)
    .map((part) => part.split('\r\n\r\n')[1]?.trimEnd());
  expect(parts.slice(1, -1)).toEqual(['data', '', '', 'x']);
  expect(emptied).toEqual(['deep']);
});

test('a script is warned, once for each field', async () => {
  const server = await startServer();
  const { result } = await run(
    `import http from 'k6/http';
     export const options = { iterations: 2 };
     export default function () {
       http.post(__ENV.URL, { z: 'last', note: null, gone: undefined, list: ['one', null], deep: { a: 1 }, n: 5, t: true });
       http.batch([['POST', __ENV.URL, { other: {} }]]);
     }`,
    { env: { URL: server.url } },
  );
  await server.close();
  expect(server.received[0]?.body).toBe('deep=&gone=&list=one&list=&n=5&note=&t=true&z=last');
  expect(result.warnings).toEqual(
    ['deep', 'other'].map((name) =>
      expect.stringMatching(`^The form field "${name}" is sent empty`),
    ),
  );
});
