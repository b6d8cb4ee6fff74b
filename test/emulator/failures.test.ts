import type { RunningEmulator } from '../../emulator/emulator.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { FAILURE_CODES, FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import { body, contact, contacts, send, withEmulator } from './fixtures.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});
afterAll(() => emulator.close());

const rows = FAILURE_CODES.flatMap((code) =>
  FAILURES[code].provocations.map(({ how, make }) => ({ code, how, make })),
);

it.each(rows)('$code: $how', async ({ code, make }) => {
  const previous = contact(1);
  const item = make(contact(2), previous);
  const answer = await send(emulator, { body: body([previous, item]) });
  expect(answer.status).toBe(200);
  expect(answer.lists.SuccessfulRequestList).toEqual([
    { RequestIdentifier: 'item-1', ContactId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/) },
  ]);
  expect(answer.lists.FailedRequestList).toEqual([
    {
      RequestIdentifier: item.RequestIdentifier,
      FailureReasonCode: code,
      FailureReasonMessage: FAILURES[code].message,
    },
  ]);
});

describe('a 200 answer', () => {
  it('has one result for every item, in the order of the batch, each list by itself', async () => {
    const items = contacts(25).map((item, i) => (i % 2 ? { ...item, QueueId: 'none' } : item));
    const { lists } = await send(emulator, { body: body(items) });
    const ids = (list: readonly { RequestIdentifier?: string }[]) =>
      list.map((one) => one.RequestIdentifier);
    const named = items.map((item) => item.RequestIdentifier);
    expect(ids(lists.SuccessfulRequestList)).toEqual(named.filter((_, i) => i % 2 === 0));
    expect(ids(lists.FailedRequestList)).toEqual(named.filter((_, i) => i % 2 === 1));
  });

  it('leaves out the identifier that an item does not have', async () => {
    const { RequestIdentifier: _, ...anonymous } = contact();
    const { lists } = await send(emulator, { body: body([anonymous, {}]) });
    expect(Object.keys(lists.SuccessfulRequestList[0] ?? {})).toEqual(['ContactId']);
    expect(lists.FailedRequestList[0]).not.toHaveProperty('RequestIdentifier');
  });

  it('brings odd identifiers back unchanged', async () => {
    const odd = ['"', '\\', '\u0000\n', 'ëß', '🦀', '\ud800', '</script>', '__proto__'];
    const items = odd.map((id, i) => contact(i, { RequestIdentifier: id }));
    const { lists } = await send(emulator, { body: body(items) });
    expect(lists.SuccessfulRequestList.map((one) => one.RequestIdentifier)).toEqual(odd);
  });

  it('ignores members that the model does not have, and null ones', async () => {
    const answer = await send(emulator, {
      body: body([
        { ...contact(), Surprise: { a: [1] }, OutboundStrategy: null, Attributes: null },
      ]),
    });
    expect(answer).toMatchObject({ status: 200, codes: [] });
  });

  it('takes the last of a member given twice, as JSON.parse does', async () => {
    const twice = body([contact()]).replace('"QueueId":', '"QueueId":"none","QueueId":');
    expect(await send(emulator, { body: twice })).toMatchObject({ status: 200, codes: [] });
    const reversed = body([contact()]).replace(
      /"QueueId":("[^"]+")/,
      '"QueueId":$1,"QueueId":"none"',
    );
    expect((await send(emulator, { body: reversed })).codes).toEqual(['INVALID_QUEUE']);
  });

  it('keeps __proto__ an ordinary attribute key and an unknown member', async () => {
    const own = '{"__proto__":{"QueueId":"none"},"Attributes":{"__proto__":"x"},';
    const bytes = body([contact()]).replace('[{', `[${own}`);
    expect(await send(emulator, { body: bytes })).toMatchObject({ status: 200, codes: [] });
    const number = bytes.replace('"__proto__":"x"', '"__proto__":1');
    expect(await send(emulator, { body: number })).toMatchObject({
      error: 'SerializationException',
    });
  });

  it('takes the instance as id or ARN, but not the ARN of another account', async () => {
    const arn = `arn:aws:connect:us-east-1:123456789012:instance/${ORDINARY_INSTANCE.id}`;
    const at = (id: string) => `/contact/batch/${encodeURIComponent(id)}`;
    const bytes = body(contacts(1));
    expect(await send(emulator, { body: bytes, target: at(arn) })).toMatchObject({ status: 200 });
    const foreign = arn.replace('123456789012', '111122223333');
    expect(await send(emulator, { body: bytes, target: at(foreign) })).toMatchObject({
      status: 404,
    });
  });
});

it('gives REQUEST_THROTTLED once there is no room for more contacts, across calls', async () => {
  await withEmulator({ facts: ordinaryFacts({ pendingRoom: 3 }) }, async (small) => {
    expect(await send(small, { body: body(contacts(2)) })).toMatchObject({
      status: 200,
      codes: [],
    });
    expect((await send(small, { body: body(contacts(2)) })).codes).toEqual(['REQUEST_THROTTLED']);
    expect((await send(small, { body: body(contacts(1)) })).codes).toEqual(['REQUEST_THROTTLED']);
  });
});
