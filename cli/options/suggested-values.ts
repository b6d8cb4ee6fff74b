/** Values that a shell suggests for an option or argument that accepts others too. */

import type { Argument, Option } from 'commander';

const SUGGESTED = new WeakMap<Argument | Option, readonly string[]>();

export function suggesting<One extends Argument | Option>(
  one: One,
  values: readonly string[],
): One {
  SUGGESTED.set(one, values);
  return one;
}

/** The values that it is limited to, or else those that are suggested. */
export function suggestedValues(one: Argument | Option): readonly string[] {
  return one.argChoices ?? SUGGESTED.get(one) ?? [];
}
