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
