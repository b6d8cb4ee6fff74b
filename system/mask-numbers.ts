/** Masks the phone numbers in a text. */

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** What is written between the digits of a number, the dashes and spaces of Unicode too. */
const BETWEEN = ' ()./_\\u00a0\\u2002-\\u200a\\u2010-\\u2015\\u202f-';

/**
 * A UUID, which is left alone; a number in E.164 form, its plus percent-encoded or not, with or without
 * separators; ten or more digits with up to two separators between one and the next.
 */
const NUMBERS = new RegExp(
  `(${UUID})|(?:\\+|%(?:25)*2B)\\d[\\d${BETWEEN}]{4,}\\d|\\d(?:[${BETWEEN}]{0,2}\\d){9,}`,
  'gi',
);

const DATE = /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])/;
const SIGNIFICANT_DIGITS = 10;

/** `+12065550123` -> `+1206*****23`; of a short number the first three characters stay. */
export function maskNumbers(text: string): string {
  return text.replace(NUMBERS, (found, uuid?: string) => {
    if (uuid || isCounter(found)) return found;
    const shown = found.length < 12 ? 3 : 5;
    return found.slice(0, shown) + '*'.repeat(found.length - shown - 2) + found.slice(-2);
  });
}

/** Whether digits without a plus are a date, or have a group padded with zeros that is too short for a number. */
function isCounter(found: string): boolean {
  if (!/^\d/.test(found)) return false;
  return (
    DATE.test(found) ||
    found.split(/\D+/).some((group) => {
      const significant = group.replace(/^0+/, '');
      return group.length - significant.length >= 3 && significant.length < SIGNIFICANT_DIGITS;
    })
  );
}
