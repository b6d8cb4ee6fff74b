/** A turn of the event loop. */

/** Resolves once all that is due now has had its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
