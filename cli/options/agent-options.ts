/** --agents and --shift: who takes the calls of campaigns. */

import { type Command, Option } from 'commander';
import { checkStaff, MOST_AGENTS, ORDINARY_COUNT, type Shift } from '../../campaigns/shifts.ts';
import { UserError } from '../../system/errors.ts';
import { told, wholeNumber } from './read-option.ts';

export interface AgentOptions {
  readonly agents?: number;
  readonly shift: readonly Shift[];
}

export function addAgentOptions(command: Command): Command {
  return command
    .option(
      '--agents <n>',
      'agents in every queue, who take the calls of campaigns (default: 10)',
      wholeNumber(0, MOST_AGENTS),
    )
    .addOption(
      new Option(
        '--shift <from-to=agents>',
        'agents in every queue from one time of the day to another by UTC, such as 09:00-17:00=25 (repeatable; in place of --agents)',
      )
        .argParser((text: string, before: readonly Shift[]) => [...before, told(readShift)(text)])
        .default([], 'none'),
    );
}

/** @throws UserError where both options are given. */
export function staffIn({ agents, shift }: AgentOptions): {
  readonly count?: number;
  readonly shifts?: readonly Shift[];
} {
  if (agents !== undefined && shift.length > 0) {
    throw new UserError('--agents and --shift both say who is there: give only one of them');
  }
  if (shift.length > 0) return { shifts: shift };
  return agents === undefined ? {} : { count: agents };
}

/** Agents who are always there are there in the hours of a feeder only. Shifts say for themselves when. */
export function presentDuring(
  staff: AgentOptions,
  hours: { readonly from: string; readonly to: string } | null,
): AgentOptions {
  // Both options together are refused where they are read.
  if (hours === null || staff.shift.length > 0) return staff;
  return { shift: [{ ...hours, agents: staff.agents ?? ORDINARY_COUNT }] };
}

/** The options again, for a child process. */
export function agentArgs({ agents, shift }: AgentOptions): string[] {
  return [
    ...(agents === undefined ? [] : ['--agents', String(agents)]),
    ...shift.flatMap(({ from, to, agents: n }) => ['--shift', `${from}-${to}=${n}`]),
  ];
}

function readShift(text: string): Shift {
  const [, from, to, agents] = /^(\d\d:\d\d)-(\d\d:\d\d)=(\d{1,9})$/.exec(text) ?? [];
  if (from === undefined || to === undefined) {
    throw new UserError('write a shift as 09:00-17:00=25');
  }
  const shift = { from, to, agents: Number(agents) };
  checkStaff({ shifts: [shift] });
  return shift;
}
