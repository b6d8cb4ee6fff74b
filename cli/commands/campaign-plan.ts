/** dialproof campaign plan: what a campaign comes to, by the same engine in virtual time. */

import { join } from 'node:path';
import type { Command } from 'commander';
import type { DialSettings } from '../../load/lib/campaign-members.ts';
import { MOST_CONTACTS, ORDINARY, planCampaign } from '../../planner/plan.ts';
import { days } from '../../reports/content/plan.ts';
import { planLines } from '../../reports/plan-text.ts';
import { planJson, writePlan } from '../../reports/write-plan.ts';
import type { PlanAsked } from '../../run/plan.ts';
import { type AgentOptions, addAgentOptions, staffIn } from '../options/agent-options.ts';
import { addFeederOptions, type FeederOptions } from '../options/feeder-options.ts';
import { addModeOptions } from '../options/mode-option.ts';
import { wholeNumber } from '../options/read-option.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options extends AgentOptions, DialSettings, FeederOptions {
  readonly contacts: number;
  readonly concurrentCalls: number;
  readonly seed: number;
  readonly seeds: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** Agents of a plan for which nothing is said. */
const AGENTS = 10;

export function campaignPlanCommand(command: Command): void {
  addFeederOptions(addAgentOptions(addModeOptions(command)))
    .description(
      'say how long a campaign takes and how many it reaches, without calls: the emulator’s engine in virtual time',
    )
    .requiredOption('--contacts <n>', 'people to dial', wholeNumber(1, MOST_CONTACTS))
    .option(
      '--concurrent-calls <n>',
      'concurrent calls of the instance (documented: the quota is adjustable)',
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
