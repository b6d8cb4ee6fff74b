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
}

/** The value of a request's header, or null if it has no such header. @param name in lower case. */
export function requestHeader({ headers }: WireRequest, name: string): string | null {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() === name) return headers[i + 1] ?? null;
  }
  return null;
}
