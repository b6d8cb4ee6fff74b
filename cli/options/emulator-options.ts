/** Options that change the emulator's default behaviour. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { BUGS, type BugName } from '../../emulator/bugs/bugs.ts';
import type { ChoiceRow } from '../../operation/aws/definition/choices.ts';
import type { Provenance } from '../../operation/aws/provenance.ts';
import { CAMPAIGN_CHOICES, type CampaignChoices } from '../../operation/campaigns/choices.ts';
import { CHOICES, type Choices } from '../../operation/connect/choices.ts';
import { suggestion } from '../../system/suggestion.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { suggesting } from './suggested-values.ts';

/** The choices of BatchPutContact and of campaigns. No two have the same name. */
export type AnyChoices = Partial<Choices & CampaignChoices>;

/** By name, with their defaults. */
export const ALL_CHOICES: Readonly<Record<string, ChoiceRow<unknown>>> = {
  ...CHOICES,
  ...CAMPAIGN_CHOICES,
};

export interface MisbehaviourOptions {
  readonly bug: readonly BugName[];
  readonly choice: AnyChoices;
}

export function addMisbehaviourOptions(command: Command): Command {
  return command
    .addOption(
      suggesting(
        new Option('--bug <name>', 'start the emulator with a known bug (repeatable)'),
        Object.keys(BUGS),
      )
        .argParser((name: string, before: BugName[]) => [...before, readBug(name)])
        .default([] as BugName[], 'none'),
    )
    .addOption(
      new Option(
        '--choice <name=value>',
        'change what the emulator does where AWS leaves a question open; "dialproof emulator --help" lists the names (repeatable)',
      )
        .argParser((text: string, before: AnyChoices) => ({ ...before, ...readChoice(text) }))
        .default({}, 'none'),
    );
}

/** What `--choice` can change, for --help. */
export const CHOICES_HELP = `
Choices, with what is known of AWS (documented, inferred or assumed):
${Object.entries(ALL_CHOICES)
  .map(([name, row]) => {
    const { values, meaning, provenance } = row;
    return `  ${name}=${values} (default: ${row.default})\n      ${meaning}\n      ${provenanceSaid(provenance)}`;
  })
  .join('\n')}`;

function provenanceSaid({ mark, source }: Provenance): string {
  return `${mark}: ${source}`;
}

/** The warning at start-up and in every report. */
export function seededBug(name: BugName): string {
  return `SEEDED BUG ${name}: ${BUGS[name].meaning}`;
}

/** Warns of every bug that is on. The command does it, once, for all emulators that it starts. */
export function tellBugs(terminal: Pick<Terminal, 'warn'>, bugs: readonly BugName[]): void {
  for (const bug of bugs) terminal.warn(seededBug(bug));
}

/** `--bug` and `--choice` again, for a child process. */
export function misbehaviourArgs({ bug, choice }: MisbehaviourOptions): string[] {
  return [...bug.flatMap((name) => ['--bug', name]), ...choiceArgs(choice)];
}

/** Texts of `--choice` again, for a child process. */
function choiceArgs(choice: AnyChoices): string[] {
  return Object.entries(choice).flatMap(([name, value]) => ['--choice', `${name}=${value}`]);
}

function readBug(name: string): BugName {
  const known = (Object.keys(BUGS) as BugName[]).find((candidate) => candidate === name);
  if (!known) throw unknownName(name, Object.keys(BUGS));
  return known;
}

function readChoice(text: string): AnyChoices {
  const cut = text.indexOf('=');
  const name = text.slice(0, cut);
  const row = Object.hasOwn(ALL_CHOICES, name) ? ALL_CHOICES[name] : undefined;
  if (!row) throw unknownName(cut < 0 ? text : name, Object.keys(ALL_CHOICES));
  const value = row.read(text.slice(cut + 1));
  if (value === null) throw new InvalidArgumentError(`${name} takes ${row.values}.`);
  return { [name]: value };
}

function unknownName(name: string, names: readonly string[]): InvalidArgumentError {
  return new InvalidArgumentError(`choose from ${names.join(', ')}.${suggestion(name, names)}`);
}
