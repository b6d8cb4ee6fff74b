/** How to reproduce a run: facts by name, in the order of their use. */

import type { Configuration, Run } from '../../run/run.ts';
import { quoted } from '../../system/origin.ts';

export type OriginFact = readonly [name: string, value: string];

/** Empty if an older version wrote the run. */
export function originFacts({
  origin,
  configuration,
}: Pick<Run, 'origin' | 'configuration'>): readonly OriginFact[] {
  if (!origin) return [];
  const { host, commit, branch, modified, buildUrl } = origin;
  return [
    ['Command', reproducing(origin.command, configuration)],
    ...(configuration === null ? [] : [['Configuration', said(configuration)] as const]),
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

/** The command with the configuration that it found by itself. */
function reproducing(command: string, configuration: Configuration | null): string {
  if (configuration === null || / --config[ =]/.test(command)) return command;
  return `${command} --config ${quoted(configuration.file)}`;
}

/** Values that are longer are in run.json. */
const LONGEST = 120;

/** `dialproof.config.json: region "eu-central-1", contacts.batches 200`. */
function said({ file, values }: Configuration): string {
  const parts = Object.entries(values).map(([member, value]) => {
    const text = JSON.stringify(value) ?? '';
    return `${member} ${text.length > LONGEST ? '(see run.json)' : text}`;
  });
  return `${file}: ${parts.length === 0 ? 'nothing of it acted' : parts.join(', ')}`;
}
