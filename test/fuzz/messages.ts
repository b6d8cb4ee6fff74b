/** HTTP messages as bytes: signed ones that are well-formed, and what becomes of them under attack. */

import type { Draw } from '../../system/draw.ts';
import { type Call, INSTANCE_PATH, signedHeadersOf } from '../emulator/fixtures.ts';

/** A message that the endpoint's front door lets in, whatever its body. */
export function signedMessage(call: Call): Buffer {
  const body = Buffer.from(call.body);
  let head = `${call.method ?? 'PUT'} ${call.target ?? INSTANCE_PATH} HTTP/1.1\r\n`;
  for (const [name, value] of Object.entries(signedHeadersOf(call)))
    head += `${name}: ${value}\r\n`;
  return Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]);
}

type Attack = (bytes: Buffer, draw: Draw) => Buffer;

const insert = (bytes: Buffer, at: number, more: Buffer | string, removed = 0) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(more), bytes.subarray(at + removed)]);

/** Replaces the first match in the head; a message without one stays as it is. */
const inHead = (bytes: Buffer, pattern: RegExp, replacement: string) => {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, Math.max(0, end)).toString('latin1');
  const changed = head.replace(pattern, () => replacement);
  return Buffer.concat([Buffer.from(changed, 'latin1'), bytes.subarray(Math.max(0, end))]);
};

/** A line that ends the head's first one and begins another. */
const withHeader = (bytes: Buffer, line: string) => insert(bytes, bytes.indexOf('\r\n') + 2, line);

const METHODS = ['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'CONNECT', 'put', 'BREW', ''];
const TARGETS = [
  '*',
  '/',
  '//',
  '/contact/batch/',
  '/contact/batch/%',
  '/contact/batch/%00',
  '/contact/batch/a/b',
  '/contact/batch/..%2f..',
  'http://elsewhere.example/contact/batch/x',
  `/contact/batch/${'x'.repeat(4_000)}`,
  '/contacts/x/y',
  '/contact/attributes/x/y',
  '/contact/stop',
];
const HEADERS = [
  'Content-Length: 0\r\n',
  'Content-Length: 99999999999999999999\r\n',
  'Content-Length: -1\r\n',
  'Content-Length: 5, 5\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: identity\r\n',
  'Transfer-Encoding: chunked, chunked\r\n',
  'Expect: 100-continue\r\n',
  'Expect: nonsense\r\n',
  'Connection: upgrade\r\nUpgrade: websocket\r\n',
  'Connection: close\r\n',
  'Host: other\r\nHost: third\r\n',
  ' folded: line\r\n',
  'no colon\r\n',
  ': no name\r\n',
  'X-Amz-Date: 20260101T000000Z\r\n',
  'Authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=;, Signature=\r\n',
  'Authorization: Bearer x\r\n',
  `X-Long: ${'y'.repeat(20_000)}\r\n`,
  'X-Many: 1\r\n'.repeat(300),
  'X-Bytes: \u0001\u007f\u00ff\r\n',
];

const pick = <T>(list: readonly T[], draw: Draw): T => list[draw.below(list.length)] as T;

const ATTACKS: readonly Attack[] = [
  (bytes, draw) => {
    const flipped = Buffer.from(bytes);
    for (let n = 1 + draw.below(4); n > 0; n -= 1) {
      const at = draw.below(flipped.length);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << draw.below(8));
    }
    return flipped;
  },
  (bytes, draw) => insert(bytes, draw.below(bytes.length), Buffer.from([draw.below(256)])),
  (bytes, draw) => insert(bytes, draw.below(bytes.length), '', 1 + draw.below(20)),
  (bytes, draw) => bytes.subarray(0, draw.below(bytes.length)),
  (bytes, draw) => {
    const from = draw.below(bytes.length);
    const part = bytes.subarray(from, from + draw.below(200));
    return insert(bytes, draw.below(bytes.length), part);
  },
  (bytes, draw) => inHead(bytes, /^\S+/, pick(METHODS, draw)),
  (bytes, draw) => inHead(bytes, / \S+ /, ` ${pick(TARGETS, draw)} `),
  (bytes, draw) => inHead(bytes, /HTTP\/1\.1/, pick(['HTTP/1.0', 'HTTP/2', 'HTTP/9.9', ''], draw)),
  (bytes, draw) => withHeader(bytes, pick(HEADERS, draw)),
  (bytes, draw) => inHead(bytes, /Content-Length: \d+/, `Content-Length: ${draw.below(30_000)}`),
  (bytes) => inHead(bytes, /Content-Length: \d+/, 'Transfer-Encoding: chunked'),
  (bytes) => inHead(bytes, /authorization: [^\r]*\r\n/, ''),
  (bytes) => inHead(bytes, /Signature=[0-9a-f]{8}/, 'Signature=00000000'),
  (_whole, draw) => {
    const noise = Buffer.alloc(1 + draw.below(400));
    for (let i = 0; i < noise.length; i += 1) noise[i] = draw.below(256);
    return noise;
  },
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
];

export function attacked(bytes: Buffer, draw: Draw): Buffer {
  let result = bytes;
  for (let n = 1 + draw.below(2); n > 0 && result.length > 0; n -= 1) {
    result = pick(ATTACKS, draw)(result, draw);
  }
  return result;
}
