/** Campaigns and dial requests that the control door adds. */

import { type RunningEmulator, startEmulator } from '../../../emulator/emulator.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});
beforeEach(() => post('/reset', undefined));
afterAll(() => emulator.close());

async function post(path: string, body: unknown) {
  const response = await fetch(`${emulator.controlUrl}${path}`, {
    method: 'POST',
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

async function campaigns(): Promise<unknown[]> {
  const response = await fetch(`${emulator.controlUrl}/campaigns`);
  return ((await response.json()) as { campaigns: unknown[] }).campaigns;
}

const campaign = (over: object = {}) => ({
  version: 1,
  id: 'renewals',
  name: 'Renewals',
  instanceId: ORDINARY_INSTANCE.id,
  members: {
    dialerConfig: { agentlessDialerConfig: {} },
    outboundCallConfig: { connectContactFlowId: 'flow', connectSourcePhoneNumber: '+12065550100' },
  },
  ...over,
});

it('a campaign is there in the state that was asked for', async () => {
  const paused = campaign({ id: 'paused', name: 'Paused', state: 'Paused' });
  expect(await post('/campaigns', { campaigns: [campaign(), paused] })).toMatchObject({
    status: 200,
    body: { campaigns: [{ id: 'renewals' }, { id: 'paused' }] },
  });
  expect(await campaigns()).toMatchObject([
    { id: 'renewals', api: 'v1', state: 'Initialized' },
    { id: 'paused', api: 'v1', state: 'Paused' },
  ]);
});

it('a dial request is there with its id, and counts against the room of its campaign', async () => {
  await post('/campaigns', { campaigns: [campaign({ state: 'Paused' })] });
  const request = {
    campaignId: 'renewals',
    dialRequestId: 'first',
    clientToken: 'a',
    phoneNumber: '+12065550101',
  };
  expect(await post('/dial-requests', request)).toEqual({
    status: 200,
    body: { dialRequestId: 'first' },
  });
  expect(await campaigns()).toMatchObject([{ id: 'renewals', pending: 1 }]);
  expect((await post('/dial-requests', request)).body).toEqual({
    message: 'there is a dial request first',
  });
});

it.each<[string, string, unknown, string]>([
  ['no version', '/campaigns', { campaigns: [{ ...campaign(), version: 3 }] }, 'version must be'],
  ['an unknown state', '/campaigns', { campaigns: [campaign({ state: 'Lost' })] }, 'state must be'],
  [
    'members that the model has not',
    '/campaigns',
    { campaigns: [campaign({ members: {} })] },
    'the campaign Renewals is refused: ',
  ],
  [
    'an instance that is not there',
    '/campaigns',
    { campaigns: [campaign({ instanceId: 'nowhere' })] },
    'Connect instance nowhere was not found.',
  ],
  [
    'an id that is taken',
    '/campaigns',
    { campaigns: [campaign(), campaign({ name: 'Other' })] },
    'there is a campaign renewals',
  ],
  [
    'a dial request for no campaign',
    '/dial-requests',
    { campaignId: 'none', dialRequestId: 'a', clientToken: '', phoneNumber: '+12065550101' },
    'there is no campaign none',
  ],
])('%s is refused in a sentence', async (_, path, body, sentence) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(400);
  expect((answer.body as { message: string }).message).toContain(sentence);
});
