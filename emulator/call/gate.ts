/** A gate before the commit. While it is closed, it holds calls in flight. */

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
  let closed = false;
  let waiters: (() => void)[] = [];
  return {
    get closed() {
      return closed;
    },
    get held() {
      return waiters.length;
    },
    close() {
      closed = true;
    },
    open() {
      closed = false;
      for (const waiter of waiters) waiter();
      waiters = [];
    },
    async pass() {
      if (closed) await new Promise<void>((resolve) => waiters.push(resolve));
    },
  };
}
