import { frontDoor, inTurn } from '../../emulator/call/door/front-door.ts';
import { createService } from '../../emulator/emulator.ts';
import type {
  Authenticated,
  Metered,
  Read,
  Received,
  Routed,
} from '../../operation/aws/definition/known.ts';

/** Stages that are only looked at by the compiler. */
const route = (known: Received) => known as Routed;
const authenticate = (known: Routed) => known as Authenticated;
const admit = (known: Authenticated) => known as Metered;
const read = (known: Metered) => known as Read;
const settle = async (known: Read) => ({
  end: { body: known.path },
  known: { ...known, operation: null },
});

it('takes stages in their order only', () => {
  expect(inTurn(route, authenticate, admit, read, settle)).toHaveLength(5);
  // @ts-expect-error the bucket is looked at before the signature
  expect(inTurn(route, admit, authenticate, read, settle)).toHaveLength(5);
  // @ts-expect-error nothing has read the request
  expect(inTurn(route, authenticate, admit, admit, settle)).toHaveLength(5);
});

it('tells as much of a call as was known when it ended', async () => {
  const service = createService();
  const { facts } = service;
  const wire = { method: 'PUT', headers: [], body: Buffer.alloc(0), bodyBytes: 0 };
  const ended = (target: string) =>
    frontDoor({ wire: { ...wire, target }, service, facts, now: 0, selected: null });

  const unknown = await ended('/nowhere?a=b');
  expect(unknown).toMatchObject({
    end: { refusal: { name: 'UnknownOperationException' } },
    known: { path: '/nowhere', query: 'a=b', operation: null },
  });
  expect(unknown.known).not.toHaveProperty('signature');

  const unsigned = await ended('/contact/batch/i');
  expect(unsigned).toMatchObject({
    end: { refusal: { name: 'MissingAuthenticationTokenException' } },
    known: { labels: { InstanceId: 'i' }, signature: { ok: false } },
  });
  expect(unsigned.known).not.toHaveProperty('bucketTokens');
  expect(service.meters.bucketTokens).toEqual({});
});
