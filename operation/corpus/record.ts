/** The byte layout of a corpus record (docs/corpus.md), for its writer and its readers. */

export interface RecordLayout {
  /** Place of the length of the body. This and all other numbers are 32 bits, little-endian. */
  readonly bodyLength: number;
  /** Place of the offset of stamp `i` in the body: stamp 0 is the ClientToken's, the others are the items'. */
  readonly stamp: (i: number) => number;
  /** One predicted letter per contact. */
  readonly letters: number;
  readonly body: number;
}

/** Byte offsets from the start of a record with `contacts` contacts. */
export function recordLayout(contacts: number): RecordLayout {
  const stamp = (i: number) => 4 + 4 * i;
  const letters = stamp(contacts + 1);
  return { bodyLength: 0, stamp, letters, body: Math.ceil((letters + contacts) / 8) * 8 };
}
