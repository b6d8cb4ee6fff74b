/** Selects interactions by how far they can be trusted, and by the answers to open questions. */

import type { Mark } from '../../operation/aws/provenance.ts';
import type { Chosen } from './interaction.ts';

/** The marks, from the strongest. */
export const MARKS = ['documented', 'inferred', 'assumed'] as const satisfies readonly Mark[];

export interface Selection {
  /** The weakest mark that is selected. Absent: all. */
  readonly only?: Mark | undefined;
  /** Open question -> the value that is asserted. Interactions for its other values are left out. */
  readonly choices: Readonly<Record<string, string>>;
}

/** What the selection reads of an interaction. */
export interface Selectable {
  readonly mark: Mark;
  readonly choice: Chosen | null;
}

/** An interaction of a chosen value is selected although the value itself is assumed. */
export function isSelected({ mark, choice }: Selectable, { only, choices }: Selection): boolean {
  const chosen = choice === null ? undefined : choices[choice.name];
  if (chosen !== undefined) return chosen === choice?.value;
  return only === undefined || MARKS.indexOf(mark) <= MARKS.indexOf(only);
}
