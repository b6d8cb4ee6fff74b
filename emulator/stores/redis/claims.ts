/** The tokens that this process runs now, with the claims by which Redis knows it. */

export interface HeldClaim {
  /** Unique; with the payload's hash after the first `|`. */
  readonly claim: string;
  readonly payloadHash: string;
}

/** By key of the token. */
export type Claims = Map<string, HeldClaim>;
