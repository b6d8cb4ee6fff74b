import { randomUUID } from 'node:crypto';
import { ConnectClient, type ContactDataRequest } from '@aws-sdk/client-connect';
import { type Emulator, startEmulator } from 'dialproof';
import { useContractMock } from 'dialproof/contracts';
import { contactSource, ORDINARY_INSTANCE } from 'dialproof/generators';
import { matchers } from 'dialproof/jest';
import { feed } from './feeder';

expect.extend(matchers);

let emulator: Emulator;
let client: ConnectClient;
beforeAll(async () => {
  emulator = await startEmulator();
  client = new ConnectClient(emulator.clientConfig);
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const people = contactSource(42);
const tokensOf = (run: string) => (batch: number) => `${run}-${batch}`;
const contacts = Array.from({ length: 30 }, (_, i) => people.contact(i, `contact-${i}`));

test('every contact is created once', async () => {
  const { contactIds, failures } = await feed(
    client,
    emulator.instanceId,
    tokensOf('monday'),
    contacts,
  );

  expect(failures).toEqual([]);
  expect(new Set(contactIds).size).toBe(30);
  expect(emulator).toHaveCreatedOnce('monday-0');
  expect(emulator).toHaveCreatedOnce('monday-1');
});

test('a reply that is lost leaves nothing twice: the SDK sends the call again with its token', async () => {
  emulator.faults.next('drop-after-commit');

  const { contactIds } = await feed(
    client,
    emulator.instanceId,
    tokensOf('tuesday'),
    contacts.slice(0, 25),
  );

  expect(contactIds).toHaveLength(25);
  expect(emulator).toHaveCreatedOnce('tuesday-0');
  expect(emulator).toHaveReplayed('tuesday-0');
});

test('a token that is used again for other contacts is refused', async () => {
  const tokens = tokensOf('wednesday');
  await feed(client, emulator.instanceId, tokens, contacts.slice(0, 2));
  const again = feed(client, emulator.instanceId, tokens, contacts.slice(2, 4));

  await expect(again).rejects.toMatchObject({ name: 'IdempotencyException' });
  expect(emulator).toHaveRefused('wednesday-0', 'IdempotencyException');
});

describe('against the contract', () => {
  const mock = useContractMock();

  test('what the feeder sends is a call that the contract knows', async () => {
    const pact = new ConnectClient({ ...emulator.clientConfig, endpoint: mock.url });
    const contact: ContactDataRequest = {
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12065550101' },
      QueueId: ORDINARY_INSTANCE.queues[0].id,
      Campaign: { CampaignId: '5d1f0a9c-7b34-4c2e-8f61-0a9b8c7d6e5f' },
    };

    const { contactIds } = await feed(pact, emulator.instanceId, () => randomUUID(), [contact]);

    expect(contactIds).toHaveLength(1);
  });
});
