/** Reads HTTP/1.1 answers (RFC 9112) from the bytes of a connection, as leniently as Go's client. */

/** The answer breaks the rules of HTTP/1.1. Nothing after it on the connection can be trusted. */
export class MalformedAnswer extends Error {
  constructor(what: string) {
    super(`malformed HTTP response: ${what}`);
  }
}

/** How a body is kept: as text if it arrives in one piece, as bytes, or not at all. */
export type Keeping = 'text' | 'bytes' | 'nothing';

/** The part of the answer that comes next. */
type Expected =
  | 'head'
  | 'counted body'
  | 'body until the end'
  | 'chunk size'
  | 'chunk'
  | 'end of chunk'
  | 'trailer'
  | 'nothing';

const MAX_HEAD = 65_536;
const MAX_CHUNK_LINE = 4_096;
const HEAD_END = /\r?\n\r?\n/;
const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: (.*))?$/;
const FIELD = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/;
const CHUNK_SIZE = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i;

export class AnswerReader {
  status = 0;
  statusText = '';
  proto = '';
  /** Names and values in turn, as the server wrote them. */
  headers: string[] = [];
  /** The body in the pieces in which it was received. Empty if `text` has the body. */
  chunks: Buffer[] = [];
  text: string | null = null;
  /** Whether the connection can take another request after this answer. */
  reusable = true;
  /** Seconds for which the server keeps the idle connection; null if it does not announce a time. */
  keepAliveSeconds: number | null = null;
  /** Whether the answer sets a cookie. */
  setsCookies = false;
  #expected: Expected = 'nothing';
  #bodiless = false;
  #keeping: Keeping = 'bytes';
  /** Received bytes of a head or line that is not complete yet. */
  #partial = '';
  /** Bytes of the body, or of the chunk, that are still missing. */
  #left = 0;
  #begun = false;

  /** Prepares the reader for the next answer. */
  expect(method: string, keeping: Keeping): void {
    this.#bodiless = method === 'HEAD';
    this.#keeping = keeping;
    this.chunks = [];
    this.text = null;
    this.#begun = false;
    this.#expectHead();
  }

  /**
   * Reads the next bytes of the answer. The caller may overwrite them afterwards.
   *
   * @returns whether the answer is complete.
   * @throws MalformedAnswer
   */
  read(bytes: Buffer): boolean {
    this.#begun = true;
    let at = 0;
    while (at < bytes.length && this.#expected !== 'nothing') at = this.#take(bytes, at);
    // The server sent more bytes than one answer. They could be mistaken for the next answer.
    if (at < bytes.length) this.reusable = false;
    return this.#expected === 'nothing';
  }

  /** Called when the other side has closed. @returns the resulting error; null where the close completes the answer. */
  end(): 'EOF' | 'unexpected EOF' | null {
    this.reusable = false;
    if (this.#expected === 'body until the end') return null;
    return this.#begun ? 'unexpected EOF' : 'EOF';
  }

  /** @returns where the next part begins. */
  #take(bytes: Buffer, at: number): number {
    switch (this.#expected) {
      case 'head':
        return this.#takeHead(bytes, at);
      case 'counted body':
        return this.#takeBody(bytes, at, 'nothing');
      case 'chunk':
        return this.#takeBody(bytes, at, 'end of chunk');
      case 'body until the end':
        this.#keep(bytes.subarray(at));
        return bytes.length;
      default:
        return this.#takeLine(bytes, at);
    }
  }

  #takeHead(bytes: Buffer, at: number): number {
    const before = this.#partial.length;
    const text = this.#partial + bytes.toString('latin1', at);
    const end = HEAD_END.exec(text);
    if (text.length > MAX_HEAD && (end?.index ?? MAX_HEAD) >= MAX_HEAD) {
      throw new MalformedAnswer(`its head is longer than ${MAX_HEAD} bytes`);
    }
    if (!end) {
      this.#partial = text;
      return bytes.length;
    }
    this.#partial = '';
    this.#readHead(text.slice(0, end.index));
    return at + end.index + end[0].length - before;
  }

  #expectHead(): void {
    this.#expected = 'head';
    this.#partial = '';
    this.headers = [];
    this.keepAliveSeconds = null;
    this.setsCookies = false;
  }

  #readHead(head: string): void {
    const [first = '', ...lines] = head.split(/\r?\n/);
    const [, minor, status, statusText = ''] = STATUS_LINE.exec(first) ?? [];
    if (status === undefined) throw new MalformedAnswer(JSON.stringify(first.slice(0, 80)));
    this.status = Number(status);
    this.statusText = statusText;
    this.proto = minor === '1' ? 'HTTP/1.1' : 'HTTP/1.0';
    this.reusable = minor === '1';
    for (const line of lines) this.#readField(line);
    this.#frame();
  }

  #readField(line: string): void {
    const { headers } = this;
    if (/^[ \t]/.test(line) && headers.length > 0) {
      // This is an obsolete folded line. It continues the field above it.
      headers[headers.length - 1] += ` ${line.trim()}`;
      return;
    }
    const [, name, value = ''] = FIELD.exec(line) ?? [];
    if (name === undefined)
      throw new MalformedAnswer(`header ${JSON.stringify(line.slice(0, 80))}`);
    headers.push(name, value);
  }

  /** Determines where the body ends (RFC 9112, section 6.3). */
  #frame(): void {
    let length: string | null = null;
    let coding: string | null = null;
    for (let i = 0; i < this.headers.length; i += 2) {
      const value = this.headers[i + 1] as string;
      switch (this.headers[i]?.toLowerCase()) {
        case 'content-length':
          if (!/^\d{1,15}$/.test(value) || (length ?? value) !== value)
            throw new MalformedAnswer(`Content-Length ${JSON.stringify(value)}`);
          length = value;
          break;
        case 'transfer-encoding':
          coding = coding === null ? value : `${coding}, ${value}`;
          break;
        case 'connection':
          if (/\bclose\b/i.test(value)) this.reusable = false;
          else if (/\bkeep-alive\b/i.test(value)) this.reusable = true;
          break;
        case 'set-cookie':
          this.setsCookies = true;
          break;
        case 'content-encoding':
          if (this.#keeping === 'text') this.#keeping = 'bytes';
          break;
        case 'keep-alive':
          this.keepAliveSeconds = Number(/\btimeout=(\d+)/i.exec(value)?.[1] ?? Number.NaN);
          if (Number.isNaN(this.keepAliveSeconds)) this.keepAliveSeconds = null;
          break;
      }
    }
    const { status } = this;
    if (status === 101) throw new MalformedAnswer('101 though no upgrade was asked for');
    if (status < 200) this.#expectHead();
    else if (this.#bodiless || status === 204 || status === 304) this.#expected = 'nothing';
    else if (coding !== null) this.#expectChunks(coding);
    else if (length === null) this.#expectRest();
    else {
      this.#left = Number(length);
      this.#expected = this.#left === 0 ? 'nothing' : 'counted body';
    }
  }

  #expectChunks(coding: string): void {
    if (coding.toLowerCase() !== 'chunked') {
      throw new MalformedAnswer(`Transfer-Encoding ${JSON.stringify(coding)}`);
    }
    this.#expected = 'chunk size';
  }

  #expectRest(): void {
    this.reusable = false;
    this.#expected = 'body until the end';
  }

  #takeBody(bytes: Buffer, at: number, after: Expected): number {
    const end = Math.min(bytes.length, at + this.#left);
    const length = end - at;
    const isWhole = after === 'nothing' && length === this.#left && this.chunks.length === 0;
    // Most bodies come in one piece. Decoding such a body at once takes less time and memory than copying its bytes.
    if (isWhole && this.#keeping === 'text') this.text = bytes.toString('utf8', at, end);
    else this.#keep(bytes.subarray(at, end));
    this.#left -= length;
    if (this.#left === 0) this.#expected = after;
    return end;
  }

  #keep(part: Buffer): void {
    if (this.#keeping !== 'nothing') this.chunks.push(Buffer.from(part));
  }

  #takeLine(bytes: Buffer, at: number): number {
    const feed = bytes.indexOf(10, at);
    const line = this.#partial + bytes.toString('latin1', at, feed < 0 ? bytes.length : feed);
    if (line.length > MAX_CHUNK_LINE)
      throw new MalformedAnswer('a line between chunks is too long');
    if (feed < 0) {
      this.#partial = line;
      return bytes.length;
    }
    this.#partial = '';
    this.#readLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    return feed + 1;
  }

  #readLine(line: string): void {
    if (this.#expected === 'trailer') {
      if (line === '') this.#expected = 'nothing';
    } else if (this.#expected === 'end of chunk') {
      if (line !== '') throw new MalformedAnswer('a chunk is longer than its size');
      this.#expected = 'chunk size';
    } else {
      const [, size] = CHUNK_SIZE.exec(line) ?? [];
      if (size === undefined) {
        throw new MalformedAnswer(`chunk size ${JSON.stringify(line.slice(0, 40))}`);
      }
      this.#left = Number.parseInt(size, 16);
      this.#expected = this.#left === 0 ? 'trailer' : 'chunk';
    }
  }
}
