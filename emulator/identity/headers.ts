/** Converts header lines as received to values by lower-case name. */

export type Headers = ReadonlyMap<string, string>;

/** @param raw names and values in turn, as on the wire; repeats are joined by commas. */
export function headersOf(raw: readonly string[]): Headers {
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    const value = raw[i + 1] as string;
    const known = headers.get(name);
    headers.set(name, known === undefined ? value : `${known},${value}`);
  }
  return headers;
}
