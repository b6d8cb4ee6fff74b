/** dialproof campaign plan: what a campaign comes to, by the same engine in virtual time. */

import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { LIMITS } from '../../operation/campaigns/limits.ts';
import { readHours } from '../../planner/hours.ts';
import { MOST_CONTACTS, ORDINARY, planCampaign } from '../../planner/plan.ts';
import { days } from '../../reports/content/plan.ts';
import { planLines } from '../../reports/plan-text.ts';
import { planJson, writePlan } from '../../reports/write-plan.ts';
import type { PlanAsked } from '../../run/plan.ts';
import { type AgentOptions, addAgentOptions, staffIn } from '../options/agent-options.ts';
import { addModeOption, type ModeOption, shareOption } from '../options/mode-option.ts';
import { told, wholeNumber } from '../options/read-option.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options extends AgentOptions, ModeOption {
  readonly contacts: number;
  readonly feeder: PlanAsked['feeder'];
  readonly expiresIn: number;
  readonly resends: number;
  readonly hours?: NonNullable<PlanAsked['hours']>;
  readonly bandwidth: number;
  readonly capacity: number;
  readonly detection: boolean;
  readonly pendingLimit: number;
  readonly concurrentCalls: number;
  readonly seed: number;
  readonly seeds: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** Agents of a plan for which nothing is said. */
const AGENTS = 10;

export function campaignPlanCommand(command: Command): void {
  const { min, max } = LIMITS.expirySeconds;
  addAgentOptions(addModeOption(command))
    .description(
      'say how long a campaign takes and how many it reaches, without calls: the emulator’s engine in virtual time',
    )
    .requiredOption('--contacts <n>', 'people to dial', wholeNumber(1, MOST_CONTACTS))
    .addOption(
      new Option(
        '--feeder <name>',
        'fill: sends what the campaign will dial in time; blast: 250 a second',
      )
        .choices(['fill', 'blast'])
        .default(ORDINARY.feeder),
    )
    .option(
      '--expires-in <seconds>',
      'seconds until a dial request expires',
      wholeNumber(min, max),
      ORDINARY.expirySeconds,
    )
    .option(
      '--resends <n>',
      'how often the feeder "fill" sends a contact again whose dial request expired',
      wholeNumber(0, 1_000),
      ORDINARY.resends,
    )
    .option(
      '--hours <from-to>',
      'hours of the day, by UTC, in which the feeder sends, such as 09:00-20:00; without --shift the agents are there in these hours (default: all)',
      told(readHours),
    )
    .addOption(
      shareOption('--bandwidth <share>', 'bandwidthAllocation: share of the agents', 0, 2).default(
        ORDINARY.bandwidth,
      ),
    )
    .addOption(
      shareOption('--capacity <share>', 'capacity: share of the lines', 0.01, 1).default(
        ORDINARY.capacity,
      ),
    )
    .option('--no-detection', 'dial without answering-machine detection')
    .option(
      '--pending-limit <n>',
      'dial requests that the campaign holds',
      wholeNumber(1, 10_000_000),
      ORDINARY.pendingLimit,
    )
    .option(
      '--concurrent-calls <n>',
      'concurrent calls of the instance',
      wholeNumber(0, 1_000_000),
      ORDINARY.concurrentCalls,
    )
    .option('--seed <n>', 'the first seed', wholeNumber(0, 2 ** 32 - 1), 1)
    .option('--seeds <n>', 'number of seeds, to show the spread', wholeNumber(1, 100), 3)
    .option('--out <dir>', 'also write plan.html and plan.json to this folder')
    .option('--json', 'print all figures as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof campaign plan --contacts 20000 --agents 40 --mode predictive
  dialproof campaign plan --contacts 1000000 --agents 40 --mode predictive --hours 09:00-20:00
  dialproof campaign plan --contacts 1000000 --agents 40 --feeder blast --out plan
  dialproof campaign plan --contacts 50000 --shift 08:00-16:00=20 --shift 12:00-20:00=30 --hours 08:00-20:00

A plan makes no calls. docs/campaigns.md says what it supposes.`,
    )
    .action(async (options: Options) => {
      process.exitCode = await plan(options);
    });
}

async function plan(options: Options): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  const began = performance.now();
  const result = await planCampaign(askedBy(options), {
    signal,
    onProgress: (share) => terminal.progress(progressSaid(share, performance.now() - began)),
  });
  if (options.out !== undefined) await writePlan(result, options.out);
  if (terminal.json) terminal.document(planJson(result));
  for (const line of planLines(result, terminal.paint)) terminal.say(line);
  if (options.out !== undefined) terminal.say(`report: ${join(options.out, 'plan.html')}`);
  return result.interrupted ? EXIT_CODES.interrupted : EXIT_CODES.pass;
}

function askedBy(options: Options): PlanAsked {
  const { contacts, mode, feeder, resends, hours = null, bandwidth, capacity, detection } = options;
  const { pendingLimit, concurrentCalls, seed, seeds } = options;
  const { count = AGENTS, shifts } = staffIn(options);
  return {
    contacts,
    mode,
    agents: shifts === undefined ? count : null,
    shifts: shifts ?? [],
    feeder,
    expirySeconds: options.expiresIn,
    resends,
    hours,
    bandwidth,
    capacity,
    detection,
    pendingLimit,
    concurrentCalls,
    seeds: Array.from({ length: seeds }, (_, i) => seed + i),
  };
}

function progressSaid(share: number, ms: number): string {
  const left = share > 0.01 ? `, ${days((ms * (1 - share)) / share)} left` : '';
  return `planning: ${Math.floor(share * 100)} %${left}`;
}
