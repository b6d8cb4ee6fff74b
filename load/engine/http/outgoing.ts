/** A request as it is handed to the transport. */

import type { Keeping } from './answer-reader.ts';
import type { Target } from './target.ts';

export interface Outgoing {
  readonly method: string;
  readonly target: Target;
  /** Names and values in turn. */
  readonly headers: string[];
  /** Copied when it is sent. */
  readonly body: string | Uint8Array | null;
  /** Milliseconds until the whole exchange must be over, connecting included. */
  readonly timeoutMs: number;
  /** What is wanted of the answer's body. */
  readonly keeping: Keeping;
}
