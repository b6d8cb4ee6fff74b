/** Accounts for cells that no interaction of the pact pins. An account names a test, or gives a reason. */

export type Account =
  /** The test, or the row of its table, that asserts the cell outside Pact, as `file › title`. */
  { readonly test: string } | Reason;

interface Reason {
  readonly reason: string;
  /** Where the reason claims a check elsewhere: the test as above, or the beginning of an interaction's description. */
  readonly heldBy?: string;
}

/** One account for every cell whose key matches and that nothing else covers. */
export interface AccountOfMany {
  readonly cells: RegExp;
  readonly account: Account;
}
