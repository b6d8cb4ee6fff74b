/** Phone numbers in a text, made unreadable. */

/**
 * A UUID, which is left alone; a number in E.164 form, its plus percent-encoded or not, with or without
 * separators; ten or more digits that begin with none of the zeros that pad counters.
 */
const NUMBERS =
  /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?:\+|%(?:25)*2B)\d[\d ().-]{4,}\d|[1-9]\d{9,}/gi;

/** `+12065550123` -> `+1206*****23`; of a short number the first three characters stay. */
export function maskNumbers(text: string): string {
  return text.replace(NUMBERS, (found, uuid?: string) => {
    if (uuid) return found;
    const shown = found.length < 12 ? 3 : 5;
    return found.slice(0, shown) + '*'.repeat(found.length - shown - 2) + found.slice(-2);
  });
}
