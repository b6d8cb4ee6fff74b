/** Waits that end at once when the endpoint closes, so that they do not delay the closing. */

export interface Pauses {
  /** Waits that are on now. */
  readonly waiting: number;
  /** Resolves after so many milliseconds of real time, or when it is cut short. */
  wait(milliseconds: number): Promise<void>;
  /** Cuts short all waits that are on. */
  release(): void;
  /** Cuts short these and every later one. */
  close(): void;
}

export function createPauses(): Pauses {
  const waiters = new Set<() => void>();
  let closed = false;
  const release = () => {
    for (const end of [...waiters]) end();
  };
  return {
    get waiting() {
      return waiters.size;
    },
    async wait(milliseconds) {
      if (closed || milliseconds <= 0) return;
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer);
          waiters.delete(end);
          resolve();
        };
        const timer = setTimeout(end, milliseconds);
        waiters.add(end);
      });
    },
    release,
    close() {
      closed = true;
      release();
    },
  };
}
