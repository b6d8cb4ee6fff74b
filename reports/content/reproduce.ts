/** How to reproduce a run: its command, and what else could change the result. */

import type { Run } from '../../run/run.ts';
import { type OriginFact, originFacts } from './origin.ts';

const COMMAND = 'Command';

/** The command as a shell takes it; null if an older version wrote the run. */
export function commandOf(run: Run): string | null {
  return originFacts(run).find(([name]) => name === COMMAND)?.[1] ?? null;
}

/** Seed, configuration, commit, branch, build, host and versions, in the order of their use. */
export function conditionsOf(run: Run): readonly OriginFact[] {
  const versions = Object.entries(run.versions).map(([name, version]) => `${name} ${version}`);
  return [
    ['Seed', String(run.seed)],
    ...originFacts(run).filter(([name]) => name !== COMMAND),
    ...(versions.length > 0 ? [['Versions', versions.join(', ')] as const] : []),
  ];
}
