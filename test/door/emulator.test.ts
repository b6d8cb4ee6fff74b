/** The emulator in a test's own process, by an AWS SDK client that its clientConfig configures. */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectClient, DescribeContactCommand, StopContactCommand } from '@aws-sdk/client-connect';
import { type Account, type Emulator, startEmulator } from '../../door/index.ts';
import { freePort } from '../support/listen.ts';
import { sent } from './calls.ts';

let emulator: Emulator;
let client: ConnectClient;
beforeAll(async () => {
  emulator = await startEmulator({ idSeed: 7 });
  client = clientOf(emulator);
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  client.destroy();
  await emulator.close();
});

const clientOf = ({ clientConfig }: Pick<Account, 'clientConfig'>, maxAttempts = 1) =>
  new ConnectClient({ ...clientConfig, maxAttempts });

const put = (token: string, count = 1, by = client, instance = emulator.instanceId) =>
  sent(by, instance, token, count);

describe('an emulator', () => {
  test('has what a client needs', async () => {
    expect(emulator).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      controlUrl: null,
      region: 'us-east-1',
      account: '123456789012',
      clientConfig: { endpoint: emulator.url, region: 'us-east-1' },
    });
    expect((await put('a', 2)).SuccessfulRequestList).toHaveLength(2);
  });

  test('says in its journal why a signature does not match', async () => {
    const { accessKeyId } = emulator.credentials;
    const credentials = { accessKeyId, secretAccessKey: emulator.outsider.secretAccessKey };
    const wrong = new ConnectClient({ ...emulator.clientConfig, credentials, maxAttempts: 1 });
    await expect(put('a', 1, wrong)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    wrong.destroy();
    await put('b');
    expect(emulator.journal.calls().map(({ mismatch }) => mismatch)).toEqual([
      {
        canonicalRequest: expect.stringMatching(/^PUT\n\/contact\/batch\//),
        stringToSign: expect.stringMatching(/^AWS4-HMAC-SHA256\n/),
        hint: expect.stringContaining('signed with the secret of AKIDOUTSIDERSEXAMPLE'),
      },
      null,
    ]);
  });

  test('refuses its outsider', async () => {
    const outsider = new ConnectClient({
      ...emulator.clientConfig,
      credentials: emulator.outsider,
    });
    await expect(put('a', 1, outsider)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(emulator.journal.calls({ accessKeyId: emulator.outsider.accessKeyId })).toHaveLength(1);
  });

  test('makes the same ContactIds from the same seed after each reset', async () => {
    const ids = async () =>
      (await put('a', 3)).SuccessfulRequestList?.map(({ ContactId }) => ContactId);
    const first = await ids();
    expect(first).toHaveLength(3);
    for (const id of first ?? []) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    await emulator.reset();
    expect(await ids()).toEqual(first);
  });

  test('is closed by "await using", and gives its port back', async () => {
    const port = await freePort();
    {
      await using first = await startEmulator({ port });
      expect(first.url).toBe(`http://127.0.0.1:${port}`);
    }
    await using second = await startEmulator({ port });
    expect(second.url).toBe(`http://127.0.0.1:${port}`);
  });

  test('can be closed twice, and fails those who wait', async () => {
    const short = await startEmulator();
    const waiting = short.journal.waitFor(() => false);
    await short.close();
    await short.close();
    await expect(waiting).rejects.toThrow('the emulator was closed');
  });

  test('has a control door where it is asked for', async () => {
    await using with_ = await startEmulator({ controlPort: 0 });
    expect(await (await fetch(`${with_.controlUrl}/health`)).json()).toMatchObject({
      status: 'ok',
    });
  });

  test('prints nothing and takes no signal', async () => {
    const before = process.listenerCount('SIGINT') + process.listenerCount('exit');
    const written: unknown[] = [];
    const spies = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((text) => written.push(text) > 0),
    );
    await using quiet = await startEmulator();
    quiet.faults.next('drop-on-arrival');
    await expect(put('a', 1, clientOf(quiet))).rejects.toThrow();
    await put('a', 1, clientOf(quiet));
    for (const spy of spies) spy.mockRestore();
    expect(written).toEqual([]);
    expect(process.listenerCount('SIGINT') + process.listenerCount('exit')).toBe(before);
  });

  test.each([
    [{ account: '12' }, "the account '12' must be 12 digits"],
    [{ faults: 'flaky' as never }, "no fault plan is called 'flaky'"],
    [{ host: '0.0.0.0' }, 'other machines can reach 0.0.0.0'],
    [{ seed: { instance: [] } as never }, "a seed has no member 'instance'"],
  ])('is not started with %j', async (options, sentence) => {
    await expect(startEmulator(options)).rejects.toThrow(sentence);
  });
});

describe('reset', () => {
  test('drops what came, and keeps port and seed', async () => {
    const { url } = emulator;
    const own = 'c0ffee00-0000-4000-8000-000000000001';
    emulator.seed({ instances: [{ id: own, numbers: ['+12065550100'] }] });
    const { SuccessfulRequestList: [made] = [] } = await put('a');
    emulator.faults.always('throttle');
    await emulator.clock.advance({ days: 3 });
    await emulator.reset();

    expect(emulator.url).toBe(url);
    expect(emulator.journal.calls()).toEqual([]);
    expect(emulator.journal.contacts()).toEqual([]);
    expect(emulator.clock.now().getTime()).toBeLessThan(Date.now() + 60_000);
    const gone = client.send(
      new DescribeContactCommand({ InstanceId: emulator.instanceId, ContactId: made?.ContactId }),
    );
    await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await put('a', 1, client, own)).SuccessfulRequestList).toHaveLength(1);
  });

  test('takes the faults of the start again', async () => {
    await using faulty = await startEmulator({ faults: { faults: [{ fault: 'throttle' }] } });
    faulty.faults.clear();
    const by = clientOf(faulty);
    await put('a', 1, by);
    await faulty.reset();
    await expect(put('b', 1, by)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });
});

describe('seed', () => {
  test('adds campaign ids and keys', async () => {
    await using own = await startEmulator({
      seed: { instances: [{ id: emulator.instanceId, campaigns: ['spring'] }] },
    });
    const key = { accessKeyId: 'AKIDSEEDEDKEYEXAMPLE', secretAccessKey: 'made-up' };
    const by = new ConnectClient({ ...own.clientConfig, credentials: { ...key }, maxAttempts: 1 });
    await expect(put('a', 1, by)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    own.seed({ keys: [key] });
    expect((await put('a', 1, by)).SuccessfulRequestList).toHaveLength(1);
    await own.reset();
    expect((await put('a', 1, by)).SuccessfulRequestList).toHaveLength(1);
    expect(() => own.seed({ keys: [key] })).toThrow('is there already');
    const autumn = await sent(by, own.instanceId, 'b', 1, 'autumn');
    expect(autumn.FailedRequestList).toMatchObject([{ FailureReasonCode: 'MISSING_CAMPAIGN' }]);
  });
});

describe('faults', () => {
  const name = (token: string) =>
    put(token).then(
      () => 'ok',
      (error: Error) => error.name,
    );

  test('meet the next call only', async () => {
    emulator.faults.next('service-unavailable');
    expect([await name('a'), await name('b')]).toEqual(['ServiceUnavailable', 'ok']);
    expect(emulator.faults.applied()).toEqual({ 'service-unavailable': 1 });
  });

  test('meet the n-th call, each counted from when it was set', async () => {
    emulator.faults.nth(2, 'throttle');
    expect(await name('a')).toBe('ok');
    emulator.faults.nth(2, 'limit-exceeded');
    expect([await name('b'), await name('c'), await name('d')]).toEqual([
      'TooManyRequestsException',
      'LimitExceededException',
      'ok',
    ]);
  });

  test('meet every call until they are cleared, or those with a token', async () => {
    emulator.faults.always('throttle', {}, { token: '^x' });
    expect([await name('x1'), await name('y'), await name('x2')]).toEqual([
      'TooManyRequestsException',
      'ok',
      'TooManyRequestsException',
    ]);
    emulator.faults.clear();
    expect(await name('x3')).toBe('ok');
  });

  test('two at once meet one call', async () => {
    emulator.faults.next('fail-items', { code: 'INTERNAL_ERROR', items: 1 });
    emulator.faults.next('late-reply', { ms: 1 });
    const { FailedRequestList = [] } = await put('a');
    expect(FailedRequestList).toMatchObject([{ FailureReasonCode: 'INTERNAL_ERROR' }]);
    expect(emulator.faults.applied()).toEqual({ 'fail-items': 1, 'late-reply': 1 });
  });

  test('lose a reply after the contacts were made: the journal knows both', async () => {
    emulator.faults.next('drop-after-commit');
    await expect(put('a', 2)).rejects.toThrow();
    expect(emulator.journal.calls()).toMatchObject([{ status: 0, delivered: false, items: [] }]);
    expect(emulator.journal.contacts({ clientToken: 'a' })).toHaveLength(2);
  });

  test('of a plan with a name', async () => {
    emulator.faults.use('throttle-storm');
    expect(Object.keys(emulator.faults.applied())).toContain('throttle');
  });

  test('that cannot be are refused', () => {
    expect(() => emulator.faults.next('latency')).toThrow('needs ms');
    expect(() => emulator.faults.nth(0, 'throttle')).toThrow('nth');
    expect(() => emulator.faults.next('none' as never)).toThrow('must be one of');
  });
});

describe('clock', () => {
  test('makes tokens older', async () => {
    await put('a');
    await emulator.clock.advance({ days: 7, seconds: 1 });
    await put('a');
    expect(emulator.journal.batches('a')).toBe(2);
    expect(emulator.clock.now().getTime()).toBeGreaterThan(Date.now() + 7 * 86_400_000);
  });

  test('has moved when advance returns, if no campaign has anything to do', () => {
    const before = emulator.clock.now().getTime();
    void emulator.clock.advance({ hours: 1 });
    expect(emulator.clock.now().getTime()).toBeGreaterThanOrEqual(before + 3_600_000);
  });

  test('can run faster than the real one', async () => {
    const real = { time: Date.now(), now: () => real.time };
    await using fast = await startEmulator({ clock: real, speed: 60 });
    const before = fast.clock.now().getTime();
    real.time += 1_000;
    expect(fast.clock.now().getTime()).toBe(before + 60_000);
    expect(() => fast.clock.advance({ minutes: -1 })).toThrow('from 0 up');
  });

  test('goes forward only', () => {
    expect(() => emulator.clock.advance({ seconds: -1 })).toThrow('from 0 up');
    expect(() => emulator.clock.advance({ weeks: 1 } as never)).toThrow('not by weeks 1');
  });
});

describe('journal', () => {
  test('has calls and contacts', async () => {
    await put('a', 2);
    await put('a', 2);
    const [first, second] = emulator.journal.calls();
    expect(first).toMatchObject({
      number: 1,
      operation: 'BatchPutContact',
      status: 200,
      error: null,
      clientToken: 'a',
      replayed: false,
      delivered: true,
      items: [{ requestIdentifier: 'a-0', code: null }, { requestIdentifier: 'a-1' }],
    });
    expect(second).toMatchObject({ number: 2, replayed: true, items: first?.items });
    expect(emulator.journal.contacts()).toMatchObject([
      { contactId: first?.items[0]?.contactId, requestIdentifier: 'a-0', campaignId: 'spring' },
      { address: '+12025550101', clientToken: 'a', instanceId: emulator.instanceId },
    ]);
    await client.send(
      new StopContactCommand({
        InstanceId: emulator.instanceId,
        ContactId: first?.items[0]?.contactId ?? '',
      }),
    );
    expect(emulator.journal.calls({ operation: 'StopContact' })).toHaveLength(1);
  });

  test('knows the token of a call that was throttled before its body was read', async () => {
    emulator.faults.next('throttle');
    await expect(put('a')).rejects.toThrow();
    expect(emulator.journal.calls({ clientToken: 'a', status: 429 })).toMatchObject([
      { error: 'TooManyRequestsException', message: expect.any(String) },
    ]);
  });

  test('waits for what is still to come, and for what has come already', async () => {
    const waiting = emulator.journal.waitFor((journal) => journal.contacts().length === 3);
    await put('a', 1);
    await put('b', 2);
    await expect(waiting).resolves.toBe(true);
    const found = await emulator.journal.waitFor(({ calls }) =>
      calls().find(({ clientToken }) => clientToken === 'b'),
    );
    expect(found.number).toBe(2);
  });

  test('tells the last calls when the wait was in vain', async () => {
    await put('a');
    const waiting = emulator.journal.waitFor(({ calls }) => calls()[1], { timeoutMs: 20 });
    await expect(waiting).rejects.toThrow(
      /^waited 20 ms .*\nThe last calls:\n {2}#1 BatchPutContact, token "a": 200, 1 created$/,
    );
  });

  test("passes on the predicate's own error", async () => {
    const broken = emulator.journal.waitFor(() => {
      throw new RangeError('mine');
    });
    await expect(broken).rejects.toThrow(RangeError);
  });
});

describe('isolated accounts', () => {
  test('see their own calls only, also at the same time', async () => {
    const accounts = Array.from({ length: 4 }, () => emulator.isolate({ idSeed: 1 }));
    const [one, other] = accounts as [Account, Account];
    one.faults.always('service-unavailable');
    await other.clock.advance({ days: 1 });
    const ends = await Promise.all(
      accounts.map((account) =>
        Promise.allSettled(Array.from({ length: 6 }, (_, i) => put(`t${i}`, 2, clientOf(account)))),
      ),
    );

    expect(ends.map((all) => all.filter(({ status }) => status === 'fulfilled').length)).toEqual([
      0, 6, 6, 6,
    ]);
    expect(accounts.map(({ journal }) => journal.calls().length)).toEqual([6, 6, 6, 6]);
    expect(accounts.map(({ journal }) => journal.contacts().length)).toEqual([0, 12, 12, 12]);
    expect(emulator.journal.calls()).toEqual([]);
    expect(new Set(accounts.map(({ account }) => account)).size).toBe(4);
    // Four times six calls are more than one account's burst of 15.
    expect(accounts.flatMap(({ journal }) => journal.calls({ status: 429 }))).toEqual([]);
    await one.reset();
    expect(other.journal.calls()).toHaveLength(6);
  });

  test("do not have another's contacts or keys", async () => {
    const own = emulator.isolate();
    const { SuccessfulRequestList: [made] = [] } = await put('a', 1, clientOf(own));
    const describeBy = (by: ConnectClient) =>
      by.send(
        new DescribeContactCommand({ InstanceId: own.instanceId, ContactId: made?.ContactId }),
      );
    expect((await describeBy(clientOf(own))).Contact?.Id).toBe(made?.ContactId);
    await expect(describeBy(client)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(() => own.seed({ keys: [{ ...emulator.credentials }] })).toThrow("is another account's");
  });
});

test('the handler answers in another server', async () => {
  const app = http.createServer((req, res) => {
    if (req.url === '/health') res.end('app');
    else emulator.handler(req, res);
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const mounted = new ConnectClient({ ...emulator.clientConfig, endpoint, maxAttempts: 1 });
  try {
    expect((await put('a', 1, mounted)).SuccessfulRequestList).toHaveLength(1);
    expect(await (await fetch(`${endpoint}/health`)).text()).toBe('app');
    expect(emulator.journal.calls()).toHaveLength(1);
  } finally {
    mounted.destroy();
    await new Promise((resolve) => app.close(resolve));
  }
});
