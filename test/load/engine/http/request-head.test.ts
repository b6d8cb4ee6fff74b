import type { Outgoing } from '../../../../load/engine/http/outgoing.ts';
import { headOf } from '../../../../load/engine/http/request-head.ts';
import { wireUrlOf } from '../../../../load/engine/http/wire-url.ts';

function request(headers: string[], method = 'GET'): Outgoing {
  const target = wireUrlOf('http://connect.test/a?b=1');
  if (!target) throw new Error('the URL was not read');
  return { method, target, headers, body: null, timeoutMs: 1, keeping: 'text' };
}

it('has the request line, the host and the script’s headers in their spelling', () => {
  const { text, keepsAlive } = headOf(request(['X-Given', 'a b', 'x-two', 'ü']), 'host:1', 5, true);
  expect(text).toBe(
    'GET /a?b=1 HTTP/1.1\r\nhost: host:1\r\nX-Given: a b\r\nx-two: ü\r\ncontent-length: 5\r\n\r\n',
  );
  expect(keepsAlive).toBe(true);
});

it.each([
  ['GET', null, false],
  ['DELETE', null, false],
  ['PUT', null, true],
  ['POST', null, true],
  ['PATCH', null, true],
  ['GET', 0, true],
])('%s with a body of %p bytes says its length: %p', (method, length, says) => {
  const { text } = headOf(request([], method), 'h', length, true);
  expect(/content-length: 0\r\n/.test(text)).toBe(says);
});

it('takes the Host of the script, and lets nobody else write the framing', () => {
  const given = [
    'HOST',
    'else',
    'Content-Length',
    '3',
    'Transfer-Encoding',
    'chunked',
    'Trailer',
    'X',
  ];
  expect(headOf(request(given), 'h', null, true).text).toBe(
    'GET /a?b=1 HTTP/1.1\r\nhost: else\r\n\r\n',
  );
});

it.each([
  [['Connection', 'Close'], true],
  [[], false],
])('says that the connection ends, once', (headers, keepAlive) => {
  const { text, keepsAlive } = headOf(request(headers), 'h', null, keepAlive);
  expect(text.match(/connection: close\r\n/gi)).toHaveLength(1);
  expect(keepsAlive).toBe(false);
});

it.each([
  ['a line end in a value', ['X', 'a\r\nEvil: 1'], 'invalid header field value for "X"'],
  ['a line feed in a value', ['X', 'a\nb'], 'invalid header field value for "X"'],
  ['a NUL in a value', ['X', 'a\0'], 'invalid header field value for "X"'],
  ['a line end in Host', ['Host', 'a\r\nEvil: 1'], 'invalid header field value for "Host"'],
  ['a line end in a name', ['X\r\nEvil', '1'], 'invalid header field name'],
  ['a colon in a name', ['X:', '1'], 'invalid header field name "X:"'],
  ['no name', ['', '1'], 'invalid header field name ""'],
])('refuses %s', (_name, headers, why) => {
  expect(() => headOf(request(headers), 'h', null, true)).toThrow(`net/http: ${why}`);
});
