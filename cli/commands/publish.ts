/** dialproof publish: tells teams of a run. */

import { realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type Command, Option } from 'commander';
import { writePreview } from '../../publish/preview/preview.ts';
import {
  type Asked,
  contextOf,
  publishRun,
  type Told,
  type Wanted,
  WHENS,
  type When,
} from '../../publish/publish.ts';
import { redactorOf } from '../../publish/send/secrets.ts';
import { folderOf } from '../../publish/site/site.ts';
import { readDestination, TARGETS } from '../../publish/targets.ts';
import { readRun } from '../../run/json.ts';
import type { Run } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { credentialsOfChain } from '../options/aws-credentials.ts';
import { wholeNumber } from '../options/read-option.ts';
import { runFileAt, runTextIn } from '../stages/run-file.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface PublishOptions {
  readonly to?: readonly string[];
  readonly on: readonly string[];
  readonly dryRun?: string | true;
  readonly keep: number;
  readonly baseline?: string;
  readonly reportUrl?: string;
  readonly matrix?: string;
  readonly again?: boolean;
  readonly json?: boolean;
  /** Folder of the runs, of the configuration. */
  readonly configuredOut?: string;
}

const many = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

export function publishCommand(command: Command): void {
  command
    .description('tell teams of a run: sites, pull requests, chats, webhooks')
    .argument('[run]', 'run.json, or the folder of a run (default: out/latest)')
    .addOption(
      new Option(
        '--to <target>',
        `where to: ${TARGETS.map(({ name, place }) => (place === null ? name : `${name}=${place}`)).join(', ')}, or github, which is three of them; may be repeated`,
      ).argParser((text: string, before?: readonly string[]) => {
        redacting(() => readDestination(text));
        return many(text, before);
      }),
    )
    .addOption(
      new Option('--on <when>', `${WHENS.join(', ')}, or TARGET=WHEN; may be repeated`)
        .argParser(many)
        .default([], 'always'),
    )
    .option('--dry-run [dir]', 'send nothing; write and draw what would be sent')
    .option('--keep <n>', 'runs that a site keeps', wholeNumber(1, 10_000), 20)
    .option('--baseline <run.json>', 'run to compare with, for --on change; a site keeps it')
    .option(
      '--report-url <url>',
      'where the report can be read; {run} stands for the folder of the run',
    )
    .option('--matrix <text>', 'tells jobs of a matrix apart (default: $DIALPROOF_MATRIX)')
    .option('--again', 'send once more what this run has sent to Slack, Teams or a webhook')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', help())
    .action(async (given: string | undefined, options: PublishOptions) => {
      process.exitCode = await publish(given, options);
    });
}

/** A URL may be a secret, which no message repeats. */
function redacting<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) error.message = redactorOf(process.env)(error.message);
    throw error;
  }
}

function help(): string {
  const rows = TARGETS.map(
    ({ name, place, does }) => [place === null ? name : `${name}=${place}`, does] as const,
  );
  const width = Math.max(...rows.map(([name]) => name.length));
  const variables = TARGETS.filter(({ reads }) => reads.length > 0).map(
    ({ name, reads }) => `  ${name.padEnd(width)}  ${reads.join(', ')}`,
  );
  return `
Targets:
${rows.map(([name, does]) => `  ${name.padEnd(width)}  ${does}`).join('\n')}
  ${'github'.padEnd(width)}  the three of GitHub

Secrets, and URLs that contain one, come only from the environment:
${variables.join('\n')}

Examples:
  dialproof publish --to folder=site
  dialproof publish --to github --to slack --on slack=failure
  dialproof publish --to s3=s3://reports/dialproof --to teams --on teams=change
  dialproof publish --to slack --to teams --dry-run

Exit codes: 0 all was sent, or need not be; 1 a target failed, the others were still sent;
3 no target could be reached.`;
}

async function publish(file: string | undefined, options: PublishOptions): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const { env } = process;
  const redact = redactorOf(env);
  try {
    return await publishTo(terminal, redact, file, options);
  } catch (error) {
    if (error instanceof UserError) error.message = redact(error.message);
    throw error;
  }
}

async function publishTo(
  terminal: Terminal,
  redact: Wanted['redact'],
  given: string | undefined,
  options: PublishOptions,
): Promise<number> {
  const { env } = process;
  const asked = askedOf(options);
  const out = options.configuredOut ?? 'out';
  const file = await runFileAt(given ?? join(out, 'latest'));
  const advice =
    given === undefined
      ? `there is no run in ${out} yet. Make one, such as with "dialproof load run smoke", or name a run.json`
      : 'name the run.json or the folder of an earlier run';
  const run = readRun(await runTextIn(file, advice), file);
  const wanted: Wanted = {
    run,
    // `latest` is another run tomorrow.
    dir: dirname(await realpath(file)),
    env,
    redact,
    reportUrl: reportUrlOf(options.reportUrl, run),
    matrix: options.matrix ?? env.DIALPROOF_MATRIX ?? null,
    keep: options.keep,
    baseline: options.baseline === undefined ? null : await baselineAt(options.baseline),
    awsKey: async (region) => {
      const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env;
      return AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY
        ? {
            accessKeyId: AWS_ACCESS_KEY_ID,
            secretAccessKey: AWS_SECRET_ACCESS_KEY,
            sessionToken: AWS_SESSION_TOKEN || undefined,
          }
        : credentialsOfChain(region);
    },
    warn: (text) => terminal.warn(`dialproof: ${text}`),
    signal: interruptSignal(terminal),
  };
  if (options.dryRun !== undefined) return preview(terminal, wanted, asked, options.dryRun);
  const all = await publishRun(wanted, asked, options.again === true, (told) => {
    terminal.say(line(terminal, told));
  });
  if (terminal.json) terminal.document({ run: run.id, targets: all });
  return exitCode(all);
}

function line({ paint }: Terminal, { target, outcome, said }: Told): string {
  const word =
    outcome === 'failed'
      ? paint('red', 'FAILED ')
      : outcome === 'sent'
        ? paint('green', 'sent   ')
        : paint('yellow', outcome.padEnd(7));
  return `${word} ${target}: ${said}`;
}

function exitCode(all: readonly Told[]): number {
  const failed = all.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return EXIT_CODES.pass;
  return failed.length === all.length && failed.every(({ unreachable }) => unreachable)
    ? EXIT_CODES.unavailable
    : EXIT_CODES.failed;
}

async function preview(
  terminal: Terminal,
  wanted: Wanted,
  asked: readonly Asked[],
  given: string | true,
): Promise<number> {
  const dir = given === true ? join(wanted.dir, 'publish') : given;
  const context = await contextOf(wanted);
  const { env } = wanted;
  const shown = [];
  for (const { target, place } of asked) {
    const { paths, undrawn } = await writePreview(dir, target.name, target.preview(context, place));
    const [sent = '', picture] = paths.map((path) => shortest(path));
    terminal.say(
      `would send ${target.name}: ${sent}${picture === undefined ? '' : `, drawn in ${picture}`}`,
    );
    const [variable] = target.reads;
    if (variable !== undefined && !env[variable]) {
      terminal.say(`           to send it, set ${variable} in the environment`);
    }
    shown.push({ target: target.name, paths, undrawn });
  }
  // Once, although several targets are drawn by the same package.
  for (const why of new Set(shown.map(({ undrawn }) => undrawn))) {
    if (why !== null) terminal.warn(`not drawn: ${why}`);
  }
  if (terminal.json) terminal.document({ dryRun: true, targets: shown });
  return EXIT_CODES.pass;
}

/** A path from here, unless it leads away. */
function shortest(path: string): string {
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}

/** @throws UserError for a target or a condition that there is not, or a target that is given twice. */
function askedOf({ to, on }: PublishOptions): readonly Asked[] {
  if (to === undefined) {
    throw new UserError(
      'nobody is named: say where to with --to, such as --to folder=site, or in publishing.to of the configuration',
    );
  }
  const destinations = to.flatMap(readDestination);
  const seen = new Set<string>();
  for (const { target, place } of destinations) {
    const name = `${target.name}=${place}`;
    if (seen.has(name)) throw new UserError(`--to ${target.name} is given twice: give it once`);
    seen.add(name);
  }
  let general: When = 'always';
  const special = new Map<string, When>();
  for (const text of on) {
    const [, name, word = ''] = /^(?:([\w-]+)=)?(\w+)$/.exec(text) ?? [];
    const when = WHENS.find((one) => one === word);
    if (!when) {
      throw new UserError(
        `--on ${text} is not understood: give ${WHENS.join(', ')}, or TARGET=WHEN`,
      );
    }
    if (name === undefined) general = when;
    else if (destinations.some(({ target }) => target.name === name)) special.set(name, when);
    else
      throw new UserError(
        `--on ${text} is about a target that is not among --to: add --to ${name}`,
      );
  }
  return destinations.map((one) => ({ ...one, when: special.get(one.target.name) ?? general }));
}

function reportUrlOf(given: string | undefined, run: Run): string | null {
  if (given === undefined) return null;
  const url = given.replaceAll('{run}', folderOf(run.id));
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UserError(
      '--report-url is not a URL: write it as https://reports.example.com/runs/{run}/report.html',
    );
  }
  return url;
}

async function baselineAt(path: string): Promise<Run> {
  const file = await runFileAt(path);
  return readRun(await runTextIn(file, 'name the run.json of the run to compare with'), file);
}
