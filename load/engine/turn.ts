/** A turn of the event loop. */

/** Resolves after the callbacks that are due now have run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
