/** dialproof crash-test: kills a durable emulator under load and checks what it had acknowledged. */

import type { Command } from 'commander';
import type { CrashReport } from '../../load/crash/crash-test.ts';
import type { RoadCrashReport } from '../../load/crash/road-crash-test.ts';
import { crashViolationsSaid } from '../../reports/english/crash.ts';
import { roadCrashSaid } from '../../reports/english/road.ts';
import type { PartVerdict } from '../../run/run.ts';
import {
  addMisbehaviourOptions,
  type MisbehaviourOptions,
  tellBugs,
} from '../options/emulator-options.ts';
import { wholeNumber } from '../options/read-option.ts';
import { crashTestOwn, crashTestOwnCampaigns } from '../stages/durable-emulator.ts';
import { exitCodeOf } from '../terminal/exit-codes.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options extends MisbehaviourOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly campaigns?: boolean;
  readonly json?: boolean;
}

export function crashTestCommand(command: Command): void {
  addMisbehaviourOptions(command)
    .description(
      'kill a durable emulator under load, again and again; fails if an acknowledged call is lost',
    )
    .option('--rounds <n>', 'number of kills', wholeNumber(1, 10_000), 20)
    .option(
      '--seed <n>',
      'seed for the batches and the moments of the kills',
      wholeNumber(0, 2 ** 32 - 1),
      1,
    )
    .option(
      '--campaigns',
      'kill it before and after each commit of a running campaign; fails if a dial request or a contact event is lost, or a contact is dialled twice',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof crash-test
  dialproof crash-test --rounds 200 --seed 7
  dialproof crash-test --bug loses-at-crash
  dialproof crash-test --campaigns --rounds 200`,
    )
    .action(async (options: Options) => {
      const { rounds, seed, bug, choice, json } = options;
      const terminal = new Terminal(json === true);
      const signal = interruptSignal(terminal);
      tellBugs(terminal, bug);
      if (options.campaigns) return crashTestCampaigns(options, terminal, signal);
      const report = await crashTestOwn(
        { bug, choice },
        {
          rounds,
          seed,
          signal,
          onProgress: (round) => terminal.progress(`killed ${round} of ${rounds} times`),
        },
      );
      const { kills, acknowledged, unknown, contacts, replays } = report;
      const verdict = crashVerdict(report, signal.aborted);
      if (terminal.json) terminal.document({ verdict, bugs: bug, ...report });
      for (const sentence of crashViolationsSaid(report)) terminal.say(sentence);
      terminal.say(
        `${SAID[verdict]}: ${kills} kills, ${acknowledged} calls with ${contacts} contacts acknowledged, ` +
          `${unknown} in flight at a kill, ${replays} answers asked for again`,
      );
      process.exitCode = exitCodeOf(verdict, signal.aborted);
    });
}

const SAID: Readonly<Record<PartVerdict, string>> = {
  pass: 'held',
  fail: 'VIOLATED',
  'not exercised': 'interrupted; held so far',
};

async function crashTestCampaigns(
  { rounds, seed, bug, choice }: Options,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const report = await crashTestOwnCampaigns(
    { bug, choice },
    {
      rounds,
      seed,
      signal,
      onProgress: (round) => terminal.progress(`killed ${round} of ${rounds} times`),
    },
  );
  const verdict = crashVerdict(report, signal.aborted);
  if (terminal.json) terminal.document({ verdict, bugs: bug, ...report });
  for (const violation of report.violations) terminal.say(roadCrashSaid(violation));
  const { kills, killedAt, accepted, contacts, dials, events } = report;
  const places = Object.entries(killedAt).map(([place, times]) => `${place} ${times}`);
  terminal.say(`killed at ${places.join(', ')}`);
  terminal.say(
    `${SAID[verdict]}: ${kills} kills, ${accepted} dial requests accepted, ${contacts} contacts, ${dials} calls made, ${events} contact events`,
  );
  process.exitCode = exitCodeOf(verdict, signal.aborted);
}

/** An interrupted test did not run all its rounds, so it has not passed. */
export function crashVerdict(
  { violations }: Pick<CrashReport | RoadCrashReport, 'violations'>,
  interrupted: boolean,
): PartVerdict {
  if (violations.length > 0) return 'fail';
  return interrupted ? 'not exercised' : 'pass';
}
