/** Ctrl-C. The first one ends the work and writes the report; the second one stops at once. */

import { EXIT_CODES } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

let interrupted = false;

/** Whether the command has got a signal to stop. */
export function wasInterrupted(): boolean {
  return interrupted;
}

/** A signal that the first SIGINT or SIGTERM aborts. */
export function interruptSignal(terminal: Terminal): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
    terminal.warn(
      'interrupted: finishing the calls in progress; press Ctrl-C again to stop at once',
    );
    interrupted = true;
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}

/**
 * Waits for Ctrl-C, or for the end of the parent that started this as its child.
 *
 * @param seconds for which it waits at most. Default without end.
 */
export function untilStopped(terminal: Terminal, seconds?: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = seconds === undefined ? undefined : setTimeout(resolve, seconds * 1000);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    if (process.send) process.once('disconnect', stop);
    interruptSignal(terminal).addEventListener('abort', stop, { once: true });
  });
}
