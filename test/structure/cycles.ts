/** Cycles in a graph. Pure. */

export type Arrow = readonly [from: string, to: string];

/**
 * The shortest cycle through each node that is in one, each told once.
 *
 * @returns lists of nodes, each pointing to the next and the last to the first; the first is the least by name.
 */
export function cyclesIn(arrows: readonly Arrow[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of arrows) {
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const found = new Map<string, string[]>();
  for (const start of next.keys()) {
    const cycle = shortestBack(start, next);
    if (cycle) found.set(fromLeast(cycle).join(' '), fromLeast(cycle));
  }
  return [...found.values()];
}

/** The shortest way from `start` to itself. */
function shortestBack(
  start: string,
  next: ReadonlyMap<string, ReadonlySet<string>>,
): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const to of next.get(node) ?? []) {
      if (to === start) {
        const way = [node];
        for (let at = node; at !== start; way.unshift(at)) at = cameFrom.get(at) ?? start;
        return way;
      }
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, node);
      queue.push(to);
    }
  }
  return null;
}

function fromLeast(cycle: readonly string[]): string[] {
  const least = cycle.reduce((best, one, i) => (one < (cycle[best] ?? '') ? i : best), 0);
  return [...cycle.slice(least), ...cycle.slice(0, least)];
}
