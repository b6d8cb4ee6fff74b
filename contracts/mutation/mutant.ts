/** A contract that is broken in one place, and the grouping of similar ones. */

export type Side = 'provider' | 'client';

export interface Mutant<Broken> {
  /** Description of the interaction that is broken. */
  readonly interaction: string;
  readonly where: string;
  readonly how: string;
  /** What stood there. */
  readonly pinned: unknown;
  /** The answer or request to send. */
  readonly broken: Broken;
}

/** The same place whatever its position in a list. */
export function placeOf({ where }: { readonly where: string }): string {
  return where.replace(/\[\d+\]/g, '[*]');
}
