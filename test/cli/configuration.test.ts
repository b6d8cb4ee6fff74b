/** Commands take from the configuration what their flags and the environment do not say. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { campaignCommand } from '../../cli/commands/campaign.ts';
import { contractsCommand } from '../../cli/commands/contracts.ts';
import { crashTestCommand } from '../../cli/commands/crash-test.ts';
import { emulatorCommand } from '../../cli/commands/emulator.ts';
import { feederCommand } from '../../cli/commands/feeder.ts';
import { generateCommand } from '../../cli/commands/generate.ts';
import { loadCommand } from '../../cli/commands/load.ts';
import { publishCommand } from '../../cli/commands/publish.ts';
import { reportCommand } from '../../cli/commands/report.ts';
import { runCommand } from '../../cli/commands/run.ts';
import {
  addConfigurationOptions,
  ConfiguredCommand,
} from '../../cli/configuration/configured-command.ts';
import { ROWS } from '../../cli/configuration/rows.ts';
import { readShape } from '../../config/shape.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { type Schema, schemaOf } from '../../system/schema.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, PATIENT } from './command.ts';

const dir = tempDir();

const DEFINED = {
  run: runCommand,
  load: loadCommand,
  emulator: emulatorCommand,
  generate: generateCommand,
  feeder: feederCommand,
  campaign: campaignCommand,
  contracts: contractsCommand,
  'crash-test': crashTestCommand,
  publish: publishCommand,
  report: reportCommand,
};

function tree(): Command {
  const root = new ConfiguredCommand('dialproof').enablePositionalOptions().exitOverride();
  root.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  for (const [name, define] of Object.entries(DEFINED)) define(root.command(name));
  addConfigurationOptions(root);
  return root;
}

function find(root: Command, path: string): Command {
  return path.split(' ').reduce<Command>((at, name) => {
    const found = at.commands.find((one) => one.name() === name);
    if (!found) throw new Error(`there is no command ${path}`);
    return found;
  }, root);
}

function below(command: Command): Command[] {
  return [command, ...command.commands.flatMap(below)];
}

test('no option takes an empty text: a variable that is not set is no address and no folder', () => {
  const taking = below(tree()).flatMap((command) =>
    command.options
      .filter((option) => option.required || option.optional)
      .map((option) => [command, option.long ?? ''] as const),
  );
  expect(taking.length).toBeGreaterThan(100);
  for (const [command, name] of taking) {
    expect(() => command.parseOptions([name, ''])).toThrow(
      `${name} is empty: give it a value, or leave it out`,
    );
  }
});

let count = 0;

/** The options that the action of a command gets. */
async function optionsOf(
  config: object,
  path: string,
  ...args: readonly string[]
): Promise<Record<string, unknown>> {
  count += 1;
  mkdirSync(join(dir, String(count)));
  const file = join(dir, String(count), 'dialproof.config.json');
  writeFileSync(file, JSON.stringify(config, null, 2));
  const root = tree();
  const command = find(root, path);
  command.action(() => undefined);
  await root.parseAsync(['node', 'dialproof', ...path.split(' '), '--config', file, ...args]);
  return command.opts();
}

test('every row names options that its commands have', () => {
  const root = tree();
  const missing = ROWS.flatMap(({ of, option }) =>
    of
      .map((path) => [path, find(root, path)] as const)
      .filter(([, { options }]) =>
        option === undefined
          ? false
          : !options.some(({ long }) => long === `--${option}` || long === `--no-${option}`),
      )
      .map(([path]) => `${path} --${option}`),
  );
  expect(missing).toEqual([]);
});

test('no member is without effect', () => {
  const { properties } = schemaOf(readShape) as { properties: Record<string, Schema> };
  const inside = ['emulator', 'contacts', 'campaign', 'load', 'publishing'];
  const members = Object.entries(properties).flatMap(([name, schema]) =>
    inside.includes(name)
      ? Object.keys(schema.properties as object).map((one) => `${name}.${one}`)
      : [name],
  );
  const used = ROWS.map(({ member }) => member);
  expect(members.filter((one) => !used.includes(one))).toEqual(['$schema']);
  expect(used.filter((one) => !members.includes(one))).toEqual([]);
  const manual = readFileSync(join(PACKAGE_ROOT, 'docs', 'configuration.md'), 'utf8');
  const names = members.flatMap((one) => one.split('.'));
  expect(names.filter((one) => !manual.includes(`\`${one}\``) && one !== '$schema')).toEqual([]);
});

test('the configuration counts before defaults, and flags before the configuration', async () => {
  const config = { region: 'eu-central-1', emulator: { port: 4020, rate: 5 } };
  expect(await optionsOf(config, 'emulator')).toMatchObject({
    region: 'eu-central-1',
    port: 4020,
    rate: 5,
    profile: 'aws',
  });
  const flagged = await optionsOf(config, 'emulator', '--port', '0', '--profile', 'stress');
  expect(flagged).toMatchObject({ region: 'eu-central-1', port: 0, profile: 'stress' });
  expect(flagged).not.toHaveProperty('rate');
});

test('the environment counts before the configuration', async () => {
  const name = 'DIALPROOF_TEST_CORS';
  const root = new ConfiguredCommand('dialproof').enablePositionalOptions();
  const command = root.command('emulator').addOption(
    new Option('--cors <origin>')
      .env(name)
      .argParser((text: string, before: readonly string[]) => [...before, text])
      .default([]),
  );
  addConfigurationOptions(root);
  command.action(() => undefined);
  const file = join(dir, 'environment.json');
  writeFileSync(file, JSON.stringify({ emulator: { cors: ['http://a.example'] } }));
  const corsWith = async (...args: readonly string[]) => {
    await root.parseAsync(['node', 'dialproof', 'emulator', '--config', file, ...args]);
    return command.opts().cors as unknown;
  };
  expect(await corsWith()).toEqual(['http://a.example']);
  process.env[name] = 'http://b.example';
  try {
    expect(await corsWith()).toEqual(['http://b.example']);
  } finally {
    delete process.env[name];
  }
});

test('a flag replaces a list, and of named values those that it names', async () => {
  const config = {
    choices: { emptyLists: 'omitted', tokenLifetimeSeconds: 60 },
    emulator: { events: ['http://127.0.0.1:1/a', 'http://127.0.0.1:1/b'] },
  };
  const args = ['--events', 'http://127.0.0.1:1/c', '--choice', 'emptyLists=present'];
  expect(await optionsOf(config, 'emulator')).toMatchObject({
    choice: { emptyLists: 'omitted', tokenLifetimeSeconds: 60 },
    events: ['http://127.0.0.1:1/a', 'http://127.0.0.1:1/b'],
  });
  expect(await optionsOf(config, 'emulator', ...args)).toMatchObject({
    choice: { emptyLists: 'present', tokenLifetimeSeconds: 60 },
    events: ['http://127.0.0.1:1/c'],
  });
});

test('paths count from the folder of the configuration', async () => {
  const { out } = await optionsOf({ out: 'results' }, 'contracts');
  expect(join(process.cwd(), String(out))).toBe(join(dir, String(count), 'results'));
});

test('scenarios have values of their own, and "run" runs those that have a name', async () => {
  const config = { scenarios: { smoke: { iterations: 3 }, './evening.ts': { pages: 3 } } };
  expect(await optionsOf(config, 'run')).toMatchObject({
    scenarios: ['smoke'],
    configuredValues: {
      smoke: { iterations: 3 },
      [join(dir, String(count), 'evening.ts')]: { pages: 3 },
    },
  });
});

test.each([
  ['agents', { agents: 3 }, ['--shift', '09:00-17:00=2'], { shift: [expect.anything()] }, 'agents'],
  ['the store', { emulator: { store: 'redis://h' } }, ['--data-dir', 'd'], {}, 'store'],
  ['what is measured', { agents: 3 }, ['--capacity'], { capacity: true }, 'agents'],
  ['instances', { instances: [{ id: 'i' }] }, ['--seed', 's.json'], {}, 'configuredInstances'],
])('what a flag says otherwise is left out: %s', async (_, config, args, has, hasNot) => {
  const options = await optionsOf(config, 'emulator', ...args);
  expect(options).toMatchObject(has);
  expect(options[hasNot]).toBeUndefined();
});

test('the contracts can be left out, and taken in by a flag', async () => {
  expect(await optionsOf({ contracts: false }, 'run')).toMatchObject({ contracts: false });
  expect(await optionsOf({ contracts: false }, 'run', '--contracts')).toMatchObject({
    contracts: true,
  });
  expect(await optionsOf({}, 'run')).toMatchObject({ contracts: true });
  expect(await optionsOf({ contracts: true }, 'run', '--no-contracts')).toMatchObject({
    contracts: false,
  });
});

test('where to publish may be in the configuration', async () => {
  expect(await optionsOf({ publishing: { to: ['slack'] } }, 'publish')).toMatchObject({
    to: ['slack'],
  });
});

test.each([
  [
    'publish',
    { publishing: { to: ['slack', 'slak'] } },
    /:3:5: publishing\.to: there is no target "slak": /,
  ],
  [
    'emulator',
    { emulator: { cors: ['localhost'] } },
    /:3:5: emulator\.cors: write an origin such as /,
  ],
  ['emulator', { region: 'nowhere at all' }, /:2:3: region: /],
  ['run', { contacts: { mix: 'NO_CODE=1' } }, /:3:5: contacts\.mix: /],
])('what an option of %s refuses is told with its place', async (path, config, message) => {
  const told = optionsOf(config, path);
  await expect(told).rejects.toThrow(message);
});

test('a command below another is not kept from its work by a configuration that it does not use', async () => {
  const root = tree();
  const drift = find(root, 'contracts drift');
  drift.action(() => undefined);
  const file = join(dir, 'broken.json');
  writeFileSync(file, '{');
  const parse = (...args: readonly string[]) =>
    root.parseAsync(['node', 'dialproof', 'contracts', '--config', file, ...args]);
  await expect(parse('drift')).resolves.toBeDefined();
  await expect(parse()).rejects.toThrow(/broken\.json:1:2: this is not JSON/);
});

test('a configuration that is wrong ends the command with 2, and one sentence', async () => {
  const file = join(dir, 'wrong.json');
  writeFileSync(file, '{\n  "regoin": "eu-central-1"\n}\n');
  const { code, stdout, stderr } = await dialproof('emulator', '--config', file);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^dialproof: .*wrong\.json:2:3: the configuration has no member 'regoin'; .* Did you mean "region"\?\n$/,
  );
});

test.each([
  ['run', []],
  ['load run', ['smoke']],
  ['campaign run', []],
  ['feeder check', []],
] as const)('%s has an emulator as the configuration says', async (path, args) => {
  const config = {
    region: 'eu-central-1',
    account: '210987654321',
    instances: [{ id: 'i' }],
    keys: [{ accessKeyId: 'AKIDMYTESTSEXAMPLE', secretAccessKey: 'not-told' }],
  };
  const options = await optionsOf(config, path, ...args);
  expect(options).toMatchObject({
    configuredRegion: 'eu-central-1',
    configuredAccount: '210987654321',
    configuredInstances: config.instances,
    configuredKeys: config.keys,
  });
  expect(options.configuration).toMatchObject({
    values: { region: 'eu-central-1', keys: ['AKIDMYTESTSEXAMPLE'] },
  });
  expect(JSON.stringify(options.configuration)).not.toContain('not-told');
});

test.each([
  ['load run', ['smoke', '--target', 'http://127.0.0.1:1']],
  ['feeder check', ['--journal', 'a']],
  ['feeder check', ['--control', 'http://127.0.0.1:1']],
] as const)('%s without an emulator of its own has only the Region: %j', async (path, args) => {
  const config = {
    region: 'eu-central-1',
    account: '210987654321',
    instances: [{ id: 'i' }],
    faults: 'unreliable',
    agents: 3,
    campaign: { pendingLimit: 3 },
  };
  const { configuration } = await optionsOf(config, path, ...args);
  expect(configuration).toMatchObject({ values: { region: 'eu-central-1' } });
  const { values } = configuration as { values: object };
  expect(Object.keys(values)).toEqual(['region']);
});

test('what acted is told: not what a flag says, nor what is of another scenario, nor a login', async () => {
  const config = {
    contacts: { batches: 20, contactsPerBatch: 5 },
    choices: { emptyLists: 'omitted', throttleError: 'ThrottlingException' },
    scenarios: { smoke: { iterations: 3 }, './evening.ts': { pages: 3 } },
    outputs: { prometheus: 'https://user:login@metrics.example/write?token=abcdef' },
    publishing: { to: ['slack'] },
  };
  const args = ['--batches', '30', '--choice', 'emptyLists=present'];
  const { configuration } = await optionsOf(config, 'load run', 'smoke', ...args);
  expect(configuration).toEqual({
    file: expect.stringMatching(/dialproof\.config\.json$/),
    values: {
      'contacts.contactsPerBatch': 5,
      choices: { throttleError: 'ThrottlingException' },
      scenarios: { smoke: { iterations: 3 } },
      outputs: { prometheus: 'https://metrics.example/write' },
    },
  });
  const script = join(dir, String(count + 1), 'evening.ts');
  expect((await optionsOf(config, 'load run', script)).configuration).toMatchObject({
    values: { scenarios: { './evening.ts': { pages: 3 } } },
  });
});

test('a run goes to an endpoint as configured, and its run.json and report say how', async () => {
  const folder = join(dir, 'whole');
  mkdirSync(folder);
  const file = join(folder, 'dialproof.config.json');
  const instance = '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b';
  // No contact of the corpus is of this campaign: the predictions follow.
  const instances = [{ id: instance, campaigns: ['no-such'] }];
  const region = 'eu-central-1';
  const config = { region, account: '210987654321', instances, out: 'runs' };
  writeFileSync(file, JSON.stringify({ ...config, contacts: { batches: 10 } }));
  const args = ['smoke', '--iterations', '3', ...PATIENT, '--config', file];
  const { code, stdout } = await dialproof('load', 'run', ...args, '--json');
  const run = JSON.parse(stdout);
  expect([code, run.reasons]).toEqual([0, []]);
  expect(run.configuration).toEqual({
    file: expect.stringMatching(/whole\/dialproof\.config\.json$/),
    values: { region, account: config.account, instances, 'contacts.batches': 10, out: 'runs' },
  });
  expect(run.load[0].answered).toMatchObject({ MISSING_CAMPAIGN: expect.any(Number) });
  expect(run.load[0].answered).not.toHaveProperty('CREATED');
  const latest = join(folder, 'runs', 'latest');
  for (const name of ['report.html', 'summary.md']) {
    const text = readFileSync(join(latest, name), 'utf8');
    expect(text).toContain('eu-central-1');
  }
}, 60_000);

test('a feeder is watched on an endpoint as configured', async () => {
  const file = join(dir, 'feeder.json');
  writeFileSync(file, JSON.stringify({ region: 'eu-central-1', choices: { pendingLimit: 3 } }));
  const { stdout, stderr } = await dialproof('feeder', 'check', '--for', '1', '--config', file);
  expect(stdout + stderr).toContain('AWS_REGION=eu-central-1');
}, 60_000);

test('--no-config uses none', async () => {
  const options = await optionsOf({ emulator: { port: 4020 } }, 'emulator', '--no-config');
  expect(options.port).toBe(4010);
});
