/** The head of a request as it goes on the wire. */

import type { Outgoing } from './outgoing.ts';

export interface RequestHead {
  readonly text: string;
  /** Length of the body in bytes. */
  readonly bodyLength: number;
  /** False if the request asks the server to close the connection. */
  readonly keepsAlive: boolean;
}

/** The head of a request that cannot be sent. */
export const NO_HEAD: RequestHead = { text: '', bodyLength: 0, keepsAlive: false };

/** How a header that the script gives is handled. */
type Handling = 'sent' | 'host' | 'connection' | 'dropped';

const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be sent.
const FORBIDDEN_IN_VALUE = /[\0-\x08\x0a-\x1f\x7f]/;
/** Methods whose requests have a Content-Length even without a body, as in Go's client. */
const ALWAYS_COUNTED: readonly string[] = ['PUT', 'POST', 'PATCH'];

const handlings = new Map<string, Handling>();
const MAX_KNOWN = 1_000;

/**
 * @param host used unless the script gave a Host header.
 * @param bodyLength in bytes; null without a body.
 * @throws Error, with Go's message, if a header has characters that could inject another header or request.
 */
export function headOf(
  { method, target, headers }: Outgoing,
  host: string,
  bodyLength: number | null,
  keepAlive: boolean,
): RequestHead {
  let hostName = host;
  let keepsAlive = keepAlive;
  let fields = '';
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    const handling = handlings.get(name) ?? handlingOf(name);
    if (FORBIDDEN_IN_VALUE.test(value)) {
      throw new Error(`net/http: invalid header field value for ${JSON.stringify(name)}`);
    }
    if (handling === 'host') hostName = value;
    else if (handling === 'connection' && /\bclose\b/i.test(value)) keepsAlive = false;
    else if (handling !== 'dropped') fields += `${name}: ${value}\r\n`;
  }
  if (bodyLength !== null || ALWAYS_COUNTED.includes(method)) {
    fields += `content-length: ${bodyLength ?? 0}\r\n`;
  }
  if (!keepsAlive) fields += 'connection: close\r\n';
  return {
    text: `${method} ${target.path} HTTP/1.1\r\nhost: ${hostName}\r\n${fields}\r\n`,
    bodyLength: bodyLength ?? 0,
    keepsAlive,
  };
}

function handlingOf(name: string): Handling {
  if (!NAME.test(name)) {
    throw new Error(`net/http: invalid header field name ${JSON.stringify(name)}`);
  }
  if (handlings.size >= MAX_KNOWN) handlings.clear();
  const handling = BY_NAME[name.toLowerCase()] ?? 'sent';
  handlings.set(name, handling);
  return handling;
}

/** Headers that frame the body. Go's client writes them itself and ignores the script's. */
const BY_NAME: Readonly<Record<string, Handling>> = {
  host: 'host',
  connection: 'connection',
  'content-length': 'dropped',
  'transfer-encoding': 'dropped',
  trailer: 'dropped',
};
