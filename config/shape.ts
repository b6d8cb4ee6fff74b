/** Reads a configuration from parsed JSON. The published JSON Schema is made from this reader. */

import { MOST_AGENTS, type Shift } from '../campaigns/shifts.ts';
import { queue } from '../emulator/control/facts-patch.ts';
import { ACCOUNT, KEY, type SeedInstance, type SeedKey } from '../emulator/seed.ts';
import { LOCALE_NAMES } from '../generators/locales.ts';
import { SCENARIO_NAMES, SCENARIOS } from '../load/lib/profiles.ts';
import type { ChoiceRow } from '../operation/aws/definition/choices.ts';
import { CAMPAIGN_CHOICES } from '../operation/campaigns/choices.ts';
import { CHOICES } from '../operation/connect/choices.ts';
import {
  amount,
  exactly,
  filledText,
  flag,
  having,
  list,
  Mismatch,
  numberFrom,
  object,
  oneOf,
  optional,
  orNull,
  type Reader,
  record,
  unknownMember,
  wholeNumberFrom,
} from '../system/read.ts';
import { type Schema, schemaOf, withSchema } from '../system/schema.ts';
import type {
  CampaignConfig,
  Config,
  ContactsConfig,
  EmulatorConfig,
  LoadConfig,
  OutputsConfig,
  PublishingConfig,
} from './config.ts';

/**
 * A member that may be left out, with a sentence that editors show. What is left out reads as undefined; the type says
 * nothing of it, because every such member is optional in the type of its object.
 */
function member<T>(description: string, read: Reader<T>): Reader<T> {
  const told: Reader<T> = withSchema(
    (value, at) => read(value, at),
    () => ({ description, ...schemaOf(read) }),
  );
  return optional(told, undefined) as Reader<T>;
}

const PORT = wholeNumberFrom(0, 65_535);

const instance = exactly<SeedInstance>({
  id: filledText,
  queues: member('A queue takes the place of one with the same id.', list(queue)),
  numbers: member('Phone numbers of the instance, in E.164 form.', list(filledText)),
  campaigns: member(
    'Campaign ids that it knows, and no others; null accepts any.',
    orNull(list(filledText)),
  ),
});

const shift = exactly<Shift>({
  from: filledText,
  to: filledText,
  agents: wholeNumberFrom(0, MOST_AGENTS),
});

const count = wholeNumberFrom(0, MOST_AGENTS);

const agents: Reader<number | readonly Shift[]> = withSchema(
  (value, at) => (Array.isArray(value) ? list(shift)(value, at) : count(value, at)),
  () => ({ anyOf: [schemaOf(count), schemaOf(list(shift))] }),
);

const ROWS: Readonly<Record<string, ChoiceRow<unknown>>> = { ...CHOICES, ...CAMPAIGN_CHOICES };

/** The text of a choice, as `--choice name=value` has it. */
export function choiceText(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

const choices: Reader<Record<string, unknown>> = withSchema(
  (value, at) => {
    const given = object(value, at);
    for (const [name, one] of Object.entries(given)) {
      const row = Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
      if (!row) throw unknownMember(at, name, Object.keys(ROWS));
      const isPlain = typeof one !== 'object' || Array.isArray(one);
      if (!isPlain || row.read(choiceText(one)) === null) {
        throw new Mismatch(`${at}.${name}`, row.values, one);
      }
    }
    return given;
  },
  () => ({
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(ROWS).map(([name, row]) => [
        name,
        { description: `${row.meaning}: ${row.values}`, default: row.default },
      ]),
    ),
    additionalProperties: false,
  }),
);

const faults: Reader<string | object> = withSchema(
  (value, at) => (typeof value === 'string' ? filledText(value, at) : object(value, at)),
  () => ({ anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }] }),
);

const isPath = (name: string): boolean => /[/\\]|\.[tj]s$/.test(name);

const values = record(amount);

const scenarios: Reader<Record<string, Record<string, number>>> = withSchema(
  (value, at) => {
    const read: Record<string, Record<string, number>> = {};
    for (const [name, one] of Object.entries(object(value, at))) {
      const here = `${at}.${name}`;
      const known = SCENARIO_NAMES.find((candidate) => candidate === name);
      if (!known && !isPath(name)) throw unknownMember(at, name, SCENARIO_NAMES);
      const given = values(one, here);
      const keys = known && Object.keys(SCENARIOS[known].profile);
      const wrong = keys && Object.keys(given).find((key) => !keys.includes(key));
      if (keys && wrong !== undefined) throw unknownMember(here, wrong, keys);
      read[name] = { ...given };
    }
    return read;
  },
  () => ({
    type: 'object',
    properties: Object.fromEntries(
      SCENARIO_NAMES.map((name) => [name, profileSchema(SCENARIOS[name])]),
    ),
    patternProperties: { '[/\\\\]|\\.[tj]s$': schemaOf(values) },
    additionalProperties: false,
  }),
);

function profileSchema(row: {
  readonly meaning: string;
  readonly profile: Readonly<Record<string, number>>;
}): Schema {
  const members = Object.entries(row.profile).map(
    ([key, usual]) => [key, { type: 'number', minimum: 0, default: usual }] as const,
  );
  return {
    description: row.meaning,
    type: 'object',
    properties: Object.fromEntries(members),
    additionalProperties: false,
  };
}

const emulator = exactly<EmulatorConfig>({
  port: member('Port; 0 for any free one.', PORT),
  controlPort: member('Port of the control door; 0 for any free one.', PORT),
  profile: member('aws: 10 requests a second, burst 15; stress: no quota.', oneOf('aws', 'stress')),
  rate: member(
    'Requests a second, instead of those of the profile.',
    wholeNumberFrom(1, 1_000_000),
  ),
  burst: member('Burst, instead of that of the profile.', wholeNumberFrom(1, 1_000_000)),
  speed: member(
    'How many times as fast as the system clock its clock runs.',
    wholeNumberFrom(1, 10_000),
  ),
  dataDir: member('Folder that keeps contacts and tokens.', filledText),
  store: member('redis:// URL of a store that several emulators share.', filledText),
  retention: member('Seconds for which contacts and tokens are kept.', wholeNumberFrom(1, 2 ** 31)),
  cors: member('Origins of web pages that may call it; * for any.', list(filledText)),
  dials: member('File or URL that gets every call of campaigns.', filledText),
  events: member('Files and URLs that get every contact event.', list(filledText)),
  accessLog: member('File that gets a line for every request.', filledText),
  feederJournal: member('File that gets the calls that hand over dial requests.', filledText),
});

const contacts = exactly<ContactsConfig>({
  seed: member('Seed of everything that is generated.', wholeNumberFrom(0, 2 ** 32 - 1)),
  batches: member('Batches in the corpus.', wholeNumberFrom(1, 10_000_000)),
  contactsPerBatch: member('Contacts in a batch.', wholeNumberFrom(1, 25)),
  locales: member('Locales of the contacts.', list(oneOf(...LOCALE_NAMES))),
  mix: member('Shares of failure codes: none, every=0.1 or CODE=0.05,…', filledText),
});

const campaign = exactly<CampaignConfig>({
  mode: member(
    'How the campaign dials.',
    oneOf('progressive', 'predictive', 'agentless', 'preview'),
  ),
  contacts: member('People to dial.', wholeNumberFrom(1)),
  bandwidth: member('bandwidthAllocation: share of the agents.', numberFrom(0, 2)),
  capacity: member('Share of the lines.', numberFrom(0.01, 1)),
  feeder: member('How contacts are handed over.', oneOf('fill', 'blast')),
  expiresIn: member('Seconds until a dial request expires.', wholeNumberFrom(1)),
  resends: member(
    'How often the feeder "fill" sends an expired contact again.',
    wholeNumberFrom(0, 1_000),
  ),
  pendingLimit: member('Dial requests that the campaign holds.', wholeNumberFrom(1, 10_000_000)),
  speed: member(
    'How many times as fast as the system clock "campaign run" goes.',
    wholeNumberFrom(1, 1_000),
  ),
  hours: member('Hours (UTC) in which the feeder sends, such as 09:00-20:00.', filledText),
});

const load = exactly<LoadConfig>({
  engine: member(
    'dialproof: the embedded engine; k6: your installed k6.',
    oneOf('dialproof', 'k6'),
  ),
  k6: member('Path of k6, for the engine k6.', filledText),
  workers: member('Processes, each with a part of the load.', wholeNumberFrom(1, 64)),
});

const URL_TEXT = having<string>(
  'an http or https URL',
  (value) => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value),
  { type: 'string', pattern: '^https?://' },
);

const outputs = exactly<OutputsConfig>({
  json: member('File that gets every sample.', filledText),
  otlp: member('OTLP/HTTP collector.', URL_TEXT),
  prometheus: member('Prometheus remote-write endpoint.', URL_TEXT),
});

const publishing = exactly<PublishingConfig>({
  to: member('Targets, such as github or folder=site.', list(filledText)),
  on: member('always, failure, change, or TARGET=WHEN.', list(filledText)),
  keep: member('Runs that a site keeps.', wholeNumberFrom(1, 10_000)),
  reportUrl: member(
    'Where the report can be read; {run} stands for the folder of the run.',
    URL_TEXT,
  ),
  baseline: member('run.json of the run to compare with.', filledText),
});

/** @throws UserError that names the place, such as `scenarios.throughput.rate`. */
export const readShape: Reader<Config> = exactly<Config>(
  {
    $schema: member('Address of this schema.', filledText),
    region: member('Region of the emulator.', filledText),
    account: member('Account of the emulator: twelve digits.', ACCOUNT),
    keys: member(
      'Access keys of the emulator, in addition to the built-in ones. They are made up, and no secrets.',
      list(KEY as Reader<SeedKey>),
    ),
    instances: member(
      'Instances of the emulator, with their queues, numbers and campaign ids.',
      list(instance),
    ),
    agents: member('Agents in every queue: how many, or shifts (UTC).', agents),
    choices: member('What the emulator does where AWS leaves a question open.', choices),
    faults: member('A built-in fault plan, the path of one, or the plan.', faults),
    emulator: member('Of "dialproof emulator".', emulator),
    contacts: member('Of the contacts that are generated.', contacts),
    campaign: member('Of "campaign run" and "campaign plan".', campaign),
    contracts: member('Whether "dialproof run" takes in the contracts.', flag),
    load: member('Of "run" and "load run".', load),
    scenarios: member(
      'Scenarios, by name or path, each with values of its profile. "dialproof run" runs those that have a name.',
      scenarios,
    ),
    outputs: member('Where metrics go during a load.', outputs),
    publishing: member('Of "dialproof publish".', publishing),
    out: member('Folder in which each run gets its own folder.', filledText),
  },
  'the configuration',
);
