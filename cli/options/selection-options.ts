/** The options that select interactions of a contract. */

import { type Command, Option } from 'commander';
import { MARKS, type Selection } from '../../contracts/agreement/selection.ts';
import type { Contract } from '../../contracts/contract.ts';
import type { Mark } from '../../operation/aws/provenance.ts';
import { UserError } from '../../system/errors.ts';

export interface SelectionOptions {
  readonly only?: Mark;
  readonly choice: readonly string[];
}

export function addSelectionOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--only <mark>',
        'only interactions that are at least so well founded (see the manual page on provider states)',
      ).choices(MARKS),
    )
    .option(
      '--choice <name=value>',
      'assert this value of an open question, and leave out the interactions for its other values; repeatable',
      (text: string, before: readonly string[]) => [...before, text],
      [],
    );
}

/** @throws UserError for a choice that no interaction of the contract is about. */
export function selectionOf(
  { only, choice }: SelectionOptions,
  { name: contract, interactions }: Contract,
): Selection {
  const known = interactions.flatMap(({ choice: of }) => of ?? []);
  const choices: Record<string, string> = {};
  for (const text of choice) {
    const [name = '', value = ''] = text.split('=', 2);
    if (!known.some((one) => one.name === name && one.value === value)) {
      const all = known.map((one) => `${one.name}=${one.value}`);
      throw new UserError(
        all.length === 0
          ? `${contract} has no interaction for a choice: leave out --choice`
          : `--choice ${text} is none of ${all.join(', ')}`,
      );
    }
    choices[name] = value;
  }
  return { only, choices };
}
