/** Full jitter: how long a caller waits before it tries again. */

/**
 * @param failed attempts that have failed so far, from 1.
 * @param chance in [0, 1).
 * @returns milliseconds, evenly spread from 0 to `baseMs` doubled with each failure, at most `capMs`.
 */
export function fullJitterMs(
  { baseMs, capMs }: { readonly baseMs: number; readonly capMs: number },
  failed: number,
  chance: number,
): number {
  return chance * Math.min(capMs, baseMs * 2 ** (failed - 1));
}
