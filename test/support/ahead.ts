/** Rows whose results take long to wait for and little to compute: some are worked on at a time. */

/** Few enough that they do not measure each other. */
const AT_A_TIME = 4;
/** So far behind the row that is awaited. jest may have been asked for one row only. */
const AHEAD = 12;

/**
 * What a test of a row awaits. It begins the work of the row and of those after it; each row is worked on once. The
 * file ends when all that began has ended.
 */
export function ahead<Row, Result>(
  rows: readonly Row[],
  work: (row: Row) => Promise<Result>,
): (row: Row) => Promise<Result> {
  const begun = new Map<Row, Promise<Result>>();
  let until = 0;
  let running = 0;

  function begin(row: Row): Promise<Result> {
    running += 1;
    const working = work(row).finally(() => {
      running -= 1;
      beginMore();
    });
    // The test of the row is the one that fails.
    working.catch(() => {});
    begun.set(row, working);
    return working;
  }

  function beginMore(): void {
    for (const row of rows.slice(0, until)) {
      if (running >= AT_A_TIME) return;
      if (!begun.has(row)) begin(row);
    }
  }

  afterAll(async () => {
    until = 0;
    await Promise.allSettled(begun.values());
  });

  return (row) => {
    const result = begun.get(row) ?? begin(row);
    until = Math.max(until, rows.indexOf(row) + AHEAD);
    beginMore();
    return result;
  };
}
