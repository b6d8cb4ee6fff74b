import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningEmulator } from '../../emulator/emulator.ts';
import { INJECTED_NUMBERS, ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { maskNumbers } from '../../system/mask-numbers.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';
import { body, contact, OUTSIDER, SESSION, send, withEmulator } from './fixtures.ts';

const dir = tempDir();

/** The file of a log after work on an endpoint that wrote it. */
async function logged(name: string, work: (emulator: RunningEmulator) => Promise<unknown>) {
  const accessLog = join(dir, name);
  await withEmulator({ accessLog }, work);
  return readFileSync(accessLog, 'utf8');
}

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

it('has a line for every request', async () => {
  const failing = contact(2, {
    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: INJECTED_NUMBERS.INTERNAL_ERROR },
  });
  const batch = body([contact(1), failing], 'token-1');
  let bytesOut = 0;
  const text = await logged('every.ndjson', async (emulator) => {
    const { text, contactIds } = await send(emulator, { body: batch });
    bytesOut = Buffer.byteLength(text);
    await send(emulator, { body: batch });
    await send(emulator, { body: batch, key: OUTSIDER });
    const ContactId = contactIds[0];
    await send(emulator, {
      method: 'POST',
      target: '/contact/stop',
      body: JSON.stringify({ InstanceId: ORDINARY_INSTANCE.id, ContactId }),
      key: OUTSIDER,
    });
    await send(emulator, { method: 'DELETE', target: '/else', body: '' });
  });
  const put = {
    time: MOMENT,
    requestId: UUID,
    operation: 'BatchPutContact',
    status: 200,
    error: null,
    bytesIn: Buffer.byteLength(batch),
    bytesOut,
    milliseconds: expect.any(Number),
    accessKeyId: 'AKIDCAMPAIGNSEXAMPLE',
    principal: 'outbound campaigns',
    instance: ORDINARY_INSTANCE.id,
    clientToken: 'token-1',
    items: 2,
    successes: 1,
    failures: { INTERNAL_ERROR: 1 },
    replayed: false,
  };
  const nothing = {
    clientToken: null,
    items: null,
    successes: null,
    failures: null,
    replayed: null,
  };
  expect(linesOf(text)).toEqual([
    put,
    { ...put, replayed: true },
    {
      ...put,
      ...nothing,
      status: 403,
      error: 'AccessDeniedException',
      bytesOut: expect.any(Number),
      accessKeyId: 'AKIDOUTSIDERSEXAMPLE',
      principal: 'account',
    },
    {
      ...put,
      ...nothing,
      operation: 'StopContact',
      bytesIn: expect.any(Number),
      bytesOut: 2,
      accessKeyId: 'AKIDOUTSIDERSEXAMPLE',
      principal: 'account',
    },
    {
      ...put,
      ...nothing,
      operation: null,
      status: 404,
      error: 'UnknownOperationException',
      bytesIn: 0,
      bytesOut: expect.any(Number),
      principal: null,
      instance: null,
    },
  ]);
});

it('has its fields in docs/access-log.md', async () => {
  // This line has every field: `mismatch` is there only if the signature does not match.
  const text = await logged('documented.ndjson', (emulator) =>
    send(emulator, { body: '', secret: 'wrong' }),
  );
  const table = readFileSync(join(PACKAGE_ROOT, 'docs/access-log.md'), 'utf8');
  const named = table.split('\n').flatMap((line) => /^\| `(\w+)` \|/.exec(line)?.[1] ?? []);
  expect(named).toEqual(Object.keys(linesOf(text)[0] ?? {}));
});

it('has the mismatch of a signature, masked', async () => {
  const text = await logged('mismatch.ndjson', async (emulator) => {
    await send(emulator, { body: '{}' });
    await send(emulator, {
      body: '{}',
      key: SESSION,
      secret: 'wrong',
      headers: { 'x-amz-note': '+12065550123' },
    });
  });
  const [good, bad] = linesOf(text);
  expect(good).not.toHaveProperty('mismatch');
  expect(bad).toMatchObject({
    error: 'InvalidSignatureException',
    mismatch: {
      canonicalRequest: expect.stringMatching(
        /^PUT\n.*\nx-amz-note:\+1206\*{5}23\nx-amz-security-token:\*{3}\n/s,
      ),
      stringToSign: expect.stringMatching(/^AWS4-HMAC-SHA256\n/),
      hint: expect.stringContaining('the secret does'),
    },
  });
  expect(text).not.toContain(SESSION.sessionToken);
});

describe('phone numbers', () => {
  it('reach it from nowhere in a request', async () => {
    const [customer, system, other] = ['+12065550123', '+442079460123', '12065550177'] as const;
    const item = contact(1, {
      RequestIdentifier: customer,
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: customer },
      SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: system },
      Attributes: { [other]: customer },
    });
    const statuses: number[] = [];
    const text = await logged('numbers.ndjson', async (emulator) => {
      for (const call of [
        { body: body([item], customer) },
        { body: body([item], `call-${other}`) },
        { body: body([item], `dial +1 (206) 555-0123`) },
        { body: body([item]), target: `/contact/batch/${encodeURIComponent(customer)}` },
        { body: body([item]), target: `/contact/batch/${encodeURIComponent('%2B12065550123')}` },
        { body: body([item]), target: `/contact/batch/x?number=${customer}` },
        { body: body([item]), key: { ...OUTSIDER, accessKeyId: customer } },
        { body: `{"ContactDataRequestList":"${customer}"}` },
        { method: 'GET', target: `/contacts/${customer}/${other}`, body: '' },
        { method: 'GET', target: `/${customer}/${other}`, body: '' },
      ]) {
        statuses.push((await send(emulator, call)).status);
      }
    });
    expect(new Set(statuses)).toEqual(new Set([200, 400, 403, 404]));
    expect(linesOf(text)).toHaveLength(statuses.length);
    for (const number of ['12065550123', '442079460123', '12065550177', '555-0123']) {
      expect(text).not.toContain(number);
    }
    expect(linesOf(text)[0]).toMatchObject({ clientToken: '+1206*****23' });
  });

  it.each([
    ['+12065550123', '+1206*****23'],
    ['a +12065550123 b +442079460123', 'a +1206*****23 b +4420******23'],
    ['%2B12065550123', '%2B12*******23'],
    ['%252B12065550123', '%252B*********23'],
    ['12065550123', '120******23'],
    ['+4420794', '+44***94'],
    ['+1 206 555-0123', '+1 20********23'],
    ['8f3c2b1a-5d4e-4f60-9a7b-123456789012', '8f3c2b1a-5d4e-4f60-9a7b-123456789012'],
    ['ab12cd34-0000000123', 'ab12cd34-0000000123'],
    ['token-1', 'token-1'],
    ['call-206-555-0123', 'call-206-5*****23'],
    ['(206) 555-0123', '(206) ******23'],
    ['1.206.555.0123', '1.206*******23'],
    ['dial 020 7946 0123.', 'dial 020 7******23.'],
    ['0171/3920000', '0171/*****00'],
    ['+1\u00a0206\u2011555\u20110123', '+1\u00a020********23'],
    ['0012065550123', '00120******23'],
    ['0000000123', '0000000123'],
    ['3735928559-0000000012-07', '3735928559-0000000012-07'],
    ['batch-2026-11-28-0001', 'batch-2026-11-28-0001'],
    ['1-2-3-4-5', '1-2-3-4-5'],
  ])('%s is shown as %s', (text, shown) => {
    expect(maskNumbers(text)).toBe(shown);
  });

  it.each([
    '+1'.repeat(50_000),
    `+${'1 ('.repeat(50_000)}`,
    '%25'.repeat(50_000),
    '1--'.repeat(50_000),
    `${'1 '.repeat(50_000)}x`,
  ])('are looked for in linear time', (text) => {
    expect(maskNumbers(text).length).toBe(text.length);
  });
});

describe('a log that cannot be written', () => {
  it.each([
    ['a folder that is not there', join(dir, 'none', 'access.ndjson')],
    ['a folder', dir],
  ])('%s: one warning, and the endpoint goes on', async (_, accessLog) => {
    const warn = jest.spyOn(console, 'error').mockImplementation(() => {});
    try {
      await withEmulator({ accessLog }, async (emulator) => {
        for (let i = 0; i < 3; i += 1) {
          expect((await send(emulator, { body: body([contact(i)]) })).status).toBe(200);
        }
      });
      expect(warn.mock.calls).toEqual([
        [expect.stringMatching(/^the access log .* is not written any more: E/)],
      ]);
    } finally {
      warn.mockRestore();
    }
  });
});

it('goes to the error output as -, gathered', async () => {
  const write = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    await withEmulator({ accessLog: '-' }, async (emulator) => {
      await send(emulator, { body: body([contact(1)]) });
      await send(emulator, { body: body([contact(2)], 'token\u009b31m') });
    });
    const text = write.mock.calls.map(([chunk]) => String(chunk)).join('');
    expect(linesOf(text)).toHaveLength(2);
    // On a screen, a caller's control characters would have an effect.
    expect(linesOf(text)[1]).toMatchObject({ clientToken: 'token\ufffd31m' });
  } finally {
    write.mockRestore();
  }
});

it('is added to, not begun anew', async () => {
  const one = (emulator: RunningEmulator) => send(emulator, { body: body([contact(1)]) });
  await logged('twice.ndjson', one);
  expect(linesOf(await logged('twice.ndjson', one))).toHaveLength(2);
});
