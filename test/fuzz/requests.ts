/**
 * Bytes of a connection -> the requests in them that every server of HTTP/1.1 has to take.
 *
 * Stricter than any parser: what might be taken otherwise ends the reading, so that what is read is beyond doubt.
 */

export interface Request {
  /** Where its first byte is, and the first after it. */
  readonly at: number;
  readonly end: number;
  readonly method: string;
}

export interface Requests {
  readonly requests: readonly Request[];
  /**
   * What is behind them: nothing; nothing that counts, for the last one ends the connection; or what is no whole
   * request, or one that could be taken in more than one way.
   */
  readonly behind: 'nothing' | 'a closed connection' | 'doubt';
}

/** Below the limit of the door, which counts a little otherwise. */
const HEAD_BYTES = 15_000;

const REQUEST_LINE =
  /^(GET|POST|PUT|DELETE|HEAD|OPTIONS|PATCH) (?:\*|\/[\w/%.~:-]*) HTTP\/1\.([01])$/;
const HEADER = /^([A-Za-z0-9-]+): ?([\t\x20-\x7e]*)$/;
const LENGTH = /^\d{1,9}$/;
const CHUNK = /^([0-9a-f]{1,7})\r\n/i;

export function requestsIn(bytes: Buffer): Requests {
  const text = bytes.toString('latin1');
  const requests: Request[] = [];
  for (let at = 0; ; ) {
    // Empty lines ahead of a request are passed over.
    while (text[at] === '\r' || text[at] === '\n') at += 1;
    if (at === text.length) return { requests, behind: 'nothing' };
    const read = requestAt(text, at);
    if (read === null) return { requests, behind: 'doubt' };
    requests.push({ at, end: read.end, method: read.method });
    if (read.closes) return { requests, behind: 'a closed connection' };
    at = read.end;
  }
}

function requestAt(
  text: string,
  at: number,
): { end: number; method: string; closes: boolean } | null {
  const headEnd = text.indexOf('\r\n\r\n', at);
  if (headEnd < 0 || headEnd - at > HEAD_BYTES) return null;
  const [first = '', ...lines] = text.slice(at, headEnd).split('\r\n');
  const [, method, minor] = REQUEST_LINE.exec(first) ?? [];
  if (method === undefined) return null;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, written, value = ''] = HEADER.exec(line) ?? [];
    if (written === undefined) return null;
    const name = written.toLowerCase();
    if (headers.has(name) && FRAMING.includes(name)) return null;
    headers.set(name, value.trim().toLowerCase());
  }
  const end = bodyEnd(text, headEnd + 4, headers);
  if (end === null) return null;
  const closes = closesAfter(minor === '0', headers.get('connection'), headers.has('upgrade'));
  return closes === null ? null : { end, method, closes };
}

/** Whether the answer ends the connection; a wish for another protocol, which is not granted, does. */
function closesAfter(old: boolean, connection: string | undefined, upgrade: boolean) {
  switch (connection) {
    case undefined:
      return upgrade ? null : old;
    case 'close':
    case 'keep-alive':
      return upgrade ? null : connection === 'close';
    case 'upgrade':
      return upgrade && !old ? true : null;
    default:
      return null;
  }
}

/** Headers that say where a request ends, and what is to be read after it. */
const FRAMING = ['content-length', 'transfer-encoding', 'connection', 'upgrade'];

function bodyEnd(text: string, from: number, headers: Map<string, string>): number | null {
  const length = headers.get('content-length');
  const encoding = headers.get('transfer-encoding');
  if (encoding !== undefined) {
    return encoding === 'chunked' && length === undefined ? chunksEnd(text, from) : null;
  }
  if (length === undefined) return from;
  const end = from + Number(length);
  return LENGTH.test(length) && end <= text.length ? end : null;
}

function chunksEnd(text: string, from: number): number | null {
  for (let at = from; ; ) {
    const [line, size] = CHUNK.exec(text.slice(at, at + 10)) ?? [];
    if (line === undefined || size === undefined) return null;
    const end = at + line.length + Number.parseInt(size, 16);
    if (text.slice(end, end + 2) !== '\r\n') return null;
    at = end + 2;
    if (Number.parseInt(size, 16) === 0) return at;
  }
}
