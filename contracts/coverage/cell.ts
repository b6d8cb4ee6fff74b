/** A cell of the coverage matrix: one thing that a contract can pin. */

import type { Interaction } from '../agreement/interaction.ts';
import type { Tolerance } from '../agreement/tolerance.ts';

export const GROUPS = [
  'failure code',
  'way to fail',
  'modelled error',
  'front-door error',
  'enum value',
  'request member',
  'response member',
  'answer value',
  'bound',
  'batch and token',
  'error encoding',
  'answer to tolerate',
] as const;

export type Group = (typeof GROUPS)[number];

export interface Cell {
  readonly group: Group;
  /** Unique in its group. */
  readonly name: string;
  /** Whether an interaction of the pact pins the cell. It looks at the content of the interaction, not its name. */
  readonly pinnedBy: (interaction: Interaction) => boolean;
  /** Whether the SDK client is held to it outside the pact, by an answer that no provider promises. */
  readonly toleratedBy?: (tolerance: Tolerance) => boolean;
}

export const never = (): boolean => false;
