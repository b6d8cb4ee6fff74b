/** Ctrl-C. The first one ends the work and writes the report; the second one stops at once. */

import { EXIT_CODES } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** A signal that the first SIGINT or SIGTERM aborts. */
export function interruptSignal(terminal: Terminal): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
    terminal.warn(
      'interrupted: finishing the calls in progress; press Ctrl-C again to stop at once',
    );
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
