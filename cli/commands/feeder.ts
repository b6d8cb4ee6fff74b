/** dialproof feeder: judges how a feeder hands dial requests to campaigns. */

import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Shift, StaffPlan } from '../../campaigns/shifts.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { ordinaryKeys } from '../../emulator/identity/keys.ts';
import { withKeys } from '../../emulator/seed.ts';
import { type FeederJudgement, isAdvice, judgeFeeder } from '../../feeders/judge.ts';
import { readFeederJournal } from '../../feeders/read-journal.ts';
import { choicesOf } from '../../operation/aws/definition/choices.ts';
import { CAMPAIGN_CHOICES } from '../../operation/campaigns/choices.ts';
import type { FeederJournal } from '../../operation/campaigns/feeder-call.ts';
import { CHOICES, choose } from '../../operation/connect/choices.ts';
import {
  feederDoubtSaid,
  feederFindingSaid,
  SITUATIONS_SAID,
} from '../../reports/english/feeder.ts';
import { count } from '../../run/figures.ts';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { whyUnreachable } from '../../system/why-unreachable.ts';
import { staffIn } from '../options/agent-options.ts';
import { type ConfiguredEndpoint, configuredSeed } from '../options/configured-endpoint.ts';
import { controlOrigin } from '../options/control-origin.ts';
import type { AnyChoices } from '../options/emulator-options.ts';
import {
  addFaultOption,
  FAULTS_HELP,
  type FaultOption,
  tellFaults,
} from '../options/fault-option.ts';
import { wholeNumber } from '../options/read-option.ts';
import { runChild } from '../terminal/child-command.ts';
import {
  addressVariables,
  exportLines,
  keyVariables,
  regionVariables,
  SERVICES,
  unsetLines,
  withKey,
} from '../terminal/client-variables.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { interruptSignal, untilStopped } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options extends FaultOption, ConfiguredEndpoint {
  readonly journal?: string;
  readonly control?: string;
  readonly for?: number;
  readonly pendingLimit?: number;
  readonly finished?: boolean;
  readonly settle: number;
  readonly json?: boolean;
  /** Of the configuration. */
  readonly configuredAgents?: number | readonly Shift[];
  readonly configuredChoices?: AnyChoices;
}

export function feederCommand(command: Command): void {
  command.description('judge how a feeder hands dial requests to campaigns');
  addFaultOption(command.command('check'))
    .description('judge a feeder by its calls: those that it makes now, or those of a journal')
    .argument('[command...]', 'the feeder to run and to judge, after --; without it, until Ctrl-C')
    .option(
      '--journal <file>',
      'feeder journal, as "dialproof emulator --feeder-journal" writes it',
    )
    .option('--control <url>', 'control door of an emulator that was started with --feeder-journal')
    .option(
      '--for <seconds>',
      'without --journal and --control: how long the feeder is watched at most',
      wholeNumber(1, 86_400),
    )
    .addOption(
      new Option(
        '--pending-limit <n>',
        'without --journal and --control: dial requests that a campaign holds, beyond which it throttles (assumed: AWS names a limit without a number)',
      ).argParser(wholeNumber(1, 10_000_000)),
    )
    .option('--finished', 'the feeder has ended: what it has not sent again, it never will')
    .option(
      '--settle <seconds>',
      'how long a dial request may wait to be sent again',
      wholeNumber(0, 86_400),
      60,
    )
    .option('--json', 'print the judgement as JSON')
    .addHelpText(
      'after',
      `
Without --journal and --control, it starts an emulator with a running campaign of each version, and judges
what calls it. A command gets the address, a Region and keys in the variables that AWS clients read, and the
campaigns in DIALPROOF_CAMPAIGN_V1 and DIALPROOF_CAMPAIGN_V2. Without a command, the variables are printed.

The exit code is 0 if nothing is wrong, and then that of the command. Otherwise it is 1.

Examples:
  dialproof feeder check --pending-limit 50 --faults unreliable -- sh -c 'python3 feeder.py $DIALPROOF_CAMPAIGN_V1'
  dialproof feeder check --pending-limit 50 --faults unreliable
  dialproof feeder check --journal feeder.ndjson --finished
  dialproof feeder check --control http://127.0.0.1:4011
${FAULTS_HELP}`,
    )
    .action(async (command: string[], options: Options) => {
      const terminal = new Terminal(options.json === true);
      const { journal, finished, code } = await recorded(terminal, command, options);
      const settleSeconds = options.settle;
      const judgement = judgeFeeder(journal, { finished, settleSeconds });
      if (terminal.json) terminal.document(inEnglish(judgement));
      else tell(terminal, judgement, code);
      if (code !== 0) terminal.warn(`the command ended with ${code}`);
      process.exitCode = judgement.verdict === 'pass' ? code : EXIT_CODES.failed;
    });
}

interface Recorded {
  readonly journal: FeederJournal;
  /** What was not sent again, never will be. */
  readonly finished: boolean;
  /** Exit code of the feeder; 0 if it was not run here. */
  readonly code: number;
}

/** @throws UserError for options that contradict each other, and for a journal that cannot be read. */
async function recorded(
  terminal: Terminal,
  command: readonly string[],
  options: Options,
): Promise<Recorded> {
  const { journal, control, for: seconds, pendingLimit, faults, finished = false } = options;
  const ready = [journal, control].filter((source) => source !== undefined);
  if (ready.length > 1) {
    throw new UserError('--journal and --control both name a journal: give only one of them');
  }
  if (ready.length === 0) return watched(terminal, command, options);
  if (command.length > 0) {
    throw new UserError(
      'the calls of a command are judged as it makes them: leave out --journal and --control, or the command',
    );
  }
  if ([seconds, pendingLimit, faults].some((option) => option !== undefined)) {
    throw new UserError(
      '--for, --pending-limit and --faults are for an emulator that this command starts: leave them out, or leave out --journal and --control',
    );
  }
  if (journal !== undefined) {
    return { journal: readFeederJournal(textOf(journal), journal), finished, code: 0 };
  }
  const url = `${controlOrigin(control ?? '')}/feeder-journal`;
  return { journal: readFeederJournal(await fetched(url), url), finished, code: 0 };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `cannot read the feeder journal ${file} (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

async function fetched(url: string): Promise<string> {
  const response = await fetch(url).catch((error: Error) => {
    throw new UnavailableError(
      `${url} cannot be reached (${whyUnreachable(error)}): is it running?`,
    );
  });
  const text = await response.text();
  if (response.ok) return text;
  throw new UserError(`${url} answered ${response.status}: ${text}`);
}

/** Starts an emulator, and runs the feeder or waits while it calls. */
async function watched(
  terminal: Terminal,
  command: readonly string[],
  options: Options,
): Promise<Recorded> {
  const { faults, for: seconds, pendingLimit, finished = false, json = false } = options;
  const { configuredChoices: choices = {}, configuredAgents: agents } = options;
  tellFaults(terminal, faults);
  const { facts, keys } = configuredSeed(options, choose(choicesOf(choices, CHOICES)));
  const emulator = await startEmulator({
    facts,
    keys: withKeys(ordinaryKeys(facts.account), keys),
    feederJournal: true,
    ...(faults && { faults }),
    ...(agents !== undefined && { agents: staff(agents) }),
    campaignChoices: {
      ...choicesOf(choices, CAMPAIGN_CHOICES),
      ...(pendingLimit !== undefined && { pendingLimit }),
    },
  });
  try {
    const key = emulator.credentials.principal;
    const found = {
      ...addressVariables(emulator.url, SERVICES),
      ...regionVariables(facts.region),
    };
    const campaigns: Record<string, string> = {};
    for (const version of [1, 2] as const) {
      const { id } = await emulator.runCampaign({ version, name: `feeder-check-${version}` });
      campaigns[`DIALPROOF_CAMPAIGN_V${version}`] = id;
    }
    const journal = () => emulator.feederJournal() ?? { calls: [], endedAt: 0 };
    if (command.length === 0) {
      const lines = exportLines({ ...found, ...keyVariables(key), ...campaigns });
      // With --json, stdout is for the document.
      const say = (line: string) => (json ? terminal.warn(line) : terminal.say(line));
      for (const line of [...lines, ...unsetLines(key)]) say(line);
      // It listens for Ctrl-C before it says so.
      const stopped = untilStopped(terminal, seconds);
      say(
        `watching the feeder ${seconds === undefined ? '' : `for ${seconds} s, or `}until Ctrl-C`,
      );
      await stopped;
      return { journal: journal(), finished, code: EXIT_CODES.pass };
    }
    const interrupted = interruptSignal(terminal);
    const signal =
      seconds === undefined
        ? interrupted
        : AbortSignal.any([interrupted, AbortSignal.timeout(seconds * 1000)]);
    const env = { ...withKey(process.env, key), ...found, ...campaigns };
    const code = await runChild(command, { env, signal, json });
    // A feeder that was stopped had no time to send again, and its exit code is that of the signal.
    return signal.aborted
      ? { journal: journal(), finished, code: EXIT_CODES.pass }
      : { journal: journal(), finished: true, code };
  } finally {
    await emulator.close();
  }
}

/** The configuration has agents as a number, or as shifts. */
function staff(agents: number | readonly Shift[]): StaffPlan {
  return staffIn(typeof agents === 'number' ? { agents, shift: [] } : { shift: agents });
}

/** The judgement with a sentence for each statement. */
function inEnglish({ findings, doubts, notExercised, ...judgement }: FeederJudgement) {
  return {
    ...judgement,
    findings: findings.map((one) => ({
      ...one,
      advice: isAdvice(one),
      sentence: feederFindingSaid(one),
    })),
    doubts: doubts.map((one) => ({ ...one, sentence: feederDoubtSaid(one) })),
    notExercised,
  };
}

const MARKS = {
  pass: 'PASS',
  fail: 'FAIL',
  undecided: 'UNDECIDED',
  'not exercised': 'NOT EXERCISED',
} as const;

function tell(terminal: Terminal, judgement: FeederJudgement, code: number): void {
  const { verdict, calls, dialRequests, findings, doubts, notExercised } = judgement;
  const { paint } = terminal;
  terminal.say('');
  for (const one of findings) {
    const mark = isAdvice(one) ? paint('yellow', 'advice') : paint('red', 'fault ');
    terminal.say(`${mark}  ${feederFindingSaid(one)}`);
  }
  for (const one of doubts) terminal.say(`${paint('yellow', 'open  ')}  ${feederDoubtSaid(one)}`);
  if (calls === 0) {
    const made = 'the feeder made no call of PutDialRequestBatch or PutOutboundRequestBatch';
    terminal.say(
      code !== 0
        ? made
        : `${made}: does its client read AWS_ENDPOINT_URL_CONNECTCAMPAIGNS? docs/clients.md says which need the address in their code`,
    );
  } else if (notExercised.length > 0) {
    terminal.say(
      `not exercised: ${notExercised.map((situation) => SITUATIONS_SAID[situation]).join('; ')}`,
    );
  }
  const colour = {
    pass: 'green',
    fail: 'red',
    undecided: 'yellow',
    'not exercised': 'yellow',
  } as const;
  terminal.say(
    `${paint(colour[verdict], MARKS[verdict])}: ${count(calls, 'call')} with ${count(dialRequests, 'dial request')} judged`,
  );
}
