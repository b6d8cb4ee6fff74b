/** What interactions assert although AWS does not document it. */

import type { Undocumented } from '../../run/statements/contracts.ts';
import { type Chosen, type Claim, weakestOf } from './interaction.ts';

interface Asserting {
  readonly claims: readonly Claim[];
  readonly choice: Chosen | null;
}

/** @param all what the interactions of the contract choose. @returns null if AWS documents everything in it. */
export function undocumentedIn(
  { claims, choice }: Asserting,
  all: readonly (Chosen | null)[],
): Undocumented | null {
  const weakest = weakestOf(claims);
  if (!weakest || weakest.mark === 'documented') return null;
  const { mark, what, source } = weakest;
  if (choice === null) return { mark, what, source, choice };
  const others = all.flatMap((one) =>
    one !== null && one.name === choice.name && one.value !== choice.value ? [one.value] : [],
  );
  return { mark, what, source, choice: { ...choice, others: [...new Set(others)] } };
}
