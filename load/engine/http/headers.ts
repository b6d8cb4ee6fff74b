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

/** @param raw names and values in turn. @returns repeats joined by `, `. */
export function headersOf(raw: readonly (Buffer | string)[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = canonicalName(String(raw[i]));
    const value = raw[i + 1];
    const text = typeof value === 'string' ? value : (value?.toString('latin1') ?? '');
    headers[name] = name in headers ? `${headers[name]}, ${text}` : text;
  }
  return headers;
}
