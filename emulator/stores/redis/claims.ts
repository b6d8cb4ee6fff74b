/** The ClientTokens whose calls run in this process now, with their claims in Redis. */

export interface HeldClaim {
  /** A UUID, then `|`, then the hash of the payload. */
  readonly claim: string;
  readonly payloadHash: string;
}

/** The claims by the key of their token. */
export type Claims = Map<string, HeldClaim>;
