/** Callers of several accounts at one endpoint: what each account has of its own. */

import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { type AccessKey, ORDINARY_KEYS } from '../../emulator/identity/keys.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { emulatorStores } from './each-store.ts';
import { body, contacts, control, ledger, PRINCIPAL, send } from './fixtures.ts';

const OTHER = ORDINARY_KEYS.find(({ account }) => account !== undefined) as AccessKey;
const OTHER_OUTSIDER: AccessKey = {
  accessKeyId: 'AKIDNEIGHBOURSUSER',
  secretAccessKey: 'made-up',
  principalArn: `arn:aws:iam::${OTHER.account}:user/somebody`,
  account: OTHER.account as string,
  servicePrincipal: false,
};

const arnIn = (account = '123456789012') =>
  `arn:aws:connect:us-east-1:${account}:instance/${ORDINARY_INSTANCE.id}`;

const describeIn = (emulator: RunningEmulator, key: AccessKey, contactId: string | undefined) =>
  send(emulator, {
    method: 'GET',
    target: `/contacts/${ORDINARY_INSTANCE.id}/${contactId}`,
    key,
    body: '',
  });

describe.each(emulatorStores())('accounts at one endpoint ($kind)', ({ open }) => {
  let emulator: RunningEmulator;

  beforeAll(async () => {
    const keys = [...ORDINARY_KEYS, OTHER_OUTSIDER];
    emulator = await startEmulator({ ...(await open()), keys });
  });
  afterAll(() => emulator.close());
  beforeEach(() => control(emulator, 'POST', '/reset'));

  it('have a rate bucket each, for each operation', async () => {
    const call = { body: body(contacts(1)) };
    await control(emulator, 'PUT', '/bucket', { tokens: 1, frozen: true });
    for (const key of [PRINCIPAL, OTHER]) {
      expect((await send(emulator, { ...call, key })).status).toBe(200);
      expect((await send(emulator, { ...call, key })).status).toBe(429);
      expect((await describeIn(emulator, key, 'none')).status).not.toBe(429);
      expect((await describeIn(emulator, key, 'none')).status).toBe(429);
    }
  });

  it('have ClientTokens and contacts of their own', async () => {
    const call = { body: body(contacts(1), 'the same token') };
    const mine = await send(emulator, call);
    const theirs = await send(emulator, { ...call, key: OTHER });
    expect([mine.status, theirs.status]).toEqual([200, 200]);
    expect(theirs.contactIds).not.toEqual(mine.contactIds);
    const other = await send(emulator, { key: OTHER, body: body(contacts(2), 'the same token') });
    expect(other.error).toBe('IdempotencyException');
    expect((await describeIn(emulator, PRINCIPAL, mine.contactIds[0])).status).toBe(200);
    expect((await describeIn(emulator, OTHER, mine.contactIds[0])).status).toBe(404);
    expect((await describeIn(emulator, OTHER, theirs.contactIds[0])).status).toBe(200);
    const tokens = (await ledger(emulator)).filter(({ type }) => type === 'token');
    expect(tokens).toHaveLength(2);
  });

  it('name their instance by an ARN with their own number', async () => {
    const call = (key: AccessKey, account?: string) => ({
      key,
      target: `/contact/batch/${encodeURIComponent(arnIn(account))}`,
      body: body(contacts(1)),
    });
    expect((await send(emulator, call(PRINCIPAL))).status).toBe(200);
    expect((await send(emulator, call(OTHER, OTHER.account))).status).toBe(200);
    expect((await send(emulator, call(OTHER))).error).toBe('ResourceNotFoundException');
    expect((await send(emulator, call(PRINCIPAL, OTHER.account))).error).toBe(
      'ResourceNotFoundException',
    );
    const denied = await send(emulator, call(OTHER_OUTSIDER, OTHER.account));
    expect(denied.error).toBe('AccessDeniedException');
    expect(denied.message).toContain(`on resource: ${arnIn(OTHER.account)}`);
  });
});
