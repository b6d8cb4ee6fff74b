/** Two engines' results of one scenario, set side by side. */

import type { LoadResult } from '../../run/run.ts';

/** Counts that a schedule or chance decides may differ by this share, and by these few. */
const SHARE = 0.1;
const FEW = 3;

/**
 * What a scenario's counts may be compared by: it has a number of iterations, so that they are the same to the
 * last; a schedule decides them; or what goes wrong on the way does, and only its iterations are certain.
 */
export type Counts = 'exact' | 'near' | 'iterations';

/** What differs, one sentence each; none where the engines agree. */
export function differences(a: LoadResult, b: LoadResult, counts: Counts): string[] {
  const found: string[] = [];
  const compare = (what: string, of: (result: LoadResult) => unknown) => {
    const [left, right] = [JSON.stringify(of(a)), JSON.stringify(of(b))];
    if (left !== right)
      found.push(`${what}: ${left} on ${a.engine.name}, ${right} on ${b.engine.name}`);
  };
  const near = (what: string, of: (result: LoadResult) => number) => {
    const [left, right] = [of(a), of(b)];
    const most = counts === 'near' ? Math.max(FEW, SHARE * Math.max(left, right)) : 0;
    if (Math.abs(left - right) > most) {
      found.push(`${what}: ${left} on ${a.engine.name}, ${right} on ${b.engine.name}`);
    }
  };
  compare('verdict', ({ verdict }) => verdict);
  compare('reasons', ({ reasons }) => reasons);
  compare('thresholds', ({ thresholds }) =>
    thresholds
      // Those that hold for every window are no option of k6's.
      .filter(({ promised }) => promised?.windowMs === null)
      .map(({ metric, expression, ok }) => `${metric} ${expression}: ${ok}`)
      .sort(),
  );
  compare('checks', ({ checks }) =>
    checks.map(({ name, fails }) => `${name}: ${fails === 0 ? 'pass' : 'fail'}`).sort(),
  );
  compare('invariants', ({ audit }) =>
    audit.invariants.map(({ name, verdict }) => `${name}: ${verdict}`).sort(),
  );
  near('iterations', ({ iterations }) => iterations);
  if (counts === 'iterations') return found;
  compare('statuses', ({ statuses }) => Object.keys(statuses).sort());
  near('requests', ({ requests }) => requests);
  near('contacts', ({ contacts }) => contacts);
  return found;
}
