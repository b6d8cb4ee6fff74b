/** Response headers in Go's canonical spelling, as k6 shows them. */

const canonical = new Map<string, string>();
const MAX_KNOWN = 1_000;

/** `content-type` -> `Content-Type`, whatever the server's spelling. */
export function canonicalName(name: string): string {
  const known = canonical.get(name);
  if (known !== undefined) return known;
  const spelt = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join('-');
  if (canonical.size >= MAX_KNOWN) canonical.clear();
  canonical.set(name, spelt);
  return spelt;
}

/** The first value of a header. @param raw names and values in turn. @param name in lower case. */
export function headerIn(raw: readonly string[], name: string): string | undefined {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (raw[i]?.toLowerCase() === name) return raw[i + 1];
  }
  return undefined;
}

/** @param raw names and values in turn. @returns repeats joined by `, `. */
export function headersOf(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = canonicalName(raw[i] as string);
    const value = raw[i + 1] as string;
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}
