/** A request as it came off the wire. */

export interface WireRequest {
  readonly method: string;
  /** Request target as sent: path and query, still encoded. */
  readonly target: string;
  /** Names and values in turn, as sent. */
  readonly headers: readonly string[];
  /** Empty where `bodyBytes` is over the limit. */
  readonly body: Buffer;
  readonly bodyBytes: number;
  /** Such as `1.1`; absent where the request came over no wire. */
  readonly httpVersion?: string;
}

/** The value of a request's header, or null if it has no such header. @param name in lower case. */
export function requestHeader({ headers }: WireRequest, name: string): string | null {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() === name) return headers[i + 1] ?? null;
  }
  return null;
}

const ABSOLUTE = /^https?:\/\/([^/?#]*)([^#]*)/i;

/**
 * The request target in origin form, and the headers. A server must accept the absolute form that clients send to a
 * proxy, and take the Host from it (RFC 9112, 3.2.2).
 *
 * @param target as sent.
 */
export function originForm(
  target: string,
  headers: readonly string[],
): Pick<WireRequest, 'target' | 'headers'> {
  const absolute = target.startsWith('/') ? null : ABSOLUTE.exec(target);
  if (!absolute) return { target, headers };
  const [, host = '', rest = ''] = absolute;
  const others = headers.filter((_, i) => headers[i - (i % 2)]?.toLowerCase() !== 'host');
  return { target: rest.startsWith('/') ? rest : `/${rest}`, headers: ['Host', host, ...others] };
}
