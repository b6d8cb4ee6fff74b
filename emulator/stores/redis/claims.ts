/** The tokens that this process runs now, with their claims in Redis. */

export interface HeldClaim {
  /** Unique; with the payload's hash after the first `|`. */
  readonly claim: string;
  readonly payloadHash: string;
}

/** By key of the token. */
export type Claims = Map<string, HeldClaim>;
