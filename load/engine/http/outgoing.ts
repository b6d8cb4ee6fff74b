/** A request as it is handed to the transport. */

import type { Keeping } from './answer-reader.ts';
import type { WireUrl } from './wire-url.ts';

export interface Outgoing {
  readonly method: string;
  readonly target: WireUrl;
  /** Names and values in turn. */
  readonly headers: string[];
  /** The body. It is copied when the request is sent. */
  readonly body: string | Uint8Array | null;
  /** Milliseconds until the whole exchange must be over, connecting included. */
  readonly timeoutMs: number;
  /** How the answer's body is kept. */
  readonly keeping: Keeping;
}
