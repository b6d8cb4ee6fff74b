/** Parses a URL for the wire. The percent-encoding stays as it is, and the fragment is dropped. */

import { ERROR_CODES, type RequestError } from './error-codes.ts';

export interface WireUrl {
  /** The URL as the script wrote it, without the fragment. */
  readonly href: string;
  /** The URL for tags and messages, without user name and password. */
  readonly clean: string;
  /** Scheme and authority. */
  readonly origin: string;
  /** Host and port, as in a Host header. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  /** `user:password`; null if the URL has no user name. */
  readonly credentials: string | null;
}

const URL_FORM = /^(https?):\/\/(?:([^/?#]*)@)?([^/?#\s@]+)(?=[/?#]|$)([^#]*)/i;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const MAX_KNOWN = 1_000;
const known = new Map<string, WireUrl>();

/** @returns null where `text` is not an http(s) URL. */
export function wireUrlOf(text: string): WireUrl | null {
  const cached = known.get(text);
  if (cached) return cached;
  const parts = URL_FORM.exec(text);
  if (!parts) return null;
  const [href, scheme = '', user, host = '', rest = ''] = parts;
  const origin = `${scheme.toLowerCase()}://${host}`;
  if (!URL.canParse(origin) || /%(?![0-9a-f]{2})/i.test(rest.replace(/\?.*/s, ''))) return null;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  const masked = user?.includes(':') ? '****:****' : '****';
  const target = {
    href,
    clean: user === undefined ? href : `${scheme}://${masked}@${host}${rest}`,
    origin,
    host,
    path: wireSafe(path),
    credentials: user === undefined ? null : decoded(user.includes(':') ? user : `${user}:`),
  };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, target);
  return target;
}

/** k6's error for a URL that wireUrlOf refuses. */
export function urlErrorOf(text: string): RequestError {
  const [, scheme = ''] = SCHEME.exec(text) ?? [];
  const isRelative = scheme === '' && !/^[^/?#]*:/.test(text);
  if (isRelative || (scheme !== '' && !/^https?$/i.test(scheme))) {
    const message = `unsupported protocol scheme ${JSON.stringify(scheme.toLowerCase())}`;
    return { code: ERROR_CODES.generic, message };
  }
  return { code: ERROR_CODES.invalidUrl, message: `invalid URL: ${text}` };
}

/** The URL that a Location header refers to. */
export function redirectedUrl(from: WireUrl, location: string): WireUrl | null {
  return URL.canParse(location, from.href) ? wireUrlOf(new URL(location, from.href).href) : null;
}

/** Encodes only the characters that are not allowed in a request line. */
function wireSafe(path: string): string {
  return path.replace(/[^\x21-\x7e]+/g, (raw) => encodeURIComponent(raw));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Text with an invalid percent-encoding is kept as it is.
    return text;
  }
}
