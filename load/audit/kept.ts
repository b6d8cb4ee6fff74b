/** What an audit keeps of a ledger, for each ClientToken. */

/** Sums of hashes, which do not depend on the order of the contacts. */
export interface Sums {
  /** Of the contacts' ids. */
  readonly ids: number;
  /** Of each id with its RequestIdentifier; NaN if a contact has none. */
  readonly named: number;
}

export const NO_SUMS: Sums = { ids: 0, named: 0 };

/** What the ledger has of one token. */
export interface Kept {
  /** Token records. */
  records: number;
  /** Digest of the last record's answer. */
  digest: string;
  /** The places that the identifiers of the last record's items name, as letters; `-` for another identifier. */
  slots: string;
  /** Contacts in the last record's answer. */
  created: number;
  createdSums: Sums;
  /** Contacts that are stored under the token. */
  contacts: number;
  contactsSums: Sums;
  /** Contacts that have an identifier of the token but are not stored under it. */
  strays: number;
  /** Contacts that were there before the run; counted only for tokens that are not of a run. */
  earlier: number;
}

export function emptyKept(): Kept {
  return {
    records: 0,
    digest: '-',
    slots: '',
    created: 0,
    createdSums: NO_SUMS,
    contacts: 0,
    contactsSums: NO_SUMS,
    strays: 0,
    earlier: 0,
  };
}
