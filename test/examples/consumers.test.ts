/** The examples of consumers in Python and Go, run by `contracts mock` as their pages say. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { verify } from '../../contracts/provider/verify.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { NODE_ARGS, PACKAGE_ROOT } from '../../system/package.ts';
import { HAS_BOTO3 } from '../clients/boto3.ts';
import { can, describeIf, runProgram } from '../clients/program.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();
const examples = join(PACKAGE_ROOT, 'examples');

/** Runs a command in the folder of an example, under the mock. @returns how it ended, and the file of the pact. */
async function underMock(
  folder: string,
  consumer: string,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const mock = ['contracts', 'mock', '--consumer', consumer, '--out', dir];
  const cli = [...NODE_ARGS, join(PACKAGE_ROOT, 'cli', 'main.ts'), ...mock, '--', ...command];
  const ended = await runProgram(process.execPath, cli, env, join(examples, folder));
  return { ended, file: join(dir, `${consumer}-dialproof-emulator.json`) };
}

async function expectVerified(file: string, interactions: number): Promise<void> {
  const emulator = await startEmulator({ profile: 'stress' });
  const { url, controlUrl, credentials } = emulator;
  const options = { now: () => new Date(), onRequest: () => {} };
  const { results } = await verify(file, { url, controlUrl, ...credentials }, options).finally(() =>
    emulator.close(),
  );
  expect(results.map(({ verdict }) => verdict)).toEqual(Array(interactions).fill('pass'));
}

describeIf(
  HAS_BOTO3,
  'the consumer in Python',
  'no python3 with a boto3 that has BatchPutContact',
  () => {
    test('passes with an unmodified boto3, and leaves a pact that is verified', async () => {
      const tests = ['python3', '-B', '-m', 'unittest'];
      const { ended, file } = await underMock('consumer-python', 'night-dialer', tests);
      expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('Ran 5 tests') });
      await expectVerified(file, 6);
    }, 60_000);

    test('a program that swallows a mismatch fails all the same', async () => {
      const swallow = [
        'import boto3',
        'try: boto3.client("connect").describe_instance(InstanceId="i")',
        'except Exception: pass',
      ];
      const program = ['python3', '-c', swallow.join('\n')];
      const { ended, file } = await underMock('consumer-python', 'swallower', program);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain('GET /instance/i is no call that the mock serves');
      expect(ended.stderr).toContain('no pact of swallower is written');
      expect(existsSync(file)).toBe(false);
    }, 60_000);
  },
);

const GO = join(examples, 'consumer-go');
/** The flags of the other client in Go, so that what both need is compiled once. */
const CHEAPLY = ['-gcflags=all=-N -l -dwarf=false', '-ldflags=-s -w', '-vet=off'];

describeIf(
  can('go', ['mod', 'download'], GO),
  'the consumer in Go',
  'no go, or its modules cannot be had',
  () => {
    test('passes with the AWS SDK for Go v2, and leaves a pact that is verified', async () => {
      const tests = ['go', 'test', ...CHEAPLY, './...'];
      const env = { CGO_ENABLED: '0' };
      const { ended, file } = await underMock('consumer-go', 'batch-dialer', tests, env);
      expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('ok') });
      await expectVerified(file, 3);
    }, 600_000);
  },
);
