/** dialproof emulator: runs the endpoint until it gets a signal to stop. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  COMMIT_POINTS,
  type KillPoint,
  readKillPoint,
} from '../../emulator/campaigns/kill-points.ts';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import {
  type ReadSeed,
  readSeed,
  type SeedInstance,
  type SeedKey,
  withKeys,
} from '../../emulator/seed.ts';
import { ORIGIN_WANTED, readOrigin } from '../../emulator/wire/cors.ts';
import { choicesOf } from '../../operation/aws/definition/choices.ts';
import { CAMPAIGN_CHOICES } from '../../operation/campaigns/choices.ts';
import { CHOICES, choose } from '../../operation/connect/choices.ts';
import { type Facts, ordinaryFacts } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import { type AgentOptions, addAgentOptions, staffIn } from '../options/agent-options.ts';
import {
  addMisbehaviourOptions,
  CHOICES_HELP,
  type MisbehaviourOptions,
  misbehaviourArgs,
  tellBugs,
} from '../options/emulator-options.ts';
import { fromEnvironment, misspeltVariables } from '../options/environment.ts';
import { addEventFaultsOption, type EventFaultsOption } from '../options/event-faults-option.ts';
import {
  addFaultOption,
  FAULTS_HELP,
  type FaultOption,
  tellFaults,
} from '../options/fault-option.ts';
import { addKeyOptions, type KeyOptions, keysOf } from '../options/key-options.ts';
import { wholeNumber } from '../options/read-option.ts';
import { seedIn } from '../options/seed-option.ts';
import { addStoreOptions, backendOptions, type StoreOptions } from '../options/store-options.ts';
import { addTlsOptions, type TlsOptions, tlsPair } from '../options/tls-options.ts';
import { untilStopped } from '../terminal/interrupt.ts';
import { tellStart } from '../terminal/start-text.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options
  extends MisbehaviourOptions,
    FaultOption,
    EventFaultsOption,
    StoreOptions,
    TlsOptions,
    KeyOptions,
    AgentOptions {
  readonly cors: readonly string[];
  readonly host: string;
  readonly allowRemote?: boolean;
  readonly port: number;
  readonly controlHost: string;
  readonly controlPort: number;
  readonly profile: 'aws' | 'stress';
  readonly rate?: number;
  readonly burst?: number;
  readonly seed?: string;
  readonly accessLog?: string | true;
  readonly feederJournal?: string | true;
  readonly speed?: number;
  readonly dials?: string;
  readonly events: readonly string[];
  readonly killAt?: KillPoint;
  readonly capacity?: boolean;
  readonly json?: boolean;
  /** Of the configuration. */
  readonly configuredInstances?: readonly SeedInstance[];
  readonly configuredKeys?: readonly SeedKey[];
}

export function emulatorCommand(command: Command): void {
  addEventFaultsOption(
    addAgentOptions(
      addTlsOptions(
        addKeyOptions(
          addStoreOptions(addFaultOption(addMisbehaviourOptions(fromEnvironment(command)))),
        ),
      ),
    ),
  )
    .description('serve the emulated endpoint until interrupted')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '--allow-remote',
      'allow a --host and --control-host that other machines can reach, and --dials and --events on another machine',
    )
    .option('--port <n>', 'port; 0 for any free port', wholeNumber(0, 65_535), 4010)
    .option('--control-host <address>', 'address of the control door', '127.0.0.1')
    .option(
      '--control-port <n>',
      'port of the control door; 0 for any free port',
      wholeNumber(0, 65_535),
      0,
    )
    .addOption(
      new Option('--profile <name>', 'aws: 10 requests/s, burst 15; stress: no quota')
        .choices(['aws', 'stress'])
        .default('aws'),
    )
    .option(
      '--rate <n>',
      'requests per second, instead of the profile’s',
      wholeNumber(1, 1_000_000),
    )
    .option('--burst <n>', 'burst, instead of the profile’s', wholeNumber(1, 1_000_000))
    .addOption(
      new Option(
        '--cors <origin>',
        'let the web pages of this origin call it, * for any (repeatable)',
      )
        .argParser((text: string, before: readonly string[]) => [...before, originIn(text)])
        .default([], 'none'),
    )
    .option(
      '--seed <file or JSON>',
      'add the instances, queues, numbers, campaign ids and keys of this JSON file, or of this JSON',
    )
    .option(
      '--speed <n>',
      'run the virtual clock n times as fast as the system clock',
      wholeNumber(1, 10_000),
    )
    .option(
      '--dials <file or url>',
      'give a line of JSON for every call that campaigns make to a file, or by POST to a URL',
    )
    .addOption(
      new Option(
        '--events <file or url>',
        'give every contact event as a line of JSON to a file, or by POST to a URL (repeatable)',
      )
        .argParser((target: string, before: string[]) => [...before, target])
        .default([] as string[], 'none'),
    )
    .addOption(
      new Option(
        '--kill-at <point>',
        `end the process at once, before or after the n-th commit of campaigns at a point, such as K1:before:3: ${Object.entries(
          COMMIT_POINTS,
        )
          .map(([point, meaning]) => `${point} (${meaning})`)
          .join(', ')}`,
      ).argParser((text: string) => {
        const read = readKillPoint(text);
        if (!read) throw new InvalidArgumentError('write a point such as K1:before:3.');
        return read;
      }),
    )
    .option('--access-log [file]', 'write one line of JSON per request (default file: stderr)')
    .option(
      '--feeder-journal [file]',
      'record the calls that hand over dial requests, for "dialproof feeder check" (default: in memory only)',
    )
    .option(
      '--capacity',
      'measure how many calls the endpoint can handle on this machine, then exit',
    )
    .option('--json', 'print the address and credentials as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof emulator
  dialproof emulator --profile stress --port 4010
  dialproof emulator --data-dir ./dialproof-data
  dialproof emulator --store redis://127.0.0.1:6379/0
  dialproof emulator --choice throttleError=ThrottlingException --bug forgets-tokens
  dialproof emulator --faults ambiguous
  dialproof emulator --seed seed.json
  dialproof emulator --tls
  dialproof emulator --region eu-central-1 --account 999999999999
  dialproof emulator --cors http://localhost:3000
  dialproof emulator --speed 60 --dials dials.ndjson
  dialproof emulator --speed 60 --events events.ndjson --event-faults repetition=0.1
  dialproof emulator --access-log access.ndjson
  dialproof emulator --feeder-journal feeder.ndjson
  dialproof emulator --capacity --data-dir ./dialproof-data

Every option can be given as an environment variable, such as DIALPROOF_CONTROL_PORT=4011 or DIALPROOF_TLS=true.
The command line comes first, then the variable. Spaces separate the values of a repeatable option.
${CHOICES_HELP}
${FAULTS_HELP}`,
    )
    .action(async (options: Options) => {
      const terminal = new Terminal(options.json === true);
      if (options.capacity) return capacityOf(terminal, options);
      const { account, region } = options;
      const choices = choose(choicesOf(options.choice, CHOICES));
      const ordinary = ordinaryFacts({ account, region, choices });
      const seed = seedOf(options, ordinary);
      const facts = seed?.addedTo(ordinary) ?? ordinary;
      const keys = withKeys(keysOf(options), seed?.keys ?? []);
      const tls = tlsPair(options, options.host);
      // A parent that starts this again and again tells it once.
      if (!process.send) {
        tellBugs(terminal, options.bug);
        for (const line of misspeltVariables(command)) terminal.warn(line);
      }
      tellFaults(terminal, options.faults);
      // Before the start: process 1 of a container ignores a signal that it does not handle.
      const stopped = untilStopped(terminal);
      const emulator = await startEmulator({
        ...emulatorOptions(options),
        facts,
        keys,
        ...(tls ? { tls } : {}),
        log: (line) => terminal.warn(line),
      });
      const { url, controlUrl, credentials } = emulator;
      const certificate = options.tls && tls ? tls.cert : null;
      const [instance] = facts.instances;
      if (terminal.json) {
        const faults = options.faults?.faults ?? [];
        terminal.document({
          ...{ url, controlUrl, account, region, instance, credentials, certificate },
          bugs: options.bug,
          faults,
        });
      } else {
        tellStart(terminal, {
          ...{ url, controlUrl, credentials, certificate, facts },
          ...options,
        });
      }
      await stopped;
      await emulator.close();
    });
}

/** What a file adds, or else the configuration. */
function seedOf(options: Options, ordinary: Facts): ReadSeed | null {
  const { seed, configuredInstances: instances = [], configuredKeys: keys = [] } = options;
  if (seed !== undefined) return seedIn(seed, ordinary);
  return instances.length + keys.length === 0 ? null : readSeed({ instances, keys }, ordinary);
}

function originIn(text: string): string {
  const origin = readOrigin(text);
  if (origin === null) throw new InvalidArgumentError(`write ${ORIGIN_WANTED}.`);
  return origin;
}

function emulatorOptions(options: Options): EmulatorOptions {
  const {
    host,
    allowRemote = false,
    port,
    controlHost,
    controlPort,
    profile,
    rate,
    burst,
    bug,
    choice,
    faults,
    accessLog,
    feederJournal,
    speed,
    dials,
    events,
    eventFaults,
    killAt,
    cors,
  } = options;
  const agents = staffIn(options);
  return {
    ...backendOptions(options),
    host,
    allowRemote,
    port,
    controlHost,
    controlPort,
    profile,
    bugs: bug,
    cors,
    campaignChoices: choicesOf(choice, CAMPAIGN_CHOICES),
    ...(accessLog === undefined ? {} : { accessLog: accessLog === true ? '-' : accessLog }),
    ...(feederJournal === undefined ? {} : { feederJournal }),
    ...(speed === undefined ? {} : { speed }),
    ...(dials === undefined ? {} : { dials }),
    ...(Object.keys(agents).length === 0 ? {} : { agents }),
    events,
    ...(eventFaults === undefined ? {} : { eventFaults }),
    ...(killAt === undefined ? {} : { killAt }),
    ...(faults === undefined ? {} : { faults }),
    ...(rate === undefined ? {} : { rate }),
    ...(burst === undefined ? {} : { burst }),
  };
}

/** @throws UserError for options that a capacity measurement cannot honour. */
async function capacityOf(terminal: Terminal, options: Options): Promise<void> {
  const { bug, choice, accessLog, ...store } = options;
  const { faults, rate, burst, seed, speed, dials, agents, feederJournal } = options;
  const { tls, tlsCert, tlsKey, accessKey, cors } = options;
  const events = options.events[0] ?? options.eventFaults;
  const shift = options.shift[0];
  const without = [faults, rate, burst, seed, speed, dials, events, agents, shift, feederJournal];
  const doors = [tls, tlsCert, tlsKey, accessKey, cors[0]];
  if (doors.some((option) => option !== undefined)) {
    throw new UserError(
      '--capacity measures a plain endpoint with its own keys: leave out --tls, --tls-cert, --tls-key, --access-key and --cors',
    );
  }
  if (without.some((option) => option !== undefined)) {
    throw new UserError(
      '--capacity measures the endpoint without faults, quota, seed, speed, dials, events, agents and feeder journal: leave out --faults, --rate, --burst, --seed, --speed, --dials, --events, --event-faults, --agents, --shift and --feeder-journal',
    );
  }
  const log =
    accessLog === undefined ? [] : ['--access-log', ...(accessLog === true ? [] : [accessLog])];
  const own = [...misbehaviourArgs({ bug, choice }), ...log];
  // Loaded when asked for: its client is most of what this command would load.
  const { tellCapacity } = await import('./capacity.ts');
  await tellCapacity(terminal, { bugs: bug, args: own, store });
}
