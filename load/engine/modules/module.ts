/** The shape of a k6 module as this engine offers it. */

import type { Vu } from '../vu/vu.ts';

export interface K6Module {
  /** Names that a script may import; anything else is refused when it is bundled. */
  readonly members: readonly string[];
  /** Members of k6's own module that exist there and not here. */
  readonly left: readonly string[];
  /** Gives a VU its instance: a value for every member. */
  make(vu: Vu): Record<string, unknown>;
}
