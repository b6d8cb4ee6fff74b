/** A contract that is broken in one place, and the grouping of similar ones. */

export type Side = 'provider' | 'client';

export interface Mutant<Broken> {
  /** The description of the broken interaction. */
  readonly interaction: string;
  readonly where: string;
  readonly how: string;
  /** The value before the change. */
  readonly pinned: unknown;
  /** The answer or request to send. */
  readonly broken: Broken;
  /** Whether an earlier call got the same answer. */
  readonly earlier?: boolean;
}

/** Returns the place of a mutant, without positions in lists. */
export function placeOf({ where }: { readonly where: string }): string {
  return where.replace(/\[\d+\]/g, '[*]');
}
