/** dialproof emulator: runs the endpoint until it gets a signal to stop. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { MOST_AGENTS } from '../../campaigns/shifts.ts';
import { CAMPAIGNS_REFUSED } from '../../emulator/call/campaigns-of.ts';
import {
  COMMIT_POINTS,
  type KillPoint,
  readKillPoint,
} from '../../emulator/campaigns/kill-points.ts';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { ORDINARY_KEYS } from '../../emulator/identity/keys.ts';
import { withKeys } from '../../emulator/seed.ts';
import { CAMPAIGN_CHOICES } from '../../operation/campaigns/choices.ts';
import { CHOICES, choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import {
  addMisbehaviourOptions,
  CHOICES_HELP,
  choicesOf,
  type MisbehaviourOptions,
  misbehaviourArgs,
  seededBug,
} from '../options/emulator-options.ts';
import {
  addFaultOption,
  FAULTS_HELP,
  type FaultOption,
  tellFaults,
} from '../options/fault-option.ts';
import { wholeNumber } from '../options/read-option.ts';
import { seedIn } from '../options/seed-option.ts';
import { addStoreOptions, backendOptions, type StoreOptions } from '../options/store-options.ts';
import { untilStopped } from '../terminal/interrupt.ts';
import { regionExport } from '../terminal/region-export.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options extends MisbehaviourOptions, FaultOption, StoreOptions {
  readonly host: string;
  readonly allowRemote?: boolean;
  readonly port: number;
  readonly controlPort: number;
  readonly profile: 'aws' | 'stress';
  readonly rate?: number;
  readonly burst?: number;
  readonly seed?: string;
  readonly accessLog?: string | true;
  readonly feederJournal?: string | true;
  readonly speed?: number;
  readonly dials?: string;
  readonly agents?: number;
  readonly killAt?: KillPoint;
  readonly capacity?: boolean;
  readonly json?: boolean;
}

export function emulatorCommand(command: Command): void {
  addStoreOptions(addFaultOption(addMisbehaviourOptions(command)))
    .description('serve the emulated endpoint until interrupted')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '--allow-remote',
      'allow a --host that other machines can reach, and --dials on another machine',
    )
    .option('--port <n>', 'port; 0 for any free port', wholeNumber(0, 65_535), 4010)
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
    .option(
      '--seed <file>',
      'add the instances, queues, numbers, campaign ids and keys of this JSON file',
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
    .option(
      '--agents <n>',
      'agents in every queue, who take the calls of campaigns (default: 10)',
      wholeNumber(0, MOST_AGENTS),
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
  dialproof emulator --speed 60 --dials dials.ndjson
  dialproof emulator --access-log access.ndjson
  dialproof emulator --feeder-journal feeder.ndjson
  dialproof emulator --capacity --data-dir ./dialproof-data
${CHOICES_HELP}
${FAULTS_HELP}`,
    )
    .action(async (options: Options) => {
      const terminal = new Terminal(options.json === true);
      if (options.capacity) return capacityOf(terminal, options);
      const ordinary = ordinaryFacts({ choices: choose(choicesOf(options.choice, CHOICES)) });
      const seed = options.seed === undefined ? null : seedIn(options.seed, ordinary);
      const facts = seed?.addedTo(ordinary) ?? ordinary;
      const keys = withKeys(ORDINARY_KEYS, seed?.keys ?? []);
      for (const bug of options.bug) terminal.warn(seededBug(bug));
      tellFaults(terminal, options.faults);
      const emulator = await startEmulator({ ...emulatorOptions(options), facts, keys });
      const { url, controlUrl, credentials } = emulator;
      if (terminal.json) {
        const faults = options.faults?.faults ?? [];
        const { bug: bugs } = options;
        terminal.document({ url, controlUrl, region: facts.region, credentials, bugs, faults });
      } else {
        const { principal, outsider } = credentials;
        terminal.say(`listening at       ${url}  (profile ${options.profile}, Ctrl-C stops)`);
        terminal.say(`control door at    ${controlUrl}`);
        terminal.say(`provider states    ${new URL('/provider-states', controlUrl).href}`);
        if (options.store !== undefined) terminal.say(`campaigns          ${CAMPAIGNS_REFUSED}`);
        if (options.dials !== undefined) terminal.say(`dials go to        ${options.dials}`);
        terminal.say('');
        terminal.say(`export AWS_ENDPOINT_URL_CONNECT=${url}`);
        if (options.store === undefined) {
          terminal.say(`export AWS_ENDPOINT_URL_CONNECTCAMPAIGNS=${url}`);
          terminal.say(`export AWS_ENDPOINT_URL_CONNECTCAMPAIGNSV2=${url}`);
        }
        terminal.say(regionExport(facts.region));
        terminal.say(`export AWS_ACCESS_KEY_ID=${principal.accessKeyId}`);
        terminal.say(`export AWS_SECRET_ACCESS_KEY=${principal.secretAccessKey}`);
        terminal.say(`instance           ${facts.instances[0]?.id}`);
        terminal.say(`refused caller     ${outsider.accessKeyId} / ${outsider.secretAccessKey}`);
      }
      await untilStopped(terminal);
      await emulator.close();
    });
}

function emulatorOptions(options: Options): EmulatorOptions {
  const {
    host,
    allowRemote = false,
    port,
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
    agents,
    killAt,
  } = options;
  return {
    ...backendOptions(options),
    host,
    allowRemote,
    port,
    controlPort,
    profile,
    bugs: bug,
    campaignChoices: choicesOf(choice, CAMPAIGN_CHOICES),
    ...(accessLog === undefined ? {} : { accessLog: accessLog === true ? '-' : accessLog }),
    ...(feederJournal === undefined ? {} : { feederJournal }),
    ...(speed === undefined ? {} : { speed }),
    ...(dials === undefined ? {} : { dials }),
    ...(agents === undefined ? {} : { agents: { count: agents } }),
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
  const without = [faults, rate, burst, seed, speed, dials, agents, feederJournal];
  if (without.some((option) => option !== undefined)) {
    throw new UserError(
      '--capacity measures the endpoint without faults, quota, seed, speed, dials, agents and feeder journal: leave out --faults, --rate, --burst, --seed, --speed, --dials, --agents and --feeder-journal',
    );
  }
  const log =
    accessLog === undefined ? [] : ['--access-log', ...(accessLog === true ? [] : [accessLog])];
  const own = [...misbehaviourArgs({ bug, choice }), ...log];
  // Loaded when asked for: its client is most of what this command would load.
  const { tellCapacity } = await import('./capacity.ts');
  await tellCapacity(terminal, { bugs: bug, args: own, store });
}
