/** boto3 and the AWS CLI against the endpoint. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { FAULT_KINDS, type FaultKind } from '../../emulator/faults/kinds.ts';
import { readFaultPlan } from '../../emulator/faults/plan.ts';
import type { AccessKey } from '../../emulator/identity/keys.ts';
import { INJECTED_DIAL_NUMBERS } from '../../operation/campaigns/failures.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { stats } from '../emulator/fixtures.ts';
import { SAMPLE_FAULTS } from '../emulator/sample-faults.ts';
import { HAS_CLI } from './aws-cli.ts';
import { HAS_BOTO3 } from './boto3.ts';
import { argumentFor, type ClientOutput, CONTACTS, expectUnderstood } from './expected.ts';
import { describeIf, runProgram } from './program.ts';

let emulator: RunningEmulator;
beforeEach(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});
afterEach(() => emulator.close());

describeIf(HAS_BOTO3, 'boto3', 'no python3 with a boto3 that has BatchPutContact', () => {
  it('gets typed successes, failures and errors', async () => {
    const script = join(__dirname, 'python_client.py');
    const { code, stdout, stderr } = await runProgram('python3', [script, argumentFor(emulator)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expectUnderstood(JSON.parse(stdout) as ClientOutput);
  });
});

/** The rows of the table in docs/faults.md: what a fault is called there, and what each client makes of it. */
const TABLE = readFileSync(join(PACKAGE_ROOT, 'docs', 'faults.md'), 'utf8')
  .split('## What clients make of each fault')[1]
  ?.split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.replaceAll(/[*`]/g, '').trim()));

describeIf(
  HAS_BOTO3,
  'boto3 and faults',
  'no python3 with a boto3 that has BatchPutContact',
  () => {
    it('does what docs/faults.md says', async () => {
      const rows = (TABLE ?? []).map(([, fault = '', old = '', current = '']) => ({
        fault,
        old,
        current,
      }));
      expect(rows.map(({ fault }) => fault.split(/[, ]/)[0])).toEqual([
        ...FAULT_KINDS.filter((kind) => !kind.endsWith('retry-after')),
        'throttle',
        'throttle',
      ]);
      const emulators = await Promise.all(
        rows.map(({ fault }) =>
          startEmulator({
            profile: 'stress',
            faults: readFaultPlan({
              faults: fault
                .split(' with ')
                .map((one) => one.split(',')[0] as FaultKind)
                .map((kind) => ({ fault: kind, ...SAMPLE_FAULTS[kind], when: { nth: [1] } })),
            }),
          }),
        ),
      );
      try {
        const [first] = emulators;
        const argument = JSON.stringify({
          endpoints: Object.fromEntries(emulators.map(({ url }, i) => [i, url])),
          instance: ORDINARY_INSTANCE.id,
          key: first?.credentials.principal,
          contact: CONTACTS[0],
        });
        const script = join(__dirname, 'python_faults.py');
        const { stdout, stderr } = await runProgram('python3', [script, argument]);
        expect(stderr).toBe('');
        const { version, outcomes } = JSON.parse(stdout) as {
          version: string;
          outcomes: Record<string, string>;
        };
        const isOld = Number(version.split('.')[1]) < 44;
        for (const [i, { fault, old, current }] of rows.entries()) {
          const { requests } = await stats(emulators[i] as RunningEmulator);
          const got = outcomes[i] === 'ok' ? `${requests}` : outcomes[i];
          expect([fault, got]).toEqual([fault, (isOld ? old : current).split(',')[0]]);
        }
      } finally {
        for (const one of emulators) await one.close();
      }
    });
  },
);

describeIf(
  HAS_BOTO3,
  'boto3 as a feeder',
  'no python3 with a boto3 that has BatchPutContact',
  () => {
    const error = (name: string, status: number, state: string | null = null) => ({
      name,
      status,
      typed: true,
      state,
    });
    const STORY = {
      same: true,
      accepted: 1,
      failed: { late: 'InvalidInput', throttled: 'RequestThrottled', unknown: 'UnknownError' },
      batch: [['Stopped'], ['ResourceNotFound']],
      errors: [
        error('InvalidCampaignStateException', 409, 'Initialized'),
        error('ResourceNotFoundException', 404),
        error('ValidationException', 400),
        error('AccessDeniedException', 403),
        error('ConflictException', 409),
        error('InvalidCampaignStateException', 409, 'Paused'),
        error('ValidationException', 400),
      ],
      left: [],
    };

    it('runs a campaign of either version from its creation to its end', async () => {
      const { outsider, denied } = emulator.credentials;
      const argument = JSON.stringify({
        endpoint: emulator.url,
        instance: ORDINARY_INSTANCE.id,
        outsider,
        denied,
        throttled: INJECTED_DIAL_NUMBERS.RequestThrottled,
        unknown: INJECTED_DIAL_NUMBERS.UnknownError,
      });
      const script = join(__dirname, 'python_campaigns.py');
      const { code, stdout, stderr } = await runProgram('python3', [script, argument]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const stories = JSON.parse(stdout) as Record<string, { readonly states: string[] }>;
      expect(stories).toMatchObject({ connectcampaigns: STORY, connectcampaignsv2: STORY });
      for (const { states } of Object.values(stories)) {
        expect(states).toEqual(expect.arrayContaining(['Paused', 'Running']));
      }
    });
  },
);

describeIf(HAS_CLI, 'AWS CLI', 'no aws command that has batch-put-contact', () => {
  const put = ({ accessKeyId, secretAccessKey }: AccessKey, token: string, items: unknown[]) =>
    runProgram(
      'aws',
      [
        ...[
          'connect',
          'batch-put-contact',
          '--endpoint-url',
          emulator.url,
          '--region',
          'us-east-1',
        ],
        ...['--instance-id', ORDINARY_INSTANCE.id, '--client-token', token, '--output', 'json'],
        ...['--contact-data-request-list', JSON.stringify(items)],
      ],
      {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_MAX_ATTEMPTS: '1',
      },
    );

  it('prints successes and failures, and replays', async () => {
    const { principal } = emulator.credentials;
    const first = await put(principal, 't', CONTACTS);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).toEqual({
      SuccessfulRequestList: [{ RequestIdentifier: 'item-1', ContactId: expect.any(String) }],
      FailedRequestList: [
        expect.objectContaining({
          RequestIdentifier: 'item-2',
          FailureReasonCode: 'INVALID_QUEUE',
        }),
      ],
    });
    expect((await put(principal, 't', CONTACTS)).stdout).toBe(first.stdout);
    const conflict = await put(principal, 't', CONTACTS.slice(1));
    expect(conflict.code).not.toBe(0);
    expect(conflict.stderr).toContain(
      'An error occurred (IdempotencyException) when calling the BatchPutContact operation',
    );
  });

  it('prints the error of a caller that is not the service', async () => {
    const denied = await put(emulator.credentials.outsider, 't', CONTACTS);
    expect(denied.code).not.toBe(0);
    expect(denied.stderr).toContain('An error occurred (AccessDeniedException)');
    expect(denied.stderr).toContain('is not authorized to perform: connect:BatchPutContact');
  });
});
