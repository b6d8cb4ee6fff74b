/** How to reproduce a run: facts by name, in the order of their use. */

import type { Run } from '../../run/run.ts';

export type OriginFact = readonly [name: string, value: string];

/** Empty if an older version wrote the run. */
export function originFacts({ origin }: Run): readonly OriginFact[] {
  if (!origin) return [];
  const { command, host, commit, branch, modified, buildUrl } = origin;
  return [
    ['Command', command],
    ...(commit === null
      ? []
      : [
          [
            'Commit',
            `${commit}${modified ? ', with changes that are not committed' : ''}`,
          ] as const,
        ]),
    ...(branch === null ? [] : [['Branch', branch] as const]),
    ...(buildUrl === null ? [] : [['Build', buildUrl] as const]),
    [
      'Host',
      `${host.name}, ${host.system}, ${host.processors} x ${host.model || 'unknown processor'}`,
    ],
  ];
}
