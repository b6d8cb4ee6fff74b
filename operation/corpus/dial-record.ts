/** The byte layout of a record with a batch of dial requests (docs/dial-lists.md), for its writer and its readers. */

import { DIAL_FAILURES, type DialFailureCode } from '../campaigns/failures.ts';

/** All numbers are 32 bits, little-endian. Places are from the start of the record, offsets from that of the body. */
export interface DialRecordLayout {
  /** Place of the length of the body. */
  readonly bodyLength: number;
  /** Place of the offset of the stamp in the clientToken of request `i`. */
  readonly stamp: (i: number) => number;
  /** Place of the offset of the expirationTime of request `i`. */
  readonly expiration: (i: number) => number;
  /** Place of the milliseconds from the sending of request `i` to its expirationTime; below 0 for one that is past. */
  readonly expiresIn: (i: number) => number;
  /** One predicted letter per request. */
  readonly letters: number;
  readonly body: number;
}

/** Bytes reserved for each request. The requests of a batch share the space. */
const BYTES_PER_REQUEST = 1_024;

/** Byte offsets from the start of a record with `requests` dial requests. */
export function dialRecordLayout(requests: number): DialRecordLayout {
  const place = (column: number) => (i: number) => 4 + 4 * (3 * i + column);
  const letters = 4 + 12 * requests;
  return {
    bodyLength: 0,
    stamp: place(0),
    expiration: place(1),
    expiresIn: place(2),
    letters,
    body: Math.ceil((letters + requests) / 8) * 8,
  };
}

export function dialRecordBytes(requests: number): number {
  return dialRecordLayout(requests).body + 64 + requests * BYTES_PER_REQUEST;
}

/** An expirationTime in a record: 24 characters in the years 0 to 9999, so that another one fits in its place. */
export function expirationText(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

/** One letter for each code, in the order of the table: a, b, c. `.` is for a dial request that is accepted. */
export function dialLetterOf(code: DialFailureCode | null): string {
  if (code === null) return '.';
  return String.fromCharCode(97 + Object.keys(DIAL_FAILURES).indexOf(code));
}
