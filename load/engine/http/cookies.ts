/** Cookies (RFC 6265), as Go's cookiejar keeps them. */

import { isIP } from 'node:net';

/** A cookie as an answer sets it. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** Seconds; 0 if the answer has no Max-Age; negative for a cookie that must be deleted. */
  readonly maxAge: number;
  /** Epoch milliseconds; 0 if the answer has no valid Expires. */
  readonly expires: number;
}

/** A cookie that the script adds to a request. */
export interface OwnCookie {
  readonly name: string;
  readonly value: string;
  /** Whether it replaces the jar's cookies of the same name. */
  readonly replace: boolean;
}

interface Kept {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  /** Whether the cookie is sent to the host only, and not to its subdomains. */
  readonly hostOnly: boolean;
  /** When the cookie expires, in epoch milliseconds; infinite for a session cookie. */
  readonly until: number;
}

export class CookieJar {
  readonly #kept = new Map<string, Kept>();

  get size(): number {
    return this.#kept.size;
  }

  /** Stores the cookies that an answer from `url` sets. @param now epoch milliseconds. */
  take(url: URL, cookies: readonly SetCookie[], now: number): void {
    const host = hostOf(url);
    for (const one of cookies) {
      const domain = domainFor(one.domain, host);
      if (domain === null) continue;
      const path = one.path.startsWith('/') ? one.path : defaultPath(url.pathname);
      const key = `${domain};${path};${one.name}`;
      const until = untilOf(one, now);
      if (until <= now) this.#kept.delete(key);
      else {
        const { name, value, secure } = one;
        const hostOnly = one.domain === '' || isIP(host) !== 0;
        this.#kept.set(key, { name, value, secure, domain, path, hostOnly, until });
      }
    }
  }

  /** The cookies that are sent to `url`. The cookie with the longest path comes first. */
  cookiesFor(url: URL, now: number): readonly Kept[] {
    const host = hostOf(url);
    return [...this.#kept.values()]
      .filter(
        (one) =>
          one.until > now &&
          (one.domain === host || (!one.hostOnly && host.endsWith(`.${one.domain}`))) &&
          isUnder(one.path, url.pathname) &&
          (!one.secure || url.protocol === 'https:'),
      )
      .sort((a, b) => b.path.length - a.path.length);
  }
}

/** The value of the Cookie header; `''` if there is no cookie. @param jar null if only `own` cookies are sent. */
export function cookieHeader(
  jar: CookieJar | null,
  own: readonly OwnCookie[],
  href: string,
  now: number,
): string {
  const replaced = own.filter(({ replace }) => replace).map(({ name }) => name);
  const kept = jar?.cookiesFor(new URL(href), now) ?? [];
  return [...own, ...kept.filter(({ name }) => !replaced.includes(name))]
    .map(({ name, value }) => `${name}=${/[ ,]/.test(value) ? `"${value}"` : value}`)
    .join('; ');
}

/** The cookies that an answer sets. @param headers names and values in turn. */
export function setCookiesOf(headers: readonly string[]): SetCookie[] {
  const cookies: SetCookie[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() !== 'set-cookie') continue;
    const cookie = setCookieOf(headers[i + 1] as string);
    if (cookie) cookies.push(cookie);
  }
  return cookies;
}

const PAIR = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(.*?)\s*$/;

function setCookieOf(line: string): SetCookie | null {
  const [first = '', ...attributes] = line.split(';');
  const [, name, value = ''] = PAIR.exec(first) ?? [];
  if (name === undefined) return null;
  const said = new Map(
    attributes.map((one) => {
      const [key = '', ...rest] = one.split('=');
      return [key.trim().toLowerCase(), rest.join('=').trim()] as const;
    }),
  );
  const age = said.get('max-age') ?? '';
  const expires = Date.parse(said.get('expires') ?? '');
  return {
    name,
    value: value.replace(/^"(.*)"$/, '$1'),
    domain: said.get('domain') ?? '',
    path: said.get('path') ?? '',
    secure: said.has('secure'),
    httpOnly: said.has('httponly'),
    // Max-Age=0 deletes the cookie. It becomes -1, because 0 means that there is no Max-Age.
    maxAge: /^-?\d+$/.test(age) ? Number(age) || -1 : 0,
    expires: Number.isNaN(expires) ? 0 : expires,
  };
}

function untilOf({ maxAge, expires }: SetCookie, now: number): number {
  if (maxAge !== 0) return now + maxAge * 1_000;
  return expires === 0 ? Number.POSITIVE_INFINITY : expires;
}

/** @returns null if the host must not set a cookie for that domain. */
function domainFor(written: string, host: string): string | null {
  if (written === '') return host;
  const domain = written.toLowerCase().replace(/^\./, '');
  if (isIP(host)) return domain === host ? host : null;
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`)) ? domain : null;
}

function hostOf({ hostname }: URL): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function defaultPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function isUnder(cookiePath: string, path: string): boolean {
  if (path === cookiePath) return true;
  return path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}
