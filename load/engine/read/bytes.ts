/** What k6 takes as binary input, and gives as binary output. */

import { isAnyArrayBuffer } from 'node:util/types';

/**
 * Bytes of a string (UTF-8), an ArrayBuffer or a view; nothing is copied but strings.
 *
 * @throws Error naming `what` for anything else.
 */
export function bytesOf(value: unknown, what: string): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (isAnyArrayBuffer(value)) return new Uint8Array(value as ArrayBuffer);
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  throw new Error(`${what} must be a string or an ArrayBuffer`);
}

/** A buffer of its own: never a window on a larger one. */
export function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
