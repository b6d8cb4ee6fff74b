import { createServer } from 'node:http';
import { createService, credentialsAmong, startEmulator } from '../../emulator/emulator.ts';
import { ORDINARY_KEYS } from '../../emulator/identity/keys.ts';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { listen } from '../support/listen.ts';
import {
  body,
  contacts,
  OUTSIDER,
  PRINCIPAL,
  run,
  SESSION,
  send,
  stoppedClock,
  withEmulator,
} from './fixtures.ts';

async function withBusyPort(work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer();
  const port = await listen(server);
  try {
    await work(port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

it('says which port is in use', () =>
  withBusyPort(async (port) => {
    const refused = startEmulator({ port });
    await expect(refused).rejects.toThrow(UnavailableError);
    await expect(refused).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`);
  }));

it('gives the front port back when the control port cannot be had', () =>
  withBusyPort(async (controlPort) => {
    let port = 0;
    await withEmulator({}, async ({ url }) => {
      port = Number(new URL(url).port);
    });
    await expect(startEmulator({ port, controlPort })).rejects.toThrow(UnavailableError);
    const again = await startEmulator({ port });
    await again.close();
  }));

it('says that an address is not of this machine', async () => {
  await expect(startEmulator({ host: '192.0.2.1', allowRemote: true })).rejects.toThrow(
    UnavailableError,
  );
});

it('refuses a quota and keys that make no sense', async () => {
  await expect(startEmulator({ rate: 0 })).rejects.toThrow(UserError);
  await expect(startEmulator({ burst: 0.5 })).rejects.toThrow(UserError);
  await expect(startEmulator({ keys: [PRINCIPAL] })).rejects.toThrow(UserError);
});

it('names credentials: a static principal if there is one', async () => {
  await withEmulator({}, async ({ credentials }) => {
    expect(credentials).toEqual({
      principal: PRINCIPAL,
      session: SESSION,
      outsider: OUTSIDER,
      denied: ORDINARY_KEYS.find(({ denied }) => denied),
      expired: ORDINARY_KEYS.find(({ expiresAt }) => expiresAt),
      otherAccount: ORDINARY_KEYS.at(-1),
    });
    expect(credentials.otherAccount?.account).toMatch(/^\d{12}$/);
  });
  await withEmulator({ keys: [OUTSIDER, SESSION] }, async ({ credentials }) => {
    expect(credentials.principal).toBe(SESSION);
  });
  expect(credentialsAmong([PRINCIPAL, OUTSIDER]).denied).toBe(OUTSIDER);
  expect(ORDINARY_KEYS).toHaveLength(6);
});

it('takes any key that it is given', async () => {
  const mine = { ...PRINCIPAL, accessKeyId: 'AKIDMINE', secretAccessKey: 'mine' };
  await withEmulator({ keys: [mine, OUTSIDER] }, async (emulator) => {
    const call = { body: body(contacts(1)) };
    expect((await send(emulator, { ...call, key: mine })).status).toBe(200);
    expect((await send(emulator, call)).error).toBe('UnrecognizedClientException');
  });
});

it.each([
  ['the published quota', {}, 15, 10],
  ['a rate and a burst of its own', { rate: 2, burst: 3 }, 3, 2],
  ['a burst on the stress profile', { profile: 'stress' as const, burst: 4 }, 4, 4],
])('%s', async (_, options, burst, perSecond) => {
  const clock = stoppedClock();
  const service = createService({ clock, ...options });
  const admitted = async () => {
    let count = 0;
    while ((await run(service, { body: body(contacts(1)) })).status === 200) count += 1;
    return count;
  };
  expect(await admitted()).toBe(burst);
  clock.forward(1000);
  expect(await admitted()).toBe(perSecond);
});

it('takes ContactIds from where it is told', async () => {
  let n = 0;
  const newContactId = () => `contact-${n++}`;
  await withEmulator({ newContactId }, async (emulator) => {
    const { contactIds } = await send(emulator, { body: body(contacts(2)) });
    expect(contactIds).toEqual(['contact-0', 'contact-1']);
  });
});

it('lets a call in flight finish when it is closed', async () => {
  const emulator = await startEmulator({ profile: 'stress' });
  await fetch(`${emulator.controlUrl}/gate`, { method: 'PUT', body: '{"closed":true}' });
  const call = send(emulator, { body: body(contacts(1)) });
  const held = async () => {
    const { heldAtGate } = (await (await fetch(`${emulator.controlUrl}/stats`)).json()) as {
      heldAtGate: number;
    };
    return heldAtGate;
  };
  while ((await held()) === 0);
  await emulator.close();
  expect((await call).status).toBe(200);
  await expect(fetch(emulator.url)).rejects.toThrow();
});
