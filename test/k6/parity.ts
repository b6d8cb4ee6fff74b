/** Two engines' results of one scenario, set side by side. */

import type { LoadResult } from '../../reports/run.ts';

/** Counts that a schedule or chance decides may differ by this share, and by these few. */
const SHARE = 0.1;
const FEW = 3;

/**
 * What differs, one sentence each; none where the engines agree.
 *
 * @param exact the scenario has a number of iterations, so the counts are the same to the last.
 */
export function differences(a: LoadResult, b: LoadResult, exact: boolean): string[] {
  const found: string[] = [];
  const compare = (what: string, of: (result: LoadResult) => unknown) => {
    const [left, right] = [JSON.stringify(of(a)), JSON.stringify(of(b))];
    if (left !== right)
      found.push(`${what}: ${left} on ${a.engine.name}, ${right} on ${b.engine.name}`);
  };
  const near = (what: string, of: (result: LoadResult) => number) => {
    const [left, right] = [of(a), of(b)];
    const most = exact ? 0 : Math.max(FEW, SHARE * Math.max(left, right));
    if (Math.abs(left - right) > most) {
      found.push(`${what}: ${left} on ${a.engine.name}, ${right} on ${b.engine.name}`);
    }
  };
  compare('verdict', ({ verdict }) => verdict);
  compare('reasons', ({ reasons }) => reasons);
  compare('thresholds', ({ thresholds }) =>
    thresholds.map(({ metric, expression, ok }) => `${metric} ${expression}: ${ok}`).sort(),
  );
  compare('checks', ({ checks }) =>
    checks.map(({ name, fails }) => `${name}: ${fails === 0 ? 'pass' : 'fail'}`).sort(),
  );
  compare('invariants', ({ audit }) =>
    audit.invariants.map(({ name, verdict }) => `${name}: ${verdict}`).sort(),
  );
  compare('statuses', ({ statuses }) => Object.keys(statuses).sort());
  near('iterations', ({ iterations }) => iterations);
  near('requests', ({ requests }) => requests);
  near('contacts', ({ contacts }) => contacts);
  return found;
}
