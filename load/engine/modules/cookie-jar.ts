/** The cookie jar that a script holds: of its VU, or of its own making. */

import { CookieJar, type SetCookie } from '../http/cookies.ts';

const PLAIN = { domain: '', path: '', secure: false, httpOnly: false, maxAge: 0, expires: 0 };

export class ScriptJar {
  /** Read by the requests that are given it. */
  readonly jar: CookieJar;

  constructor(jar?: unknown) {
    this.jar = jar instanceof CookieJar ? jar : new CookieJar();
    Object.defineProperty(this, 'jar', { enumerable: false });
  }

  /** Values by name. */
  cookiesForURL(url: string): Record<string, string[]> {
    const values: Record<string, string[]> = {};
    for (const { name, value } of this.jar.cookiesFor(urlOf(url), Date.now())) {
      values[name] ??= [];
      values[name].push(value);
    }
    return values;
  }

  set(url: string, name: string, value: string, options?: Readonly<Record<string, unknown>>): void {
    this.#take(url, { ...PLAIN, ...readOptions(options ?? {}), name, value: String(value) });
  }

  clear(url: string): void {
    for (const { name, domain, path, hostOnly } of this.jar.cookiesFor(urlOf(url), Date.now())) {
      this.#take(url, {
        ...PLAIN,
        name,
        value: '',
        path,
        domain: hostOnly ? '' : domain,
        maxAge: -1,
      });
    }
  }

  delete(url: string, name: string): void {
    this.#take(url, { ...PLAIN, name, value: '', maxAge: -1 });
  }

  #take(url: string, cookie: SetCookie): void {
    this.jar.take(urlOf(url), [cookie], Date.now());
  }
}

function readOptions(options: Readonly<Record<string, unknown>>): Partial<SetCookie> {
  const { path = '', domain = '', expires = '', max_age = 0, secure, http_only } = options;
  const at = Date.parse(String(expires));
  if (expires !== '' && Number.isNaN(at)) {
    throw new Error(
      `expires of a cookie is "${String(expires)}": it must be a date such as those of HTTP`,
    );
  }
  return {
    path: String(path),
    domain: String(domain),
    expires: expires === '' ? 0 : at,
    maxAge: Number(max_age),
    secure: Boolean(secure),
    httpOnly: Boolean(http_only),
  };
}

function urlOf(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new Error(`a cookie jar takes a URL, not ${JSON.stringify(text)}`);
}
