/** The emulator in a test, as the configuration of the project says; and with HTTPS and web pages. */

import { mkdirSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { ConnectClient } from '@aws-sdk/client-connect';
import { configuredOptions, startEmulator, type TlsPair } from '../../door/index.ts';
import { selfSigned } from '../../emulator/wire/self-signed.ts';
import { tempDir } from '../support/temp-dir.ts';
import { sent } from './calls.ts';

const INSTANCE = '5b1f0c3e-2d4a-4f6b-8c7d-9e0f1a2b3c4d';
const KEY = { accessKeyId: 'AKIDMYTESTSEXAMPLE', secretAccessKey: 'made-up' };

function configured(config: object, files: Readonly<Record<string, object>> = {}) {
  const dir = tempDir();
  mkdirSync(join(dir, 'below'));
  for (const [name, value] of Object.entries({ 'dialproof.config.json': config, ...files }))
    writeFileSync(join(dir, name), JSON.stringify(value));
  return configuredOptions(join(dir, 'dialproof.config.json'));
}

describe('configuredOptions', () => {
  test('starts the emulator of the project', async () => {
    const options = configured(
      {
        region: 'eu-central-1',
        account: '210987654321',
        instances: [{ id: INSTANCE, queues: [], numbers: ['+12065550100'], campaigns: ['autumn'] }],
        keys: [KEY],
        agents: [{ from: '09:00', to: '17:00', agents: 3 }],
        choices: { throttleError: 'ThrottlingException', pendingLimit: 2 },
        faults: 'plan.json',
        emulator: { profile: 'stress', port: 4010, dataDir: 'data', retention: 60 },
      },
      { 'plan.json': { faults: [{ fault: 'throttle', when: { nth: [1] } }] } },
    );
    // Each test has a port and a store of its own.
    expect(options).not.toHaveProperty('port');
    expect(options).not.toHaveProperty('dataDir');
    expect(options).toMatchObject({
      agents: { shifts: [{ agents: 3 }] },
      retentionSeconds: 60,
      profile: 'stress',
    });
    await using emulator = await startEmulator(options);
    expect(emulator).toMatchObject({ region: 'eu-central-1', account: '210987654321' });
    const client = new ConnectClient({
      ...emulator.clientConfig,
      credentials: KEY,
      maxAttempts: 1,
    });
    await expect(sent(client, INSTANCE, 'a', 1)).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    const { FailedRequestList } = await sent(client, INSTANCE, 'a', 1);
    expect(FailedRequestList).toMatchObject([{ FailureReasonCode: 'MISSING_CAMPAIGN' }]);
    client.destroy();
  });

  test('a folder without a configuration is told what to do', () => {
    const spy = jest.spyOn(process, 'cwd').mockReturnValue('/');
    try {
      expect(() => configuredOptions()).toThrow(
        /^there is no configuration in \/ or above: write /,
      );
    } finally {
      spy.mockRestore();
    }
  });

  test('a fault plan that is not there is told with its place', () => {
    expect(() => configured({ faults: 'plan.json' })).toThrow(
      /dialproof\.config\.json:1:2: faults: cannot read plan\.json \(ENOENT\)$/,
    );
  });
});

test('a choice that there is not is refused', async () => {
  const choices = { pendingLimits: 3 } as object;
  await expect(startEmulator({ choices })).rejects.toThrow(
    /^choices has no member 'pendingLimits'; it has .* Did you mean "pendingLimit"\?$/,
  );
});

describe('tls', () => {
  const own = selfSigned(['127.0.0.1'], Date.now());

  test.each([
    ['a certificate that is made now', true],
    ['a pair of its own', own],
  ])('%s: a client that trusts it calls the emulator', async (_, tls: boolean | TlsPair) => {
    await using emulator = await startEmulator({ tls });
    expect(emulator.url).toMatch(/^https:/);
    const ca = emulator.certificate ?? '';
    if (tls !== true) expect(ca).toBe(own.cert);
    const clientTrusting = (httpsAgent: https.Agent) =>
      new ConnectClient({
        ...emulator.clientConfig,
        requestHandler: { httpsAgent },
        maxAttempts: 1,
      });
    const client = clientTrusting(new https.Agent({ ca }));
    expect((await sent(client, emulator.instanceId, 'a', 1)).SuccessfulRequestList).toHaveLength(1);
    client.destroy();
    const other = clientTrusting(new https.Agent());
    await expect(sent(other, emulator.instanceId, 'b', 1)).rejects.toThrow(/self.signed/);
    other.destroy();
  });

  test('a pair that is none is refused', async () => {
    const key = selfSigned(['127.0.0.1'], Date.now()).key;
    await expect(startEmulator({ tls: { ...own, key } })).rejects.toThrow(
      'tls.key is not the key of the certificate in tls.cert',
    );
    await expect(startEmulator({ tls: { ...own, cert: 'x' } })).rejects.toThrow(
      /^tls\.cert is not a certificate in PEM/,
    );
  });

  test('without it there is no certificate', async () => {
    await using emulator = await startEmulator();
    expect(emulator.certificate).toBeNull();
  });
});

describe('cors', () => {
  test('a web page of the origin may call, and no other', async () => {
    await using emulator = await startEmulator({ cors: ['http://localhost:3000/'] });
    const allowed = async (origin: string) =>
      (await fetch(emulator.url, { headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed('http://localhost:3000')).toBe('http://localhost:3000');
    expect(await allowed('http://localhost:3001')).toBeNull();
  });

  test('what is no origin is refused', async () => {
    await expect(startEmulator({ cors: ['localhost'] })).rejects.toThrow(
      'cors: "localhost" is not an origin such as http://localhost:3000, or *',
    );
  });
});
