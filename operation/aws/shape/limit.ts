/** A published bound. */

import type { Provenance } from '../provenance.ts';

/** Of a length in Unicode characters, a count of members or a number, as its place says. */
export interface Limit {
  readonly min?: number;
  readonly max?: number;
  readonly provenance: Provenance;
}
