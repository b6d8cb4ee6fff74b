/** Every target, and how `--to` names one. */

import { UserError } from '../system/errors.ts';
import { broker } from './targets/broker.ts';
import { githubCheck } from './targets/github-check.ts';
import { githubComment } from './targets/github-comment.ts';
import { githubSummary } from './targets/github-summary.ts';
import { gitlab } from './targets/gitlab.ts';
import { folder, s3 } from './targets/sites.ts';
import { slack } from './targets/slack.ts';
import type { Target } from './targets/target.ts';
import { teams } from './targets/teams.ts';
import { webhook } from './targets/webhook.ts';

export const TARGETS: readonly Target[] = [
  folder,
  s3,
  broker,
  githubSummary,
  githubCheck,
  githubComment,
  gitlab,
  slack,
  teams,
  webhook,
];

/** One word for several targets. */
const GROUPS: Readonly<Record<string, readonly Target[]>> = {
  github: [githubSummary, githubCheck, githubComment],
};

export interface Destination {
  readonly target: Target;
  /** Empty if the target takes none. */
  readonly place: string;
}

/**
 * Reads `name` or `name=place`.
 *
 * @throws UserError that names the targets. It never repeats a URL, which may be a secret.
 */
export function readDestination(text: string): readonly Destination[] {
  const [, name = '', equals = '', place = ''] = /^([^=]*)(=?)(.*)$/s.exec(text) ?? [];
  const target = TARGETS.find((one) => one.name === name);
  const group = Object.hasOwn(GROUPS, name) ? GROUPS[name] : undefined;
  if (!target && !group) {
    const names = [...TARGETS.map((one) => one.name), ...Object.keys(GROUPS)].join(', ');
    throw new UserError(
      /^[\w-]{1,20}$/.test(name)
        ? `there is no target "${name}": choose one of ${names}`
        : `--to needs the name of a target: ${names}`,
    );
  }
  if (group || target?.place === null) {
    if (equals !== '') {
      const reads = (group ?? [target as Target]).flatMap((one) => one.reads);
      throw new UserError(
        `${name} takes nothing after its name, because others can see arguments: set ${[...new Set(reads)].join(', ')} in the environment`,
      );
    }
    return (group ?? [target as Target]).map((one) => ({ target: one, place: '' }));
  }
  const chosen = target as Target;
  chosen.check?.(place);
  return [{ target: chosen, place }];
}
