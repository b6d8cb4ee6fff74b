/** What commands print with `--json` is the document that is published for them, also where nothing else reads it. */

import { join } from 'node:path';
import { startEmulator } from '../../emulator/emulator.ts';
import { measureCapacity } from '../../load/drive/capacity.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { openStandInBroker } from '../contracts/stand-in-broker.ts';
import { runFolder } from '../publish/fixtures.ts';
import { passing } from '../reports/samples.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, dialproofWith } from './command.ts';
import { documentsOf, validatorOf } from './documents.ts';

const dir = tempDir();
const run = join(runFolder(dir, passing), 'run.json');
const trend = join(dir, 'trend');

jest.setTimeout(120_000);

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});
afterAll(() => emulator.close());

type CommandLine = () => readonly string[];

/** By document: a command line that prints it, and how it ends. `dialproof` itself holds the output to the schema. */
const PRINTED: Readonly<Record<string, readonly [CommandLine, number]>> = {
  'campaign-plan': [() => ['campaign', 'plan', '--contacts', '20', '--out', join(dir, 'plan')], 0],
  'contracts-coverage': [() => ['contracts', 'coverage'], 0],
  'contracts-verify': [() => ['contracts', 'verify', '--target', emulator.url], 0],
  'contracts-write': [
    () => ['contracts', 'write', '--contract', 'ContactEvents', '--out', join(dir, 'pacts')],
    0,
  ],
  'crash-test': [() => ['crash-test', '--rounds', '1'], 0],
  'crash-test-campaigns': [() => ['crash-test', '--campaigns', '--rounds', '1'], 0],
  'dial-list': [
    () => ['generate', '--for', 'PutDialRequestBatch', '--batches', '2', '--out', join(dir, 'd')],
    0,
  ],
  health: [() => ['health', '--url', emulator.controlUrl ?? ''], 0],
  missing: [() => ['report', 'compare', run, '--baseline', 'main', '--trend', trend], 0],
  'publish-dry-run': [() => ['publish', run, '--to', 'slack', '--dry-run', join(dir, 'drawn')], 0],
  'report-paths': [() => ['report', run, '--out', join(dir, 'report')], 0],
  trend: [() => ['report', 'trend', trend, '--add', run], 0],
};

it.each(Object.entries(PRINTED))('%s', async (name, [line, code]) => {
  const args = line();
  const ended = await dialproof(...args, '--json');
  expect({ code: ended.code, stderr: ended.code === code ? '' : ended.stderr }).toEqual({
    code,
    stderr: '',
  });
  expect(documentsOf(args)).toContain(name);
  expect(validatorOf(name)(JSON.parse(ended.stdout))).toBe(true);
});

it('of the Broker', async () => {
  const broker = await openStandInBroker('Bearer s3cret');
  const ask = (...args: string[]) =>
    dialproofWith(
      { PACT_BROKER_TOKEN: 's3cret', PACT_BROKER_BASE_URL: broker.url },
      ...['contracts', 'broker', ...args, '--json'],
    );
  const facts = ['--sha', 'c0ffee', '--branch', 'main'];
  const to = ['--to', 'production'];
  const ended = [
    await ask('publish', ...facts),
    await ask('verify', ...facts),
    await ask('can-i-deploy', ...facts, ...to),
    await ask('record-deployment', ...facts, ...to),
  ];
  await broker.close();
  expect(ended.map(({ code, stdout }) => [code, stdout === ''])).toEqual(
    ended.map(() => [0, false]),
  );
});

it('of a measured capacity, which the command adds the seeded bugs to', async () => {
  const { url, controlUrl, credentials } = emulator;
  const target = {
    ...{ url, controlUrl, key: credentials.principal },
    ...{ region: 'us-east-1', instanceId: ORDINARY_INSTANCE.id },
  };
  const measured = await measureCapacity(target, { connections: [1], seconds: 0.2 });
  expect(validatorOf('capacity')({ bugs: [], ...measured })).toBe(true);
  expect(validatorOf('capacity')(measured)).toBe(false);
});
