/** dialproof feeder: judges how a feeder hands dial requests to campaigns. */

import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { startEmulator } from '../../emulator/emulator.ts';
import { type FeederJudgement, isAdvice, judgeFeeder } from '../../feeders/judge.ts';
import { readFeederJournal } from '../../feeders/read-journal.ts';
import type { FeederJournal } from '../../operation/campaigns/feeder-call.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import {
  feederDoubtSaid,
  feederFindingSaid,
  SITUATIONS_SAID,
} from '../../reports/english/feeder.ts';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { controlOrigin } from '../options/control-origin.ts';
import {
  addFaultOption,
  FAULTS_HELP,
  type FaultOption,
  tellFaults,
} from '../options/fault-option.ts';
import { wholeNumber } from '../options/read-option.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { untilStopped } from '../terminal/interrupt.ts';
import { regionExport } from '../terminal/region-export.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options extends FaultOption {
  readonly journal?: string;
  readonly control?: string;
  readonly for?: number;
  readonly pendingLimit?: number;
  readonly finished?: boolean;
  readonly settle: number;
  readonly json?: boolean;
}

export function feederCommand(command: Command): void {
  command.description('judge how a feeder hands dial requests to campaigns');
  addFaultOption(command.command('check'))
    .description('judge a feeder by its calls: those of a journal, or those that it makes now')
    .option(
      '--journal <file>',
      'feeder journal, as "dialproof emulator --feeder-journal" writes it',
    )
    .option('--control <url>', 'control door of an emulator that was started with --feeder-journal')
    .option(
      '--for <seconds>',
      'without --journal and --control: how long the feeder is watched (default: until Ctrl-C)',
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
what calls it.

Examples:
  dialproof feeder check --pending-limit 50 --faults unreliable
  dialproof feeder check --journal feeder.ndjson --finished
  dialproof feeder check --control http://127.0.0.1:4011
${FAULTS_HELP}`,
    )
    .action(async (options: Options) => {
      const terminal = new Terminal(options.json === true);
      const { finished = false, settle: settleSeconds } = options;
      const judgement = judgeFeeder(await journalOf(terminal, options), {
        finished,
        settleSeconds,
      });
      if (terminal.json) terminal.document(inEnglish(judgement));
      else tell(terminal, judgement);
      process.exitCode = judgement.verdict === 'pass' ? EXIT_CODES.pass : EXIT_CODES.failed;
    });
}

/** @throws UserError for options that contradict each other, and for a journal that cannot be read. */
async function journalOf(terminal: Terminal, options: Options): Promise<FeederJournal> {
  const { journal, control, for: seconds, pendingLimit, faults } = options;
  const ready = [journal, control].filter((source) => source !== undefined);
  if (ready.length > 1) {
    throw new UserError('--journal and --control both name a journal: give only one of them');
  }
  if (ready.length > 0 && [seconds, pendingLimit, faults].some((option) => option !== undefined)) {
    throw new UserError(
      '--for, --pending-limit and --faults are for an emulator that this command starts: leave them out, or leave out --journal and --control',
    );
  }
  if (journal !== undefined) return readFeederJournal(textOf(journal), journal);
  if (control !== undefined) {
    const url = `${controlOrigin(control)}/feeder-journal`;
    return readFeederJournal(await fetched(url), url);
  }
  return watched(terminal, options);
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
    throw new UnavailableError(`${url} cannot be reached (${error.message}): is it running?`);
  });
  const text = await response.text();
  if (response.ok) return text;
  throw new UserError(`${url} answered ${response.status}: ${text}`);
}

/** Starts an emulator, and waits while the feeder calls it. */
async function watched(
  terminal: Terminal,
  { faults, for: seconds, pendingLimit }: Options,
): Promise<FeederJournal> {
  tellFaults(terminal, faults);
  const emulator = await startEmulator({
    facts: ordinaryFacts(),
    feederJournal: true,
    ...(faults && { faults }),
    ...(pendingLimit !== undefined && { campaignChoices: { pendingLimit } }),
  });
  try {
    const { url, credentials } = emulator;
    // With --json, stdout is for the document.
    const say = (line: string) => (terminal.json ? terminal.warn(line) : terminal.say(line));
    say(`export AWS_ENDPOINT_URL_CONNECTCAMPAIGNS=${url}`);
    say(`export AWS_ENDPOINT_URL_CONNECTCAMPAIGNSV2=${url}`);
    say(regionExport(ordinaryFacts().region));
    say(`export AWS_ACCESS_KEY_ID=${credentials.principal.accessKeyId}`);
    say(`export AWS_SECRET_ACCESS_KEY=${credentials.principal.secretAccessKey}`);
    for (const version of [1, 2] as const) {
      const { id } = await emulator.runCampaign({ version, name: `feeder-check-${version}` });
      say(`campaign of version ${version}  ${id}`);
    }
    // It listens for Ctrl-C before it says so.
    const stopped = untilStopped(terminal, seconds);
    say(
      `watching the feeder ${seconds === undefined ? 'until Ctrl-C' : `for ${seconds} s, or until Ctrl-C`}`,
    );
    await stopped;
    return emulator.feederJournal() ?? { calls: [], endedAt: 0 };
  } finally {
    await emulator.close();
  }
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

function tell(terminal: Terminal, judgement: FeederJudgement): void {
  const { verdict, calls, dialRequests, findings, doubts, notExercised } = judgement;
  const { paint } = terminal;
  terminal.say('');
  for (const one of findings) {
    const mark = isAdvice(one) ? paint('yellow', 'advice') : paint('red', 'fault ');
    terminal.say(`${mark}  ${feederFindingSaid(one)}`);
  }
  for (const one of doubts) terminal.say(`${paint('yellow', 'open  ')}  ${feederDoubtSaid(one)}`);
  if (calls === 0)
    terminal.say('the feeder made no call of PutDialRequestBatch or PutOutboundRequestBatch');
  else if (notExercised.length > 0) {
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
    `${paint(colour[verdict], MARKS[verdict])}: ${calls} calls with ${dialRequests} dial requests judged`,
  );
}
