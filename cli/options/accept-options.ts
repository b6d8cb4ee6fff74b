/** The options that name what a verification accepts. */

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Acceptance } from '../../contracts/provider/outcome.ts';
import { UserError } from '../../system/errors.ts';
import {
  exactly,
  filledText,
  list,
  optional,
  orNull,
  parseWrittenJson,
} from '../../system/read.ts';

export interface AcceptOptions {
  readonly accept: readonly string[];
  readonly acceptFile?: string;
}

export function addAcceptOptions(command: Command): Command {
  return command
    .option(
      '--accept <name>',
      'an interaction, or a group of them, whose verdict does not count; repeatable',
      (name: string, before: readonly string[]) => [...before, name],
      [],
    )
    .option('--accept-file <file>', 'the same from a JSON file: {"accept": [{"name", "reason"}]}');
}

const readFile = exactly({
  accept: list(
    exactly<Acceptance>({ name: filledText, reason: optional(orNull(filledText), null) }),
  ),
});

/** @throws UserError if the file cannot be read. */
export function acceptancesOf({ accept, acceptFile }: AcceptOptions): Acceptance[] {
  const named = accept.map((name) => ({ name, reason: null }));
  if (acceptFile === undefined) return named;
  let json: string;
  try {
    json = readFileSync(acceptFile, 'utf8');
  } catch {
    throw new UserError(`the file ${acceptFile} of --accept-file cannot be read`);
  }
  return [...named, ...readFile(parseWrittenJson(json, acceptFile), acceptFile).accept];
}
