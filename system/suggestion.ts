/** Suggests the name that was probably meant. */

/** ` Did you mean "x"?`, or an empty text if no name is near. */
export function suggestion(given: string, names: readonly string[]): string {
  const best = names
    .map((name) => ({ name, distance: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  // A third of the letters may be wrong: more would suggest names that have nothing in common.
  const near = best && best.distance <= Math.floor((given.length + 1) / 3);
  return near ? ` Did you mean "${best.name}"?` : '';
}

/** Letters to change, add, leave out or swap with the next one (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    const at = (y: number, x: number) => rows[y]?.[x] ?? 0;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(i - 1, j) + 1,
        (row[j - 1] ?? 0) + 1,
        at(i - 1, j - 1) + cost,
        ...(swapped ? [at(i - 2, j - 2) + 1] : []),
      );
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
