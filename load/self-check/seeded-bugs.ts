/** Whether a run caught the bugs that its emulator was started with. */

import { BUGS, type BugName } from '../../emulator/bugs/bugs.ts';
import type { Run, SeededBugResult } from '../../run/run.ts';
import { BUG_CATCHERS, type Catcher } from './bug-catchers.ts';

type Finished = Pick<Run, 'contracts' | 'load'>;

export function seededBugs(bugs: readonly string[], run: Finished): SeededBugResult[] {
  return (Object.keys(BUGS) as BugName[])
    .filter((bug) => bugs.includes(bug))
    .map((bug) => {
      const catcher = BUG_CATCHERS[bug];
      return {
        bug,
        meaning: BUGS[bug].meaning,
        catcher,
        caught: caughtBy(catcher, run),
      };
    });
}

/** Null where what is meant to catch it did not run. */
function caughtBy(catcher: Catcher, { contracts, load }: Finished): boolean | null {
  if (catcher.kind === 'scenario') {
    const met = load.filter(({ scenario }) => scenario === catcher.scenario);
    const violated = met.some(({ audit }) =>
      audit.invariants.some(
        ({ name, verdict }) => name === catcher.invariant && verdict === 'violated',
      ),
    );
    return met.length === 0 ? null : violated;
  }
  if (catcher.kind === 'contract') {
    const met = contracts
      .flatMap(({ interactions }) => interactions)
      .filter(({ pins, provider }) => pins === catcher.pins && provider !== 'not exercised');
    return met.length > 0 ? met.some(({ provider }) => provider === 'fail') : null;
  }
  return null;
}
