/** The conditions of a run, and what may be compared where they differ. */

import type { Configuration, Run } from '../run.ts';

/** In the order in which a difference is told. */
export const CONDITIONS = ['host', 'node', 'engine', 'profile', 'seed', 'options'] as const;

export type Condition = (typeof CONDITIONS)[number];

/** Each as a text that is equal where the condition is; null where an older version did not record it. */
export type Conditions = Readonly<Record<Condition, string | null>>;

/** What a difference forbids to compare. Causes, verdicts and contracts are compared under any conditions. */
export const FORBIDS: Readonly<Record<'timings' | 'counts', readonly Condition[]>> = {
  timings: CONDITIONS,
  counts: ['profile', 'seed', 'options'],
};

export interface ConditionDiffers {
  readonly condition: Condition;
  readonly before: string | null;
  readonly after: string | null;
}

export function conditionsOf({
  origin,
  configuration,
  versions,
  target,
  load,
  seed,
}: Run): Conditions {
  const engines = [...new Set(load.map(({ engine }) => `${engine.name} ${engine.version}`))];
  return {
    host: origin && hostText(origin.host),
    node: versions.node ?? null,
    engine: engines.sort().join(', '),
    profile: target.profile,
    seed: String(seed),
    options: origin && optionsOf(origin.command, configuration),
  };
}

function hostText(host: NonNullable<Run['origin']>['host']): string {
  const { name, system, processors, model } = host;
  return `${name} (${system}, ${processors} x ${model || 'unknown'})`;
}

/** Conditions that differ. One that is not known of a run differs from all others. */
export function differences(before: Conditions, after: Conditions): readonly ConditionDiffers[] {
  return CONDITIONS.filter(
    (one) => before[one] !== after[one] || (before[one] === null && after[one] === null),
  ).map((condition) => ({ condition, before: before[condition], after: after[condition] }));
}

/** Those of the differences that forbid a comparison. */
export function forbidding(
  what: keyof typeof FORBIDS,
  found: readonly ConditionDiffers[],
): readonly ConditionDiffers[] {
  return found.filter(({ condition }) => FORBIDS[what].includes(condition));
}

/** It may have a port. */
const LIVE = '--live';
/** Options that change neither the load nor what the endpoint must do. The seed is a condition of its own. */
const NEUTRAL = [
  '--out',
  '--output',
  '--config',
  '--baseline',
  '--trend',
  '--fail-on',
  '--bug',
  '--faults',
  '--seed',
];
const NEUTRAL_FLAGS = ['--json', LIVE, '--no-config'];
/** Members of a configuration like these options. */
const NEUTRAL_MEMBERS = ['out', 'outputs', 'faults', 'contacts.seed'];

/** The words of a command that can change its figures, and after `--` what the configuration adds to them. */
function optionsOf(command: string, configuration: Configuration | null): string {
  const added = Object.entries(configuration?.values ?? {})
    .filter(([member]) => !NEUTRAL_MEMBERS.includes(member))
    .map(([member, value]) => `${member}=${JSON.stringify(value)}`);
  const own = ownOptionsOf(command);
  return added.length === 0 ? own : `${own} -- ${added.join(' ')}`;
}

function ownOptionsOf(command: string): string {
  const words = command.split(' ');
  return words
    .filter((word, i) => {
      const [name = ''] = word.split('=');
      const before = words[i - 1] ?? '';
      const isValue = NEUTRAL.includes(before) || (before === LIVE && /^\d+$/.test(word));
      return !NEUTRAL.includes(name) && !NEUTRAL_FLAGS.includes(name) && !isValue;
    })
    .join(' ');
}

/** Whether both runs are of one command, such as `load run smoke`. One that did not record it may be of any. */
export function isOfSameCommand(
  a: { readonly conditions: Conditions },
  b: { readonly conditions: Conditions },
): boolean {
  const [one, other] = [a, b].map(({ conditions }) => conditions.options);
  return one == null || other == null || namesOf(one) === namesOf(other);
}

/** The words before the first option. */
function namesOf(options: string): string {
  const words = options.split(' ');
  const first = words.findIndex((word) => word.startsWith('-'));
  return words.slice(0, first < 0 ? words.length : first).join(' ');
}
