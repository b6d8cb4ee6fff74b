/** Converts a script's body to the bytes that are sent, and gives the default Content-Type for it. */

import { randomBytes } from 'node:crypto';
import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { bytesOf } from '../read/bytes.ts';

export interface Payload {
  readonly bytes: string | Uint8Array | null;
  /** The default Content-Type; null if the body has no default. */
  readonly contentType: string | null;
  /** Names of form fields that are sent empty, because a form cannot carry their values. */
  readonly emptied: readonly string[];
}

const NONE: readonly string[] = [];

/** The result of http.file. An object with such a field is sent as multipart/form-data. */
export class FileData {
  readonly data: Uint8Array;
  readonly filename: string;
  readonly content_type: string;

  /** @throws Error where `data` is neither text nor bytes. */
  constructor(data: unknown, filename?: string, contentType?: string) {
    this.data = bytesOf(data, 'the data of http.file()');
    this.filename = filename ?? `${Date.now()}000000`;
    this.content_type = contentType ?? 'application/octet-stream';
  }
}

/** @throws Error where k6 cannot send the value either. */
export function payloadOf(body: unknown): Payload {
  if (body === undefined || body === null) return { bytes: null, contentType: null, emptied: NONE };
  if (typeof body === 'string') return { bytes: body, contentType: null, emptied: NONE };
  if (isAnyArrayBuffer(body)) {
    return { bytes: Buffer.from(body as ArrayBuffer), contentType: null, emptied: NONE };
  }
  if (isUint8Array(body)) {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    return { bytes, contentType: null, emptied: NONE };
  }
  if (typeof body !== 'object' || ArrayBuffer.isView(body)) {
    throw new Error('a request body must be a string, an ArrayBuffer or an object of form fields');
  }
  const fields = Object.entries(body);
  if (fields.some(([, value]) => value instanceof FileData)) return multipart(fields);
  return urlEncoded(fields);
}

type Fields = readonly (readonly [name: string, value: unknown])[];

/** Encodes the fields as Go's url.Values does, sorted by name. Each element of a list becomes a field. */
function urlEncoded(fields: Fields): Payload {
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  const flat: Fields = sorted.flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one: unknown) => [name, one] as const) : [[name, value]],
  );
  return {
    bytes: flat
      .map(([name, value]) => `${escaped(name)}=${escaped(textOf(value) ?? '')}`)
      .join('&'),
    contentType: 'application/x-www-form-urlencoded',
    emptied: emptiedIn(flat),
  };
}

function emptiedIn(fields: Fields): readonly string[] {
  const names = fields.filter(([, value]) => textOf(value) === null).map(([name]) => name);
  return names.length === 0 ? NONE : [...new Set(names)];
}

/** As in k6 from 2.3 on, null and undefined become empty text. Returns null for a value that a form cannot carry. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol'
    ? null
    : String(value);
}

function escaped(text: string): string {
  // encodeURIComponent throws on half a surrogate pair. The conversion to UTF-8 and back replaces it.
  return encodeURIComponent(Buffer.from(text).toString())
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function multipart(fields: Fields): Payload {
  const boundary = randomBytes(30).toString('hex');
  const parts = fields.flatMap(([name, value]) => {
    const isFile = value instanceof FileData;
    const file = isFile ? `; filename="${quoted(value.filename)}"` : '';
    const type = isFile ? `Content-Type: ${value.content_type}\r\n` : '';
    return [
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\n${type}\r\n`,
      isFile ? value.data : (textOf(value) ?? ''),
      '\r\n',
    ];
  });
  return {
    bytes: Buffer.concat([...parts, `--${boundary}--\r\n`].map((part) => Buffer.from(part))),
    contentType: `multipart/form-data; boundary=${boundary}`,
    emptied: emptiedIn(fields.filter(([, value]) => !(value instanceof FileData))),
  };
}

function quoted(text: string): string {
  return text.replace(/[\\"]/g, '\\$&').replace(/[\r\n]/g, (one) => encodeURIComponent(one));
}
