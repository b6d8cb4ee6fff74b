/** What is told about a signature that does not match: each cause, and what is masked. */

import { createHmac, hash } from 'node:crypto';
import { headersOf } from '../../emulator/identity/headers.ts';
import type { AccessKey } from '../../emulator/identity/keys.ts';
import { createVerifier } from '../../emulator/identity/signature.ts';
import {
  canonicalRequest,
  scopeText,
  signingKey,
  stringToSign,
} from '../../operation/aws/sigv4.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { type Call, OUTSIDER, PRINCIPAL, SESSION, signedHeadersOf } from './fixtures.ts';

const NOW = Date.UTC(2026, 0, 1);
const ARN = 'arn%3Aaws%3Aconnect%3Aus-east-1%3A123456789012%3Ainstance%2Fi-1';
const verify = createVerifier([PRINCIPAL, SESSION, OUTSIDER], { home: '123456789012' });

interface Wire {
  readonly method?: string;
  readonly target?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly httpVersion?: string;
}

/** Signs a call, lets `wire` change it on the way, and returns what is told of the mismatch. */
function told(call: Partial<Call>, wire: Wire = {}) {
  const whole: Call = { target: '/contact/batch/i-1', body: '{"a":1}', at: NOW, ...call };
  const headers = { ...signedHeadersOf(whole), ...wire.headers };
  const [path = '', query = ''] = (wire.target ?? whole.target ?? '').split('?');
  const signature = verify(
    {
      method: wire.method ?? whole.method ?? 'PUT',
      path,
      query,
      headers: headersOf(Object.entries(headers).flat()),
      body: Buffer.from(wire.body ?? String(whole.body)),
      ...(wire.httpVersion ? { httpVersion: wire.httpVersion } : {}),
    },
    'connect',
    ordinaryFacts(),
    NOW,
  );
  if (signature.ok || !signature.mismatch)
    throw new Error(`no mismatch: ${JSON.stringify(signature)}`);
  return signature.mismatch;
}

/** The headers of a signer that puts this path into its canonical request. */
function signedOver(canonicalPath: string): Readonly<Record<string, string>> {
  const timestamp = '20260101T000000Z';
  const scope = { date: '20260101', region: 'us-east-1', service: 'connect' };
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    host: '127.0.0.1:8080',
    'x-amz-date': timestamp,
  };
  const signedHeaders = Object.keys(headers);
  const payloadHash = hash('sha256', '{"a":1}');
  const request = { method: 'PUT', path: '', query: '', signedHeaders, payloadHash };
  const canonical = canonicalRequest(
    { ...request, header: (name) => headers[name] },
    canonicalPath,
  );
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest();
  const key = signingKey<Buffer>(PRINCIPAL.secretAccessKey, scope, hmac);
  const signature = hmac(key, stringToSign(timestamp, scope, hash('sha256', canonical)));
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${PRINCIPAL.accessKeyId}/${scopeText(scope)}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature.toString('hex')}`,
  };
}

describe('the hint names the cause', () => {
  it.each<[string, Partial<Call>, Wire, RegExp]>([
    [
      'a Host that a proxy changed to its upstream',
      { host: 'localhost:8080' },
      { headers: { host: '127.0.0.1:4010' } },
      /signed for Host localhost:8080 and arrived with Host 127\.0\.0\.1:4010: a proxy changed it.*proxy_set_header Host/,
    ],
    [
      'a Host that only the proxy knows',
      { host: 'dial.example.test' },
      { headers: { host: 'dialproof', 'x-forwarded-host': 'dial.example.test' } },
      /signed for Host dial\.example\.test and arrived with Host dialproof/,
    ],
    [
      'another body',
      {},
      { body: '{"a":2}', httpVersion: '1.0' },
      /came through a proxy \(it speaks HTTP\/1\.0\).*The line that differs/,
    ],
    ['a body that was not signed', { body: '' }, { body: '{"a":1}' }, /signed with an empty body/],
    [
      'another content type',
      {},
      { headers: { 'content-type': 'application/json; charset=utf-8' } },
      /signed with Content-Type "application\/json", and arrived with "application\/json; charset=utf-8"/,
    ],
    ['another method', { method: 'POST' }, { method: 'PUT' }, /signed as POST, and arrived as PUT/],
    [
      'the secret of another key',
      { secret: OUTSIDER.secretAccessKey },
      {},
      /secret of AKIDOUTSIDERSEXAMPLE/,
    ],
    [
      'a secret read with its line feed',
      { secret: `${PRINCIPAL.secretAccessKey}\n` },
      {},
      /ends with a blank or a line feed/,
    ],
    [
      'an unknown secret',
      { secret: 'wrong' },
      {},
      /^Compare .* If none differs, the secret does\.$/,
    ],
  ])('%s', (_, call, wire, hint) => {
    expect(told(call, wire).hint).toMatch(hint);
  });

  it.each([
    ['once', ARN, /signed as it is in the request, encoded once.*%253A/],
    ['not at all', decodeURIComponent(ARN), /signed without encoding/],
  ])('a path encoded %s', (_, id, hint) => {
    const headers = signedOver(`/contact/batch/${id}`);
    expect(told({ target: `/contact/batch/${ARN}` }, { headers }).hint).toMatch(hint);
  });
});

it('shows what should have been signed, with session token and phone numbers masked', () => {
  const { canonicalRequest, stringToSign } = told({
    key: SESSION as AccessKey,
    secret: 'wrong',
    target: '/contact/batch/%2B12065550123?number=%2B12065550124',
    headers: { 'x-amz-note': '+12065550125' },
  });
  expect(canonicalRequest.split('\n')).toEqual([
    'PUT',
    '/contact/batch/%252B*********23',
    'number=%2B12*******24',
    'content-type:application/json',
    'host:127.0.0.1:8080',
    'x-amz-date:20260101T000000Z',
    'x-amz-note:+1206*****25',
    'x-amz-security-token:***',
    '',
    'content-type;host;x-amz-date;x-amz-note;x-amz-security-token',
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ]);
  expect(stringToSign).toMatch(
    /^AWS4-HMAC-SHA256\n20260101T000000Z\n20260101\/us-east-1\/connect\/aws4_request\n[0-9a-f]{64}$/,
  );
});
