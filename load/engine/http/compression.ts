/** Bodies packed as a script asks, and unpacked as an answer's Content-Encoding says. */

import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';

interface Coding {
  pack(bytes: Uint8Array): Buffer;
  unpack(bytes: Uint8Array): Buffer;
}

/** The four codings of k6, by their names in HTTP. */
const CODINGS: Readonly<Record<string, Coding>> = {
  gzip: { pack: (bytes) => gzipSync(bytes), unpack: (bytes) => gunzipSync(bytes) },
  deflate: { pack: (bytes) => deflateSync(bytes), unpack: (bytes) => inflateSync(bytes) },
  br: {
    pack: (bytes) => brotliCompressSync(bytes),
    unpack: (bytes) => brotliDecompressSync(bytes),
  },
  zstd: { pack: (bytes) => zstdCompressSync(bytes), unpack: (bytes) => zstdDecompressSync(bytes) },
};

/**
 * The codings of `compression: 'gzip, br'`, in the order in which they are applied.
 *
 * @throws Error naming one that does not exist.
 */
export function codingsOf(text: string): readonly string[] {
  const names = namesIn(text);
  const unknown = names.find((name) => !Object.hasOwn(CODINGS, name));
  if (unknown !== undefined) {
    throw new Error(
      `compression "${unknown}" is unknown: it must be one of ${Object.keys(CODINGS).join(', ')}`,
    );
  }
  return names;
}

export function pack(bytes: Uint8Array, codings: readonly string[]): Uint8Array {
  return codings.reduce((packed, name) => CODINGS[name]?.pack(packed) ?? packed, bytes);
}

/**
 * Undoes the codings of a Content-Encoding, the last one first. As in k6, a body in an unknown coding
 * stays as it is.
 *
 * @throws Error where the bytes are not what the header says.
 */
export function unpack(bytes: Buffer, contentEncoding: string): Buffer {
  const codings = namesIn(contentEncoding);
  if (bytes.length === 0 || !codings.every((name) => Object.hasOwn(CODINGS, name))) return bytes;
  try {
    return codings.reduceRight<Buffer>(
      (packed, name) => CODINGS[name]?.unpack(packed) ?? packed,
      bytes,
    );
  } catch (error) {
    throw new Error(`the body is not ${contentEncoding}: ${(error as Error).message}`);
  }
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
}
