/** Formats numbers, durations and times for people. The format does not depend on the locale. */

/** Whole numbers with thousands separators: 32,768. */
export function whole(n: number): string {
  return separate(Math.round(n).toString());
}

/** Six significant digits at most, whole part never shortened: 12,000 · 249.996 · 0.0125. */
export function figure(n: number): string {
  if (!Number.isFinite(n)) return String(n);
  const wholeDigits = Math.trunc(Math.abs(n)).toString().length;
  const fixed = n.toFixed(Math.max(0, 6 - wholeDigits));
  const [integer = '', fraction = ''] = fixed.split('.');
  const kept = fraction.replace(/0+$/, '');
  return separate(integer) + (kept ? `.${kept}` : '');
}

/** Milliseconds of a response: 4.21 ms · 84.2 ms · 1,204 ms. */
export function latency(ms: number): string {
  const digits = ms < 10 ? 2 : ms < 100 ? 1 : 0;
  const [integer = '', fraction] = ms.toFixed(digits).split('.');
  return `${separate(integer)}${fraction ? `.${fraction}` : ''} ms`;
}

/** An amount of data in decimal units, as in k6's summary: 812 B · 1.2 kB · 34 MB. */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(n, 1)) / 3)));
  const scaled = n / 1_000 ** power;
  const digits = power === 0 || scaled >= 10 ? 0 : 1;
  return `${scaled.toFixed(digits)} ${units[power]}`;
}

/** A share in per cent. Rounded down, so that 100 % means all and nothing else does. */
export function share(part: number, total: number): string {
  if (total === 0) return 'none';
  const percent = Math.floor((part / total) * 10_000) / 100;
  return `${percent.toFixed(2).replace(/\.?0+$/, '')} %`;
}

/** Events per second of a duration in milliseconds; null where there was no duration. */
export function perSecond(events: number, durationMs: number): number | null {
  return durationMs > 0 ? (events * 1_000) / durationMs : null;
}

/** A rate, to a tenth while small: 4.2 · 1,204. */
export function rate(perSecond: number): string {
  return perSecond < 100 ? perSecond.toFixed(1) : whole(perSecond);
}

/** `850 ms` · `12.3 s` · `3 min 12 s` · `2 h 5 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${whole(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** Seconds since the start as a clock: 0:00 · 12:05 · 1:00:00. */
export function clock(second: number): string {
  const two = (n: number): string => Math.trunc(n).toString().padStart(2, '0');
  const hours = Math.trunc(second / 3_600);
  const minutes = Math.trunc((second % 3_600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(second % 60)}`
    : `${minutes}:${two(second % 60)}`;
}

/** `2026-11-23 22:40:07 UTC` of an ISO 8601 time in UTC; any other text stays as it is. */
export function utc(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(iso);
  return parts ? `${parts[1]} ${parts[2]} UTC` : iso;
}

/** `1 request` · `12,000 requests`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${whole(n)} ${n === 1 ? noun : plural}`;
}

function separate(integer: string): string {
  return integer.replace(/\B(?=(\d{3})+$)/g, ',');
}
