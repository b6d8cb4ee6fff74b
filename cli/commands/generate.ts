/** dialproof generate: write a corpus of contacts, or a list of dial requests. */

import { type Command, Option } from 'commander';
import { writeCorpus } from '../../generators/corpus.ts';
import { EXPIRES_IN_SECONDS, readOutcomes } from '../../generators/dial-batch.ts';
import {
  DEFAULT_FORMATS,
  DIAL_LIST_FORMATS,
  DIAL_OPERATIONS,
  type DialListFormat,
  type DialOperation,
  readFormats,
  writeDialList,
} from '../../generators/dial-list.ts';
import { readDialMix, readMix } from '../../generators/mix.ts';
import { momentOf } from '../../operation/aws/shape/timestamp.ts';
import { CAMPAIGN_CHOICES } from '../../operation/campaigns/choices.ts';
import { LIMITS } from '../../operation/campaigns/limits.ts';
import { UserError } from '../../system/errors.ts';
import {
  addDrawOptions,
  DEFAULT_MIX,
  type DrawOptions,
  mixOption,
} from '../options/contact-options.ts';
import { told, wholeNumber } from '../options/read-option.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

const CONTACTS = 'BatchPutContact';

interface GenerateOptions extends DrawOptions {
  readonly for: typeof CONTACTS | DialOperation;
  /** Its codes depend on the operation. */
  readonly mix: string;
  readonly out?: string;
  readonly ndjson?: boolean;
  readonly json?: boolean;
  readonly outcomes?: ReturnType<typeof readOutcomes>;
  readonly expiresIn?: number;
  readonly now?: Date;
  readonly formats?: readonly DialListFormat[];
}

/** The options that say something about dial requests only. */
const OF_DIAL_REQUESTS = {
  outcomes: '--outcomes',
  expiresIn: '--expires-in',
  now: '--now',
  formats: '--formats',
} as const satisfies Partial<Record<keyof GenerateOptions, string>>;

export function generateCommand(command: Command): void {
  const { min, max } = LIMITS.expirySeconds;
  addDrawOptions(command, 400)
    .description('write a corpus of contacts, or a list of dial requests, with predicted verdicts')
    .addOption(
      new Option('--for <operation>', 'operation that the requests are for')
        .choices([CONTACTS, ...DIAL_OPERATIONS])
        .default(CONTACTS),
    )
    .addOption(mixOption().default(DEFAULT_MIX))
    .option('--out <dir>', 'folder to write to (default: out/corpus, or out/dial-list)')
    .option('--ndjson', 'also write contacts.ndjson, one contact per line')
    .option(
      '--formats <names>',
      `files of a list of dial requests: ${DIAL_LIST_FORMATS.join(', ')} (default: ${DEFAULT_FORMATS.join()})`,
      told(readFormats),
    )
    .option(
      '--expires-in <seconds>',
      `seconds until dial requests expire (default: ${EXPIRES_IN_SECONDS})`,
      wholeNumber(min, max),
    )
    .option(
      '--now <time>',
      'time from which expirationTimes count, such as 2026-03-01T12:00:00Z (default: the time of the command)',
      told(readMoment),
    )
    .option(
      '--outcomes <shares>',
      'shares of dial requests whose number asks for an outcome of the dial: every=1, or HUMAN_ANSWERED=0.3,…',
      told(readOutcomes),
    )
    .option('--json', 'print the manifest as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof generate --seed 7 --batches 1000
  dialproof generate --mix INVALID_QUEUE=0.05,MISSING_CAMPAIGN=0.01 --ndjson
  dialproof generate --locales en_US,de_DE --mix none
  dialproof generate --for PutDialRequestBatch --batches 40 --mix InvalidInput=0.05
  dialproof generate --for PutOutboundRequestBatch --outcomes HUMAN_ANSWERED=0.3,SIT_TONE_BUSY=0.1`,
    )
    .action(async (options: GenerateOptions) => {
      if (options.for === CONTACTS) await writeContacts(options);
      else await writeDialRequests(options, options.for);
    });
}

async function writeContacts(options: GenerateOptions): Promise<void> {
  for (const [name, option] of Object.entries(OF_DIAL_REQUESTS)) {
    if (options[name as keyof typeof OF_DIAL_REQUESTS] !== undefined) {
      throw new UserError(
        `${option} is for dial requests: add --for ${DIAL_OPERATIONS.join(' or --for ')}`,
      );
    }
  }
  const { out = 'out/corpus', ...rest } = options;
  const { terminal, ...watched } = watching(options);
  const manifest = await writeCorpus(out, {
    ...rest,
    ...watched,
    mix: readMix(options.mix),
    ndjson: options.ndjson === true,
  });
  tell(terminal, manifest, [
    `${manifest.contacts} contacts in ${manifest.batches} batches: ${out}`,
  ]);
}

async function writeDialRequests(
  options: GenerateOptions,
  operation: DialOperation,
): Promise<void> {
  if (options.ndjson) {
    throw new UserError('--ndjson is for contacts: use --formats ndjson for dial requests');
  }
  const { out = 'out/dial-list', seed, batches, locales, outcomes = {} } = options;
  const { terminal, ...watched } = watching(options);
  const manifest = await writeDialList(out, {
    ...watched,
    operation,
    seed,
    batches,
    locales,
    outcomes,
    requestsPerBatch: options.contactsPerBatch,
    mix: readDialMix(options.mix),
    now: options.now ?? new Date(),
    expiresInSeconds: options.expiresIn ?? EXPIRES_IN_SECONDS,
    formats: options.formats ?? DEFAULT_FORMATS,
  });
  const last = Date.parse(manifest.expirationTime) - LIMITS.expirySeconds.min * 1000;
  tell(terminal, manifest, [
    `${manifest.requests} dial requests in ${manifest.batches} batches: ${out}`,
    `send them from ${manifest.now} to ${new Date(last).toISOString()}: an expirationTime must be ${LIMITS.expirySeconds.min} to ${LIMITS.expirySeconds.max} seconds ahead`,
    `the predictions hold while the campaign has room: an emulated one holds ${CAMPAIGN_CHOICES.pendingLimit.default} dial requests that are not yet dialled`,
  ]);
}

function watching({ json, batches }: GenerateOptions) {
  const terminal = new Terminal(json === true);
  return {
    terminal,
    signal: interruptSignal(terminal),
    onProgress: (done: number) => terminal.progress(`generating: ${done} of ${batches} batches`),
  };
}

function tell(
  terminal: Terminal,
  manifest: { readonly predicted: Readonly<Record<string, number>> },
  lines: readonly string[],
): void {
  if (terminal.json) {
    terminal.document(manifest);
    return;
  }
  for (const line of lines) terminal.say(line);
  for (const [verdict, count] of Object.entries(manifest.predicted)) {
    terminal.say(`  ${String(count).padStart(9)}  ${verdict}`);
  }
}

function readMoment(text: string): Date {
  const at = momentOf(text, 'date-time');
  if (at === null) throw new UserError(`"${text}" is no time: write it as 2026-03-01T12:00:00Z`);
  return new Date(at);
}
