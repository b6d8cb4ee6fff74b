import type { EmulatorOptions, RunningEmulator } from '../../emulator/emulator.ts';
import {
  REFUSAL_NAMES,
  REFUSALS,
  type RefusalName,
} from '../../operation/connect/batch-put-contact/refusals.ts';
import { choose } from '../../operation/connect/choices.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import {
  type Answer,
  body,
  type Call,
  contacts,
  control,
  EXPIRED,
  factsWith,
  ledger,
  OUTSIDER,
  send,
  sendUnsigned,
  stats,
  withEmulator,
} from './fixtures.ts';

const GOOD: Call = { body: body(contacts(1), 'token') };

interface Provocation {
  readonly options?: EmulatorOptions;
  /** The call that is refused. */
  readonly call: (emulator: RunningEmulator) => Promise<Answer>;
  /** Contacts that stand though the call was refused. */
  readonly contacts?: number;
}

const calling = (change: Partial<Call>): Provocation => ({
  call: (emulator) => send(emulator, { ...GOOD, ...change }),
});

const emptyBucket = (
  throttleError: Parameters<typeof factsWith>[0]['throttleError'],
): Provocation => ({
  options: { facts: factsWith(throttleError ? { throttleError } : {}) },
  async call(emulator) {
    await control(emulator, 'PUT', '/bucket', { tokens: 0, frozen: true });
    return send(emulator, GOOD);
  },
});

const outage = (name: 'InternalServiceException' | 'ServiceUnavailable'): Provocation => ({
  options: { facts: ordinaryFacts({ outage: name }) },
  call: (emulator) => send(emulator, GOOD),
});

/** One way over the wire to every refusal: a row without one does not compile. */
const PROVOCATIONS: Readonly<Record<RefusalName, Provocation>> = {
  UnknownOperationException: calling({ method: 'POST' }),
  RequestEntityTooLargeException: {
    options: { facts: factsWith({ maxBodyBytes: 1024 }) },
    call: (emulator) => send(emulator, { body: body(contacts(25)) }),
  },
  MissingAuthenticationTokenException: {
    call: (emulator) =>
      sendUnsigned(emulator, { ...GOOD, target: `/contact/batch/i?X-Amz-Signature=a` }, {}),
  },
  IncompleteSignatureException: calling({ unsigned: { authorization: 'AWS4-HMAC-SHA256 a=b' } }),
  UnrecognizedClientException: calling({
    key: { ...OUTSIDER, accessKeyId: 'AKIDNOBODYSEXAMPLE' },
  }),
  ExpiredTokenException: calling({ key: EXPIRED }),
  InvalidSignatureException: calling({ secret: 'not the secret' }),
  AccessDeniedException: calling({ key: OUTSIDER }),
  TooManyRequestsException: emptyBucket('TooManyRequestsException'),
  ThrottlingException: emptyBucket('ThrottlingException'),
  LimitExceededException: emptyBucket('LimitExceededException'),
  SerializationException: calling({ body: '{"ContactDataRequestList": 1}' }),
  InvalidRequestException: calling({ body: body(contacts(26)) }),
  ResourceNotFoundException: calling({ target: '/contact/batch/no-such-instance' }),
  InternalServiceException: outage('InternalServiceException'),
  ServiceUnavailable: outage('ServiceUnavailable'),
  IdempotencyException: {
    contacts: 1,
    async call(emulator) {
      await send(emulator, GOOD);
      return send(emulator, { body: body(contacts(2), 'token') });
    },
  },
};

it.each(REFUSAL_NAMES)('%s over the wire', async (name) => {
  const row = REFUSALS[name];
  const { options = {}, call, contacts: standing = 0 } = PROVOCATIONS[name];
  await withEmulator(options, async (emulator) => {
    const answer = await call(emulator);
    expect(answer.status).toBe(row.status);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-amzn-errortype': name,
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      date: expect.stringMatching(/ GMT$/),
      'content-length': String(Buffer.byteLength(answer.text)),
    });
    expect(JSON.parse(answer.text)).toEqual({
      [row.modelled ? 'Message' : 'message']: expect.stringMatching(/./),
    });
    expect((await ledger(emulator)).filter((line) => line.type === 'contact')).toHaveLength(
      standing,
    );
    expect((await stats(emulator)).refusals).toEqual({ [name]: 1 });
  });
});

describe('particular refusals', () => {
  it('LimitExceededException also comes of an outage', async () => {
    const facts = ordinaryFacts({ outage: 'LimitExceededException' });
    await withEmulator({ facts }, async (emulator) => {
      expect(await send(emulator, GOOD)).toMatchObject({
        status: 429,
        error: 'LimitExceededException',
      });
    });
  });

  it('the resource of AccessDeniedException is made from the path', async () => {
    await withEmulator({}, async (emulator) => {
      const { message } = await send(emulator, { ...GOOD, key: OUTSIDER });
      expect(message).toBe(
        `User: ${OUTSIDER.principalArn} is not authorized to perform: connect:BatchPutContact on resource: arn:aws:connect:us-east-1:123456789012:instance/${ORDINARY_INSTANCE.id}`,
      );
    });
  });

  it.each([
    ['no list', '{"ClientToken":"t"}', 'InvalidRequestException'],
    ['an empty list', body([]), 'InvalidRequestException'],
    ['a list that is null', '{"ContactDataRequestList":null}', 'InvalidRequestException'],
    ['a token of 501 characters', body(contacts(1), 'x'.repeat(501)), 'InvalidRequestException'],
    [
      'a preview without its members',
      body([
        { OutboundStrategy: { Type: 'AGENT_FIRST', Config: { AgentFirst: { Preview: {} } } } },
      ]),
      'InvalidRequestException',
    ],
    ['an empty body', '', 'SerializationException'],
    ['half a body', body(contacts(1)).slice(0, -3), 'SerializationException'],
    ['a list as the body', '[]', 'SerializationException'],
    ['a number for a text', '{"ContactDataRequestList":[{"QueueId":7}]}', 'SerializationException'],
    [
      'bytes that are not UTF-8',
      Buffer.from([
        ...Buffer.from('{"ClientToken":"'),
        0xc3,
        0x28,
        ...Buffer.from('","ContactDataRequestList":[{}]}'),
      ]),
      'SerializationException',
    ],
    ['a byte order mark', `\ufeff${body([{}])}`, 'SerializationException'],
  ])('%s', async (_, bytes, error) => {
    await withEmulator({}, async (emulator) => {
      expect(await send(emulator, { body: bytes })).toMatchObject({ status: 400, error });
    });
  });

  it.each(['/', '/contact/batch', '/contact/batch/a/b', '/contact/batch/%zz', '/contacts/batch/a'])(
    'there is nothing at %s',
    async (target) => {
      await withEmulator({}, async (emulator) => {
        expect(await send(emulator, { ...GOOD, target })).toMatchObject({
          status: 404,
          error: 'UnknownOperationException',
        });
      });
    },
  );

  it('an instance id outside its bounds is refused before it is looked up', async () => {
    await withEmulator({}, async (emulator) => {
      const named = async (id: string) => {
        const { status, error, message } = await send(emulator, {
          ...GOOD,
          target: `/contact/batch/${id}`,
        });
        return [status, error, message?.includes("at 'instanceId'")];
      };
      expect(await named('')).toEqual([400, 'InvalidRequestException', true]);
      expect(await named('x')).toEqual([404, 'ResourceNotFoundException', false]);
      expect(await named('x'.repeat(100))).toEqual([404, 'ResourceNotFoundException', false]);
      expect(await named('x'.repeat(101))).toEqual([400, 'InvalidRequestException', true]);
    });
  });

  it('checks in the order of the table: a call with every fault gets the first', async () => {
    const facts = ordinaryFacts({ outage: 'InternalServiceException', choices: choose({}) });
    await withEmulator({ facts }, async (emulator) => {
      const faulty: Call = { body: 'x', key: OUTSIDER, target: '/contact/batch/no-such' };
      await control(emulator, 'PUT', '/bucket', { tokens: 0, frozen: true });
      const errors: (string | undefined)[] = [];
      const send1 = async (call: Call) => errors.push((await send(emulator, call)).error);
      await send1({ ...faulty, method: 'GET', secret: 'wrong' });
      await send1({ ...faulty, secret: 'wrong' });
      await send1(faulty);
      const { key: _, ...allowed } = faulty;
      await send1(allowed);
      await control(emulator, 'PUT', '/bucket', { tokens: 100, frozen: false });
      await send1(allowed);
      await send1({ ...allowed, body: GOOD.body });
      await send1(GOOD);
      expect(errors).toEqual([
        'UnknownOperationException',
        'InvalidSignatureException',
        'AccessDeniedException',
        'TooManyRequestsException',
        'SerializationException',
        'ResourceNotFoundException',
        'InternalServiceException',
      ]);
    });
  });
});
