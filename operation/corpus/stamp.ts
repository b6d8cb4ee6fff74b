/** Stamps: a stamp marks one batch of one run, in the ClientToken and in every RequestIdentifier. */

/** Characters of a stamp: a run tag of 8, a dash, a batch number of 10 digits. */
export const STAMP_LENGTH = 19;

/** The eight characters that take the place of a run tag in a text that belongs to no run. */
export const NO_RUN = '00000000';

/** @param runTag 8 characters of a-z and 0-9, unique to the run. */
export function stampOf(runTag: string, index: number): string {
  return `${runTag}-${String(index).padStart(10, '0')}`;
}

/** RequestIdentifier of the item in place `slot` (0-based) of a batch. */
export function identifierOf(stamp: string, slot: number): string {
  return `${stamp}-${String(slot).padStart(2, '0')}`;
}

/** The stamp with which a text begins; null if it begins with none. */
export function stampIn(text: string): string | null {
  return /^[a-z0-9]{8}-\d{10}/.exec(text)?.[0] ?? null;
}

/** The run tag of a stamp. */
export function runTagIn(stamp: string): string {
  return stamp.slice(0, stamp.indexOf('-'));
}

/** The place (0-based) in an identifier of this stamp; null for another identifier. */
export function slotIn(stamp: string, identifier: string): number | null {
  const rest = identifier.slice(stamp.length);
  return identifier.startsWith(stamp) && /^-\d\d$/.test(rest) ? Number(rest.slice(1)) : null;
}

/** The batch number in a ClientToken of this run; null for a token of another run. */
export function indexInStamp(runTag: string, token: string): number | null {
  if (token.length !== STAMP_LENGTH || !token.startsWith(`${runTag}-`)) return null;
  const index = Number(token.slice(runTag.length + 1));
  return Number.isInteger(index) ? index : null;
}
