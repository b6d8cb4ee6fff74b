/** A URL as it goes on the wire: percent-encoding untouched, fragment dropped. */

export interface Target {
  /** As the script wrote it, without fragment. */
  readonly href: string;
  /** Scheme and authority. */
  readonly origin: string;
  /** Host and port, as in a Host header. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
}

const URL_FORM = /^(https?):\/\/([^/?#\s@]+)([^#]*)/i;
const MAX_KNOWN = 1_000;
const known = new Map<string, Target>();

/** @returns null where `text` is not an http(s) URL. */
export function targetOf(text: string): Target | null {
  const cached = known.get(text);
  if (cached) return cached;
  const parts = URL_FORM.exec(text);
  if (!parts) return null;
  const [href, scheme = '', host = '', rest = ''] = parts;
  const origin = `${scheme.toLowerCase()}://${host}`;
  if (!URL.canParse(origin)) return null;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  const target = { href, origin, host, path: wireSafe(path) };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, target);
  return target;
}

/** Where a Location header leads to. */
export function redirectTarget(from: Target, location: string): Target | null {
  return URL.canParse(location, from.href) ? targetOf(new URL(location, from.href).href) : null;
}

/** Encodes only what may not stand in a request line. */
function wireSafe(path: string): string {
  return path.replace(/[^\x21-\x7e]+/g, (raw) => encodeURIComponent(raw));
}
