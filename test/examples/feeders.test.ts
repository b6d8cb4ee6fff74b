/** The examples of feeders in Python and Go: each hands over its list under faults, and `feeder check` finds nothing. */

import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../door/index.ts';
import { NODE_ARGS, PACKAGE_ROOT } from '../../system/package.ts';
import { HAS_BOTO3 } from '../clients/boto3.ts';
import { can, describeIf, runProgram } from '../clients/program.ts';

const OPERATION = 'PutDialRequestBatch';
const examples = join(PACKAGE_ROOT, 'examples');

/** Runs a feeder with the variables that `feeder check` prints. */
function run(emulator: Emulator, folder: string, [file = '', ...args]: readonly string[]) {
  const { url, region, credentials } = emulator;
  const env = {
    AWS_ENDPOINT_URL_CONNECTCAMPAIGNS: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // The feeder itself has to deal with each fault.
    AWS_MAX_ATTEMPTS: '1',
    CGO_ENABLED: '0',
  };
  return runProgram(file, args, env, join(examples, folder));
}

/** @param command without the arguments of the feeder. */
async function expectGood(folder: string, command: readonly string[]): Promise<void> {
  await using emulator = await startEmulator({ controlPort: 0 });
  const { id } = await emulator.campaigns.run();
  // The first 25 are throttled, their answer is lost, and they are repeated. Then the last five fail once.
  emulator.faults.nth(1, 'fail-items', { code: 'REQUEST_THROTTLED' }, OPERATION);
  emulator.faults.nth(2, 'drop-after-commit', {}, OPERATION);
  emulator.faults.nth(4, 'fail-items', { code: 'INTERNAL_ERROR' }, OPERATION);

  expect(await run(emulator, folder, [...command, id, 'contacts.csv', '0.2'])).toEqual({
    code: 0,
    stdout: '30 of 30 contacts were accepted\n',
    stderr: '',
  });

  const tokens = emulator.campaigns.dialRequests().map(({ clientToken }) => clientToken);
  expect(tokens.toSorted()).toEqual(
    Array.from({ length: 30 }, (_, i) => `contacts-c${i + 1}`).toSorted(),
  );
  const cli = [...NODE_ARGS, join(PACKAGE_ROOT, 'cli', 'main.ts'), 'feeder', 'check'];
  const check = [...cli, '--control', emulator.controlUrl ?? '', '--finished', '--json'];
  const { code, stdout } = await runProgram(process.execPath, check);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'pass',
    calls: 5,
    dialRequests: 3 * 25 + 2 * 5,
    findings: [],
    doubts: [],
  });
  expect(code).toBe(0);
}

describeIf(
  HAS_BOTO3,
  'the feeder in Python',
  'no python3 with a boto3 that has BatchPutContact',
  () => {
    test(
      'hands over its list with an unmodified boto3, and is not accused',
      () => expectGood('feeder-python', ['python3', '-B', 'feeder.py']),
      60_000,
    );

    test('is accused once its dial requests live for hours', async () => {
      await using emulator = await startEmulator();
      const { id } = await emulator.campaigns.run();
      const program =
        'import datetime, feeder; feeder.EXPIRES = datetime.timedelta(hours=2); feeder.main()';
      const worse = ['python3', '-B', '-c', program, id, 'contacts.csv', '0'];
      expect(await run(emulator, 'feeder-python', worse)).toMatchObject({
        code: 1,
        stdout: '0 of 30 contacts were accepted\n',
        stderr: expect.stringContaining('c1 was refused: InvalidInput\n'),
      });
      expect(emulator.campaigns.judgeFeeder().findings).toMatchObject([
        { kind: 'expires too late' },
      ]);
    }, 60_000);
  },
);

const GO = join(examples, 'feeder-go');
/** The flags of the other programs in Go, so that what all need is compiled once. */
const CHEAPLY = ['-gcflags=all=-N -l -dwarf=false', '-ldflags=-s -w'];

describeIf(
  can('go', ['mod', 'download'], GO),
  'the feeder in Go',
  'no go, or its modules cannot be had',
  () => {
    test(
      'hands over its list, signed by the AWS SDK for Go v2, and is not accused',
      () => expectGood('feeder-go', ['go', 'run', ...CHEAPLY, '.']),
      600_000,
    );
  },
);
