/** k6's durations: `1m30s`, `0.5s`, or a number of milliseconds. */

const UNIT_MS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};
const PART = /(\d+\.?\d*|\.\d+)(d|h|ms|us|µs|ns|m|s)/g;
const WHOLE = new RegExp(`^(?:${PART.source})+$`);

/** The longest wait that Node's timers take: a longer one would be 1 ms. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** @returns milliseconds; null where `value` is not a duration. */
export function durationMs(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null;
  if (typeof value !== 'string') return null;
  if (/^(\d+\.?\d*|\.\d+)$/.test(value)) return Number(value);
  if (!WHOLE.test(value)) return null;
  let total = 0;
  for (const [, amount, unit] of value.matchAll(PART)) {
    total += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return total;
}
