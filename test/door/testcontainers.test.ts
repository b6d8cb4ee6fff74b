/** `dialproof/testcontainers` with an engine that starts the emulator of the checkout instead of a container. */

import { join } from 'node:path';
import { ConnectClient } from '@aws-sdk/client-connect';
import { DialproofContainer } from '../../door/testcontainers.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import {
  type ContainerEngine,
  startContainerEngine,
  variablesOf,
} from '../support/container-engine.ts';
import { tempDir } from '../support/temp-dir.ts';
import { sent } from './calls.ts';

const dir = tempDir();
const before = { ...process.env };
let engine: ContainerEngine;

beforeAll(async () => {
  engine = await startContainerEngine(join(dir, 'root'));
  process.env.DOCKER_HOST = engine.url;
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
});

afterAll(async () => {
  await engine.close();
  process.env = before;
});

const OWN_INSTANCE = '11111111-2222-4333-8444-555555555555';

test('a client calls the emulator of a started container', async () => {
  const started = await new DialproofContainer('dialproof:0.1.0')
    .withAccount('999999999999')
    .withRegion('eu-central-1')
    .withProfile('stress')
    .withSeed({ instances: [{ id: OWN_INSTANCE, numbers: ['+12065550199'] }] })
    .withChoice({ tokenLifetimeSeconds: 60 })
    .withChoice({ throttleError: 'ThrottlingException' })
    .withFaults({ faults: [{ fault: 'service-unavailable', when: { nth: [2] } }] })
    .withAgents([{ from: '09:00', to: '17:00', agents: 25 }])
    .start();

  const [created] = engine.created;
  expect(created).toMatchObject({
    Image: 'dialproof:0.1.0',
    ExposedPorts: { '4010/tcp': {}, '4011/tcp': {} },
  });
  expect(variablesOf(created ?? { Image: '' })).toEqual({
    DIALPROOF_ACCOUNT: '999999999999',
    DIALPROOF_REGION: 'eu-central-1',
    DIALPROOF_PROFILE: 'stress',
    DIALPROOF_SEED: '/etc/dialproof/seed.json',
    DIALPROOF_CHOICE: 'tokenLifetimeSeconds=60 throttleError=ThrottlingException',
    DIALPROOF_FAULTS: '/etc/dialproof/faults.json',
    DIALPROOF_SHIFT: '09:00-17:00=25',
  });

  expect(started.getInstanceId()).toBe(ORDINARY_INSTANCE.id);
  expect(started.getClientConfig()).toEqual({
    endpoint: started.getEndpoint(),
    region: 'eu-central-1',
    credentials: started.getCredentials(),
  });
  const client = new ConnectClient({ ...started.getClientConfig(), maxAttempts: 1 });
  const call = (token: string) => sent(client, started.getInstanceId(), token, 1);
  const control = async (path: string) =>
    (await (await fetch(`${started.getControlUrl()}${path}`)).json()) as Record<string, unknown>;

  expect((await call('a')).SuccessfulRequestList).toHaveLength(1);
  await expect(call('b')).rejects.toThrow(
    expect.objectContaining({ $metadata: expect.objectContaining({ httpStatusCode: 503 }) }),
  );
  expect(await control('/facts')).toMatchObject({
    account: '999999999999',
    instances: [{ id: ORDINARY_INSTANCE.id }, { id: OWN_INSTANCE }],
    choices: { tokenLifetimeSeconds: 60, throttleError: 'ThrottlingException' },
  });
  const ledger = async () => (await fetch(`${started.getControlUrl()}/contacts`)).text();
  expect(await ledger()).toContain('"contactId"');
  await started.reset();
  expect(await ledger()).toBe('');
  client.destroy();
  await started.stop();
  expect(engine.calls).toContain(`POST /containers/${started.getId()}/stop`);
});

test.each<[string, () => unknown]>([
  ['"12" is no account: give twelve digits', () => new DialproofContainer('i').withAccount('12')],
  ["no fault plan is called 'none'", () => new DialproofContainer('i').withFaults('none' as never)],
  ['has a space', () => new DialproofContainer('i').withChoice({ throttleError: 'a b' as never })],
  ['agents', () => new DialproofContainer('i').withAgents(-1)],
])('%s: refused before anything is started', (message, make) => {
  expect(make).toThrow(message);
});

test('a seed that is not one is refused before anything is started', async () => {
  const asked = engine.calls.length;
  const container = new DialproofContainer('i').withSeed({ instances: [{}] } as never);
  await expect(container.start()).rejects.toThrow(/instances\[0\]/);
  expect(engine.calls).toHaveLength(asked);
});
