/** Comma-separated values (RFC 4180) that are safe to open in a spreadsheet. */

/**
 * A spreadsheet reads a cell that begins with one of these as a formula or a number: it would drop the + of a phone
 * number, or run what a cell says.
 */
const READ_AS_FORMULA = /^[=+\-@\t\r]/;

/** One line. A cell that a spreadsheet would read as a formula, or that begins with an apostrophe, gets an apostrophe before it. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(text: string): string {
  const safe = READ_AS_FORMULA.test(text) || text.startsWith("'") ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
