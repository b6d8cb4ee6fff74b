/** --faults: a plan by its name, or from a file. */

import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type Command, Option } from 'commander';
import { BUILT_IN_PLANS, type BuiltInPlanName } from '../../emulator/faults/built-in-plans.ts';
import { FAULT_KINDS, FAULTS } from '../../emulator/faults/kinds.ts';
import { type FaultPlan, readFaultPlan } from '../../emulator/faults/plan.ts';
import { SELECTORS } from '../../emulator/faults/selector.ts';
import { UserError } from '../../system/errors.ts';
import { parseWrittenJson } from '../../system/read.ts';
import { suggestion } from '../../system/suggestion.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { told } from './read-option.ts';
import { suggesting } from './suggested-values.ts';

export interface FaultOption {
  readonly faults?: FaultPlan;
}

const NAMES = Object.keys(BUILT_IN_PLANS) as BuiltInPlanName[];

export function addFaultOption(command: Command): Command {
  return command.addOption(
    suggesting(
      new Option('--faults <plan>', `fault plan: a JSON file, or ${NAMES.join(', ')}`),
      NAMES,
    ).argParser(told(readFaults)),
  );
}

/** Warns on stderr which faults are on. */
export function tellFaults(terminal: Terminal, plan: FaultPlan | undefined): void {
  const builtIn = NAMES.find((name) =>
    isDeepStrictEqual(readFaultPlan(BUILT_IN_PLANS[name].plan), plan),
  );
  if (builtIn) {
    terminal.warn(`FAULTS ${builtIn}: ${BUILT_IN_PLANS[builtIn].meaning}`);
    return;
  }
  for (const { name, fault, when } of plan?.faults ?? []) {
    const selected = Object.keys(when).length === 0 ? 'every request' : JSON.stringify(when);
    terminal.warn(`FAULT ${name} (${selected}): ${FAULTS[fault].meaning}`);
  }
}

/** What a plan is made of, for --help. */
export const FAULTS_HELP = `
Built-in fault plans:
${rows(NAMES.map((name) => [name, BUILT_IN_PLANS[name].meaning]))}

Faults, as in {"faults": [{"fault": …, its members…, "when": {…}}]}; see docs/faults.md:
${rows(
  FAULT_KINDS.map((kind) => {
    const members = Object.keys(FAULTS[kind].members).join(', ');
    return [kind, `${FAULTS[kind].meaning}${members && ` (${members})`}`];
  }),
)}

Members of "when":
${rows(Object.entries(SELECTORS).map(([name, { meaning }]) => [name, meaning]))}`;

function rows(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`).join('\n');
}

/** @throws UserError for a plan that cannot be read, or is none. */
export function readFaults(plan: string): FaultPlan {
  const name = NAMES.find((known) => known === plan);
  if (name) return readFaultPlan(BUILT_IN_PLANS[name].plan);
  const text = read(plan);
  const json = parseWrittenJson(text, plan);
  try {
    return readFaultPlan(json);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${plan}: ${error.message}`);
    throw error;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `cannot read ${file} (${code}): name a file, or one of ${NAMES.join(', ')}.${suggestion(file, NAMES)}`,
    );
  }
}
