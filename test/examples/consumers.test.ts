/** The examples of consumers in Python and Go, run by `contracts mock` as their pages say. */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verify } from '../../contracts/provider/verify.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { HAS_BOTO3 } from '../clients/boto3.ts';
import { can, describeIf } from '../clients/program.ts';
import { exampleOf, MINUTES } from './stranger.ts';

const pactOf = (folder: string, consumer: string) =>
  join(folder, 'pacts', `${consumer}-dialproof-emulator.json`);

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
    test(
      'passes with an unmodified boto3, and leaves a pact that is verified',
      async () => {
        const { folder, command, run } = exampleOf('consumer-python');
        expect(await run(command('contracts mock'))).toMatchObject({
          code: 0,
          stderr: expect.stringContaining('Ran 5 tests'),
        });
        await expectVerified(pactOf(folder, 'night-dialer'), 6);
      },
      5 * MINUTES,
    );

    test(
      'a program that swallows a mismatch fails all the same',
      async () => {
        const { folder, command, run } = exampleOf('consumer-python');
        const swallow = [
          'import boto3',
          'try: boto3.client("connect").describe_instance(InstanceId="i")',
          'except Exception: pass',
        ];
        writeFileSync(join(folder, 'swallow.py'), swallow.join('\n'));
        const line = command('contracts mock').replace('-m unittest', 'swallow.py');
        const { code, stderr } = await run(line);
        expect(code).toBe(1);
        expect(stderr).toContain('GET /instance/i is no call that the mock serves');
        expect(stderr).toContain('no pact of night-dialer is written');
        expect(existsSync(pactOf(folder, 'night-dialer'))).toBe(false);
      },
      5 * MINUTES,
    );
  },
);

/** The flags of the other client in Go, so that what both need is compiled once. */
const CHEAPLY = "-gcflags='all=-N -l -dwarf=false' -ldflags='-s -w' -vet=off";

describeIf(
  can('go', ['mod', 'download'], join(__dirname, '../../examples/consumer-go')),
  'the consumer in Go',
  'no go, or its modules cannot be had',
  () => {
    test(
      'passes with the AWS SDK for Go v2, and leaves a pact that is verified',
      async () => {
        const { folder, command, run } = exampleOf('consumer-go');
        const line = command('contracts mock').replace('go test', `go test ${CHEAPLY}`);
        expect(await run(line, { CGO_ENABLED: '0' })).toMatchObject({
          code: 0,
          stdout: expect.stringContaining('ok'),
        });
        await expectVerified(pactOf(folder, 'batch-dialer'), 3);
      },
      10 * MINUTES,
    );
  },
);
