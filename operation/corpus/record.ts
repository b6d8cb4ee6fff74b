/** Where things stand in a corpus record (docs/corpus.md): for those who write it and those who read it. */

export interface RecordLayout {
  /** Length of the body, a 32-bit number, little-endian like all of them. */
  readonly bodyLength: number;
  /** Where in the body stamp `i` stands, a 32-bit number: 0 is the ClientToken's, then each item's. */
  readonly stamp: (i: number) => number;
  /** One predicted letter per contact. */
  readonly letters: number;
  readonly body: number;
}

/** Byte offsets from the beginning of a record of `contacts` contacts. */
export function recordLayout(contacts: number): RecordLayout {
  const stamp = (i: number) => 4 + 4 * i;
  const letters = stamp(contacts + 1);
  return { bodyLength: 0, stamp, letters, body: Math.ceil((letters + contacts) / 8) * 8 };
}
