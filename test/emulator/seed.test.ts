/** A seed adds to what is there, and a mistake in it is told by its place. */

import { ORDINARY_KEYS } from '../../emulator/identity/keys.ts';
import { readSeed, withKeys } from '../../emulator/seed.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';

const facts = ordinaryFacts();
const { id } = ORDINARY_INSTANCE;
const seeded = (seed: unknown) => readSeed(seed, facts).addedTo(facts).instances;

test('an instance that is new stands beside the others', () => {
  expect(seeded({ instances: [{ id: 'other' }] })).toEqual([
    ORDINARY_INSTANCE,
    { id: 'other', queues: [], numbers: [], campaigns: null },
  ]);
});

test('queues, numbers and campaigns are added to the instance of that id', () => {
  const [sales] = ORDINARY_INSTANCE.queues;
  const queues = [
    { id: 'new', name: 'New', enabled: true },
    { ...sales, enabled: false },
  ];
  const [instance] = seeded({
    instances: [{ id, queues, numbers: ['+12065550100', '+12065550199'], campaigns: ['spring'] }],
  });
  expect(instance?.queues).toEqual([...ORDINARY_INSTANCE.queues.slice(1), ...queues]);
  expect(instance?.numbers).toEqual([...ORDINARY_INSTANCE.numbers, '+12065550199']);
  expect(instance?.campaigns).toEqual(['spring']);
});

test('campaigns stay as they are without a word on them, and null accepts any again', () => {
  const first = readSeed({ instances: [{ id, campaigns: ['a'] }] }, facts).addedTo(facts);
  const then = (instance: object) =>
    readSeed({ instances: [{ id, ...instance }] }, first).addedTo(first).instances[0]?.campaigns;
  expect(then({})).toEqual(['a']);
  expect(then({ campaigns: ['b'] })).toEqual(['a', 'b']);
  expect(then({ campaigns: null })).toBeNull();
});

test('a key is of outbound campaigns unless it says otherwise', () => {
  const { keys } = readSeed(
    {
      keys: [
        { accessKeyId: 'A', secretAccessKey: 's' },
        { accessKeyId: 'B', secretAccessKey: 's', servicePrincipal: false, expiresAt: 5 },
        { accessKeyId: 'C', secretAccessKey: 's', account: '000000000007' },
        { accessKeyId: 'D', secretAccessKey: 's', account: facts.account },
      ],
    },
    facts,
  );
  expect(keys).toMatchObject([
    { accessKeyId: 'A', servicePrincipal: true },
    {
      servicePrincipal: false,
      expiresAt: 5,
      principalArn: `arn:aws:iam::${facts.account}:user/seeded`,
    },
    { account: '000000000007', principalArn: expect.stringMatching(/^arn:aws:sts::000000000007:/) },
    { principalArn: expect.stringContaining(facts.account) },
  ]);
  expect(keys[3]).not.toHaveProperty('account');
  expect(withKeys(ORDINARY_KEYS, keys)).toHaveLength(ORDINARY_KEYS.length + 4);
  expect(() => withKeys(keys, keys)).toThrow('the access key A is there already');
});

test.each([
  [{ instance: [] }, "a seed has no member 'instance'; it has instances, keys"],
  [[], 'a seed must be an object, not a list'],
  [{ instances: {} }, 'instances must be a list, not an object'],
  [{ instances: [{}] }, 'instances[0].id must be a text that is not empty'],
  [{ instances: [{ id, queue: [] }] }, "instances[0] has no member 'queue'"],
  [{ instances: [{ id, queues: [{ id: 'q', name: 'n' }] }] }, 'instances[0].queues[0].enabled'],
  [{ instances: [{ id: 'a' }, { id: 'a' }] }, "instances[1].id 'a' is there twice"],
  [{ keys: [{ accessKeyId: 'A' }] }, 'keys[0].secretAccessKey must be a text'],
  [
    { keys: [{ accessKeyId: 'A', secretAccessKey: 's', account: '7' }] },
    'keys[0].account must be an account of 12 digits',
  ],
  [{ keys: [{ secret: 'A' }] }, "keys[0] has no member 'secret'"],
  [
    { keys: [{ accessKeyId: 'A', secretAccessKey: 's', servicePrincipal: 1 }] },
    'keys[0].servicePrincipal must be true or false',
  ],
  [
    { keys: [{ accessKeyId: 'A', secretAccessKey: 's', expiresAt: 'soon' }] },
    'keys[0].expiresAt must be a whole number of epoch milliseconds',
  ],
])('%j is refused', (seed, sentence) => {
  expect(() => readSeed(seed, facts)).toThrow(UserError);
  expect(() => readSeed(seed, facts)).toThrow(sentence);
});
