/** A request as it is handed to the transport. */

import type { Keeping } from './answer-reader.ts';
import type { WireUrl } from './wire-url.ts';

export interface Outgoing {
  readonly method: string;
  readonly target: WireUrl;
  /** Names and values in turn. */
  readonly headers: string[];
  /** Copied when it is sent. */
  readonly body: string | Uint8Array | null;
  /** Milliseconds until the whole exchange must be over, connecting included. */
  readonly timeoutMs: number;
  /** What is wanted of the answer's body. */
  readonly keeping: Keeping;
}
