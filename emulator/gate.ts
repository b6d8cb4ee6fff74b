/** A gate before the commit: closed, it holds calls in flight until it is opened again. */

import { type Deferred, deferred } from './deferred.ts';

export interface Gate {
  readonly closed: boolean;
  /** Calls held now. */
  readonly held: number;
  close(): void;
  /** Lets through all that are held, and every later call. */
  open(): void;
  /** Resolves once the gate is open. */
  pass(): Promise<void>;
}

export function createGate(): Gate {
  let opened: Deferred | null = null;
  let held = 0;
  return {
    get closed() {
      return opened !== null;
    },
    get held() {
      return held;
    },
    close() {
      opened ??= deferred();
    },
    open() {
      opened?.resolve();
      opened = null;
    },
    async pass() {
      if (!opened) return;
      held += 1;
      await opened.promise;
      held -= 1;
    },
  };
}
