/** The type of a published bound. */

import type { Provenance } from '../provenance.ts';

/** A bound of a length in Unicode characters, a count of members or a number, depending on where it is used. */
export interface Limit {
  readonly min?: number;
  readonly max?: number;
  readonly provenance: Provenance;
}
