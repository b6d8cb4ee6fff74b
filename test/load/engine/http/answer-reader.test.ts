import fc from 'fast-check';
import {
  AnswerReader,
  type Keeping,
  MalformedAnswer,
} from '../../../../load/engine/http/answer-reader.ts';

interface Read {
  readonly reader: AnswerReader;
  readonly complete: boolean;
  readonly body: string;
}

/** Gives the bytes in pieces, through one buffer that is written over, as a connection does. */
function read(
  answer: string | Buffer,
  { method = 'GET', pieces = [] as number[], keeping = 'bytes' as Keeping } = {},
): Read {
  const bytes = Buffer.from(answer);
  const reader = new AnswerReader();
  reader.expect(method, keeping);
  const shared = Buffer.alloc(bytes.length);
  let complete = false;
  let from = 0;
  for (const to of [...pieces, bytes.length]) {
    if (to <= from) continue;
    bytes.copy(shared, 0, from, to);
    complete = reader.read(shared.subarray(0, to - from));
    shared.fill('!');
    from = to;
  }
  return { reader, complete, body: Buffer.concat(reader.chunks).toString('latin1') };
}

function everyByte(answer: string): number[] {
  return Array.from({ length: answer.length }, (_, i) => i + 1);
}

const HEAD = 'HTTP/1.1 200 OK\r\n';

describe.each([
  ['in one piece', () => []],
  ['byte by byte', everyByte],
])('an answer that comes %s', (_, cut) => {
  it.each([
    ['counted', `${HEAD}Content-Length: 4\r\n\r\nbody`, 'body', true],
    ['of no length', `${HEAD}Content-Length: 0\r\n\r\n`, '', true],
    ['counted twice alike', `${HEAD}content-length: 2\r\nContent-Length: 2\r\n\r\nok`, 'ok', true],
    [
      'chunked',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n`,
      'abc',
      true,
    ],
    [
      'with extensions',
      `${HEAD}transfer-encoding: CHUNKED\r\n\r\nA ;x="y"\r\n0123456789\r\n0;z\r\n\r\n`,
      '0123456789',
      true,
    ],
    [
      'with trailers',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nDigest: x\r\n\r\n`,
      'a',
      true,
    ],
    [
      'chunked and counted',
      `${HEAD}Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
      'a',
      true,
    ],
    [
      'after informational ones',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${HEAD}Content-Length: 2\r\n\r\nok`,
      'ok',
      true,
    ],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', '', true],
    ['304 with a length', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n', '', true],
    [
      'with Connection: close',
      `${HEAD}Connection: close\r\nContent-Length: 1\r\n\r\na`,
      'a',
      false,
    ],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na', 'a', false],
    [
      'of HTTP/1.0 kept alive',
      'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na',
      'a',
      true,
    ],
    ['with bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', 'ok', true],
    ['without a reason', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok', 'ok', true],
  ])('%s', (_name, answer, body, reusable) => {
    const { reader, complete, body: seen } = read(answer, { pieces: cut(answer) });
    expect({ complete, body: seen, reusable: reader.reusable }).toEqual({
      complete: true,
      body,
      reusable,
    });
  });

  it('has its headers as the server wrote them, folded lines joined', () => {
    const answer = `${HEAD}X-One:  a b \t\r\nx-one:\r\nX-Fold: a\r\n  b\r\nX-L: \xe9\r\nContent-Length: 0\r\n\r\n`;
    const bytes = Buffer.from(answer, 'latin1').toString('latin1');
    const { reader } = read(Buffer.from(bytes, 'latin1'), { pieces: cut(answer) });
    expect(reader.headers).toEqual([
      'X-One', 'a b', 'x-one', '', 'X-Fold', 'a b', 'X-L', '\xe9', 'Content-Length', '0',
    ]); // biome-ignore format: names and values in turn.
  });

  it('is without a body where HEAD asked for it', () => {
    const answer = `${HEAD}Content-Length: 4\r\n\r\n`;
    expect(read(answer, { method: 'HEAD', pieces: cut(answer) }).complete).toBe(true);
  });

  it.each([
    ['no HTTP', 'SSH-2.0-x\r\n\r\n', '"SSH-2.0-x"'],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n', '"HTTP/2.0 200 OK"'],
    ['a nameless header', `${HEAD}: x\r\n\r\n`, 'header ": x"'],
    [
      'a space before the colon',
      `${HEAD}Content-Length : 5\r\n\r\n`,
      'header "Content-Length : 5"',
    ],
    ['a bare carriage return', `${HEAD}X: a\rb\r\n\r\n`, 'header'],
    [
      'lengths that differ',
      `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      'Content-Length "2"',
    ],
    ['a negative length', `${HEAD}Content-Length: -1\r\n\r\n`, 'Content-Length "-1"'],
    [
      'an unknown coding',
      `${HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n`,
      'Transfer-Encoding "gzip, chunked"',
    ],
    [
      'a chunk size that is none',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n0x1\r\n`,
      'chunk size "0x1"',
    ],
    [
      'a chunk size too large',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n${'f'.repeat(14)}\r\n`,
      'chunk size',
    ],
    [
      'a chunk longer than its size',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n`,
      'longer than its size',
    ],
    ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', '101'],
    ['a head without end', `${HEAD}X: ${'x'.repeat(70_000)}`, 'its head is longer'],
    [
      'a chunk line without end',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(5_000)}`,
      'too long',
    ],
  ])('is refused for %s', (_name, answer, why) => {
    // A piece a kilobyte where there are many bytes.
    const pieces = cut(answer).filter((at) => answer.length < 1_000 || at % 1_024 === 0);
    const act = () => read(answer, { pieces });
    expect(act).toThrow(MalformedAnswer);
    expect(act).toThrow(why);
  });

  it.each([
    ['nothing', '', 'EOF'],
    ['half a head', 'HTTP/1.1 2', 'unexpected EOF'],
    ['an informational answer only', 'HTTP/1.1 100 Continue\r\n\r\n', 'unexpected EOF'],
    ['half a body', `${HEAD}Content-Length: 4\r\n\r\nbo`, 'unexpected EOF'],
    [
      'chunks without the last',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n`,
      'unexpected EOF',
    ],
    ['a body without length', `${HEAD}\r\nbody`, null],
  ])('cut after %s', (_name, answer, meaning) => {
    const { reader, complete } = read(answer, { pieces: cut(answer) });
    expect(complete).toBe(false);
    expect(reader.end()).toBe(meaning);
    expect(reader.reusable).toBe(false);
  });
});

it.each([
  ['a whole one', `${HEAD}Content-Length: 5\r\n\r\ngrü\xff`, 'grü\ufffd'],
  ['one in chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`, null],
  ['a packed one', `${HEAD}Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\na`, null],
])('makes text of a body where it can: %s', (_name, answer, text) => {
  // \xff stands for a byte that is no UTF-8.
  const bytes = Buffer.concat(
    answer
      .split('\xff')
      .flatMap((part, i) => [...(i > 0 ? [Buffer.of(255)] : []), Buffer.from(part)]),
  );
  const { reader, complete } = read(bytes, { keeping: 'text' });
  expect(complete).toBe(true);
  expect(reader.text).toBe(text);
  expect(reader.chunks.length > 0).toBe(text === null);
});

it('does not trust a connection that says more than was asked', () => {
  const { reader, complete, body } = read(`${HEAD}Content-Length: 1\r\n\r\na${HEAD}`);
  expect([complete, body, reader.reusable]).toEqual([true, 'a', false]);
});

it('remembers nothing of the answer before', () => {
  const { reader } = read(
    'HTTP/1.0 404 Gone\r\nKeep-Alive: timeout=5\r\nContent-Length: 1\r\n\r\na',
  );
  expect(reader.keepAliveSeconds).toBe(5);
  reader.expect('GET', 'nothing');
  expect(reader.read(Buffer.from(`${HEAD}Content-Length: 4\r\n\r\nbody`))).toBe(true);
  const { status, statusText, headers, chunks, reusable, keepAliveSeconds } = reader;
  expect({ status, statusText, headers, chunks, reusable, keepAliveSeconds }).toEqual({
    status: 200,
    statusText: 'OK',
    headers: ['Content-Length', '4'],
    // Thrown away, as was asked.
    chunks: [],
    reusable: true,
    keepAliveSeconds: null,
  });
});

it('reads any answer that is well formed, however it is cut', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((raw) => Buffer.from(raw));
  const answers = fc.record({
    status: fc.integer({ min: 200, max: 599 }).filter((one) => one !== 204 && one !== 304),
    informational: fc.integer({ min: 0, max: 2 }),
    parts: fc.array(bytes, { maxLength: 5 }),
    framing: fc.constantFrom('counted', 'chunked', 'close'),
    cuts: fc.array(fc.nat(2_000), { maxLength: 12 }),
  });
  fc.assert(
    fc.property(answers, ({ status, informational, parts, framing, cuts }) => {
      const body = Buffer.concat(parts);
      const fields = {
        counted: `Content-Length: ${body.length}\r\n`,
        chunked: 'Transfer-Encoding: chunked\r\n',
        close: '',
      };
      const chunks = parts
        .filter((part) => part.length > 0)
        .flatMap((part) => [
          Buffer.from(`${part.length.toString(16)}\r\n`),
          part,
          Buffer.from('\r\n'),
        ]);
      const answer = Buffer.concat([
        Buffer.from('HTTP/1.1 102 Processing\r\nX: y\r\n\r\n'.repeat(informational)),
        Buffer.from(`HTTP/1.1 ${status} Some reason\r\n${fields[framing]}\r\n`),
        ...(framing === 'chunked' ? [...chunks, Buffer.from('0\r\n\r\n')] : [body]),
      ]);
      const pieces = cuts.map((at) => at % answer.length).sort((a, b) => a - b);
      const seen = read(answer, { pieces });
      expect(seen.reader.status).toBe(status);
      expect(seen.body).toBe(body.toString('latin1'));
      expect(seen.complete || seen.reader.end() === null).toBe(true);
      expect(seen.complete).toBe(framing !== 'close');
    }),
    { seed: 5, numRuns: 500 },
  );
});
