/** Options that can be given by environment variables too: --control-port as DIALPROOF_CONTROL_PORT. */

import type { Command, Option } from 'commander';
import { UserError } from '../../system/errors.ts';
import { suggestion } from '../../system/suggestion.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'DIALPROOF_';

/** Variables of other commands, those that commands give to their children, and what Kubernetes sets for a Service named dialproof. */
const OTHERS =
  /^DIALPROOF_(KEEP_RUNS|OUT|RUN_TAG|START_AT|S3|SET_.*|SERVICE_.*|PORT_.*|CAMPAIGN_V[12]|MOCK_URL)$/;

/**
 * Every option that is added to the command from now on can be given by a variable. An option on the command line comes
 * first, then the variable, then a configuration file, then the default.
 *
 * A child of another command gets all its options from its parent, so it does not read the environment.
 *
 * @throws UserError, when such an option is added, for a switch that is neither true nor false.
 */
export function fromEnvironment(
  command: Command,
  env: Environment = process.env,
  child = process.send !== undefined,
): Command {
  if (child) return command;
  const add = command.addOption.bind(command);
  // Every way to define an option ends here, and commander reads the variable's name when the option is added.
  command.addOption = (option) => add(withVariable(option, env));
  return command;
}

/** @returns a sentence for each variable that looks like a misspelt one of the command's. */
export function misspeltVariables(command: Command, env: Environment = process.env): string[] {
  const bare = (variable: string) => variable.slice(PREFIX.length);
  const known = command.options.map(variableOf).map(bare);
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(bare(name)) && !OTHERS.test(name))
    .map((name) => ({ name, meant: suggestion(bare(name), known) }))
    .filter(({ meant }) => meant !== '')
    .map(({ name, meant }) => `${name} is no option of the command.${meant}`);
}

function withVariable(option: Option, env: Environment): Option {
  const variable = variableOf(option);
  const text = env[variable];
  // Compose and Kubernetes pass on variables that are empty: that is no value.
  if (text === '') return option;
  if (option.isBoolean()) return withSwitch(option, variable, text);
  if (isRepeatable(option)) splitAtSpaces(option, text);
  return option.env(variable);
}

/** The name of the variable that gives an option. */
export function variableOf(option: Option): string {
  return PREFIX + option.name().toUpperCase().replaceAll('-', '_');
}

/** commander takes any value for true. */
function withSwitch(option: Option, variable: string, text: string | undefined): Option {
  if (text !== undefined && /^(0|false)$/i.test(text)) return option;
  if (text === undefined || /^(1|true)$/i.test(text)) return option.env(variable);
  throw new UserError(`${variable} is "${text}": write true or false`);
}

/** The options that can be repeated collect their values in a list or in a record. */
function isRepeatable({ defaultValue }: Option): boolean {
  return typeof defaultValue === 'object' && defaultValue !== null;
}

/** A variable has one text, so spaces separate its values. They replace those of a configuration file. */
function splitAtSpaces(option: Option, text: string | undefined): void {
  const { parseArg, defaultValue } = option;
  if (!parseArg || text === undefined) return;
  option.argParser((value: string, before: unknown) =>
    value === text
      ? value
          .split(/\s+/)
          .filter(Boolean)
          .reduce<unknown>((all, one) => parseArg(one, all), defaultValue)
      : parseArg(value, before),
  );
}
