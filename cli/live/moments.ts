/** The moments of a run that the live page shows: no more than a few, however long the run takes. */

/** There are no more than this many: older ones are joined in pairs. */
const MOST = 480;

/** @param together joins two moments that follow each other. */
export function withMoment<Moment>(
  moments: readonly Moment[],
  moment: Moment,
  together: (a: Moment, b: Moment) => Moment,
): readonly Moment[] {
  const all = [...moments, moment];
  return all.length > MOST ? halved(all, together) : all;
}

function halved<Moment>(
  moments: readonly Moment[],
  together: (a: Moment, b: Moment) => Moment,
): Moment[] {
  const joined: Moment[] = [];
  for (let i = 0; i + 1 < moments.length; i += 2) {
    const [a, b] = [moments[i], moments[i + 1]];
    if (a !== undefined && b !== undefined) joined.push(together(a, b));
  }
  const last = moments.at(-1);
  return moments.length % 2 === 1 && last !== undefined ? [...joined, last] : joined;
}
