import { headersOf } from '../../emulator/identity/headers.ts';
import type { AccessKey } from '../../emulator/identity/keys.ts';
import { createVerifier } from '../../emulator/identity/signature.ts';
import { parseTimestamp } from '../../emulator/identity/timestamp.ts';
import { formatTimestamp } from '../../operation/aws/sigv4.ts';
import { choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { type Call, EXPIRED, OUTSIDER, PRINCIPAL, SESSION, signedHeadersOf } from './fixtures.ts';

const HOME = { home: ordinaryFacts().account };
const NOW = Date.UTC(2026, 0, 1);
const BODY = '{"ContactDataRequestList":[{}],"ClientToken":"t"}';

/** The published dummy pair. */
const EXAMPLE: AccessKey = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  principalArn: 'arn:aws:iam::123456789012:user/example',
  servicePrincipal: true,
};

describe('signatures that two AWS SDKs agree on', () => {
  it.each([
    [
      '/contact/batch/i-1',
      undefined,
      '390cf070dfadbf6b6e13877305b0a24e13bafac6afd851fc2ebe9eeb0c984adf',
    ],
    [
      '/contact/batch/a%2Fb%20c',
      undefined,
      'b152e5df0a482a12e800a48c03492d4d147e551fa5a8a85dc8e25d07663393ff',
    ],
    [
      '/contact/batch/i-1',
      'SESSION',
      '4725b84cf3db1ed0550a2331a8a469165ca3c861becc7545379947ad092e1270',
    ],
  ])('%s, session token %s', (path, sessionToken, signature) => {
    const signed = `content-type;host;x-amz-date${sessionToken ? ';x-amz-security-token' : ''}`;
    const verify = createVerifier([sessionToken ? { ...EXAMPLE, sessionToken } : EXAMPLE], HOME);
    const given = (text: string) =>
      verify(
        {
          method: 'PUT',
          path,
          query: '',
          headers: headersOf([
            ...['Host', '127.0.0.1:8080', 'Content-Type', 'application/json'],
            ...['X-Amz-Date', '20260101T000000Z'],
            ...(sessionToken ? ['X-Amz-Security-Token', sessionToken] : []),
            'Authorization',
            `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/connect/aws4_request, SignedHeaders=${signed}, Signature=${text}`,
          ]),
          body: Buffer.from(BODY),
        },
        'connect',
        ordinaryFacts(),
        NOW,
      );
    expect(given(signature)).toMatchObject({ ok: true, servicePrincipal: true });
    expect(given(signature.replace(/^./, '0'))).toMatchObject({ ok: false });
  });
});

/** What the verifier says of a call signed at NOW; `late` is how far its own clock is ahead. */
function verdict(
  call: Partial<Call>,
  late = 0,
  changed: (name: string) => string | null = () => null,
) {
  const full = { body: BODY, at: NOW, target: '/contact/batch/i-1', ...call };
  const headers = Object.entries(signedHeadersOf(full)).flatMap(([name, value]) => [
    name,
    changed(name) ?? value,
  ]);
  const facts = ordinaryFacts({ choices: choose({ clockSkewSeconds: 300 }) });
  const [path = '', query = ''] = full.target.split('?');
  const parts = {
    method: 'PUT',
    path,
    query,
    headers: headersOf(headers),
    body: Buffer.from(BODY),
  };
  return createVerifier([PRINCIPAL, SESSION, EXPIRED, OUTSIDER], HOME)(
    parts,
    'connect',
    facts,
    NOW + late,
  );
}

const refused = (refusal: string, message: string) => ({ ok: false, refusal, message });
const invalid = (message: string) => refused('InvalidSignatureException', message);
const incomplete = (message: string) => refused('IncompleteSignatureException', message);
const MISMATCH = expect.stringMatching(/^The request signature we calculated does not match/);

describe('what a signature covers', () => {
  it('accepts a good one, and one over the host in lower case', () => {
    expect(verdict({})).toEqual({
      ok: true,
      principalArn: PRINCIPAL.principalArn,
      servicePrincipal: true,
      denied: false,
    });
    expect(verdict({ host: 'LocalHost:80' })).toMatchObject({ ok: true });
    const upper = (name: string) => (name === 'host' ? 'LOCALHOST:80' : null);
    expect(verdict({ host: 'localhost:80' }, 0, upper)).toMatchObject({ ok: true });
    expect(verdict({ host: 'other:80' }, 0, upper)).toMatchObject({ message: MISMATCH });
  });

  it('collapses spaces, and joins repeats by commas', () => {
    expect(
      verdict({ headers: { 'x-amz-note': 'a b,c' } }, 0, (n) =>
        n === 'x-amz-note' ? '  a   b,c ' : null,
      ),
    ).toMatchObject({ ok: true });
    expect([...headersOf(['X-A', '1', 'x-a', '2'])]).toEqual([['x-a', '1,2']]);
  });

  it('covers the query, the path as sent and the secret', () => {
    expect(verdict({ target: '/contact/batch/i-1?a=b' })).toMatchObject({ ok: true });
    expect(verdict({ secret: 'wrong' })).toMatchObject(invalid(MISMATCH));
  });

  it('refuses a host or an x-amz-* header that is not signed', () => {
    expect(verdict({ omit: ['host'] })).toEqual(
      invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
    );
    expect(verdict({ unsigned: { 'x-amz-note': '1' } })).toEqual(
      invalid("'x-amz-note' must be a 'SignedHeader' in the AWS Authorization."),
    );
    expect(verdict({ unsigned: { 'amz-sdk-request': 'attempt=1' } })).toMatchObject({ ok: true });
  });

  it.each(['UNSIGNED-PAYLOAD', 'a'.repeat(64)])('refuses the declared payload hash %s', (hash) => {
    expect(verdict({ headers: { 'x-amz-content-sha256': hash } })).toEqual(
      invalid("The provided 'x-amz-content-sha256' header does not match what was computed."),
    );
  });
});

describe('scope', () => {
  it('names every fault of it', () => {
    expect(verdict({ region: 'eu-west-2' })).toEqual(
      invalid("Credential should be scoped to a valid region, not 'eu-west-2'."),
    );
    expect(verdict({ region: 'eu-west-2', service: 'lambda' })).toEqual(
      invalid(
        "Credential should be scoped to a valid region, not 'eu-west-2'. Credential should be scoped to correct service: 'connect'.",
      ),
    );
    expect(verdict({ scopeDate: '20251231' })).toEqual(
      invalid(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20251231' != '20260101', from '20260101T000000Z'.",
      ),
    );
    const terminator = (name: string) =>
      name === 'authorization'
        ? (signedHeadersOf({ body: BODY, at: NOW }).authorization ?? '').replace(
            'aws4_request',
            'aws5',
          )
        : null;
    expect(verdict({}, 0, terminator)).toEqual(
      invalid("Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'."),
    );
  });
});

describe('clock', () => {
  it('accepts five minutes either way, the bound included', () => {
    expect(verdict({}, 300_999)).toMatchObject({ ok: true });
    expect(verdict({}, -300_000)).toMatchObject({ ok: true });
  });

  it('says how far off it is', () => {
    expect(verdict({}, 301_000)).toEqual(
      invalid(
        'Signature expired: 20260101T000000Z is now earlier than 20260101T000001Z (20260101T000501Z - 5 min.)',
      ),
    );
    expect(verdict({}, -301_000)).toEqual(
      invalid(
        'Signature not yet current: 20260101T000000Z is still later than 20251231T235959Z (20251231T235459Z + 5 min.)',
      ),
    );
  });

  it('takes Date where there is no X-Amz-Date, and X-Amz-Date before Date', () => {
    const date = new Date(NOW).toUTCString();
    expect(verdict({ omit: ['x-amz-date'], headers: { date } })).toMatchObject({ ok: true });
    expect(verdict({ omit: ['x-amz-date'], headers: { date: '20260101T000000Z' } })).toMatchObject({
      ok: true,
    });
    expect(verdict({ headers: { date: 'Mon, 01 Jan 2001 00:00:00 GMT' } })).toMatchObject({
      ok: true,
    });
  });

  it('reads timestamps exactly', () => {
    expect(parseTimestamp('20260101T000000Z')).toBe(NOW);
    expect(formatTimestamp(NOW)).toBe('20260101T000000Z');
    expect(parseTimestamp('20260231T000000Z')).toBeNull();
    expect(parseTimestamp('2026-01-01T00:00:00Z')).toBeNull();
  });
});

describe('keys and sessions', () => {
  const unrecognized = refused(
    'UnrecognizedClientException',
    'The security token included in the request is invalid',
  );
  it('wants the session token that belongs to the key', () => {
    expect(verdict({ key: SESSION })).toMatchObject({ ok: true });
    expect(verdict({ key: SESSION, omit: ['x-amz-security-token'] })).toEqual(unrecognized);
    expect(verdict({ key: { ...SESSION, sessionToken: 'other' } })).toEqual(unrecognized);
    expect(verdict({ key: { ...PRINCIPAL, sessionToken: 'uncalled-for' } })).toEqual(unrecognized);
    expect(verdict({ key: { ...PRINCIPAL, accessKeyId: 'AKIDNOBODY' } })).toEqual(unrecognized);
  });

  it('refuses a session that has expired', () => {
    expect(verdict({ key: EXPIRED })).toEqual(
      refused('ExpiredTokenException', 'The security token included in the request is expired'),
    );
  });
});

describe('the Authorization header', () => {
  const withHeader = (value: string | null, more: Partial<Call> = {}) =>
    verdict(more, 0, (name) => (name === 'authorization' ? value : null));

  it.each(['', 'Basic dTpw', 'Bearer x'])('%p is no signature', (value) => {
    expect(withHeader(value)).toEqual(
      refused('MissingAuthenticationTokenException', 'Missing Authentication Token'),
    );
  });

  it('names every parameter that is missing, and the date', () => {
    expect(withHeader('AWS4-HMAC-SHA256 SignedHeaders=host', { omit: ['x-amz-date'] })).toEqual(
      incomplete(
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. " +
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. " +
          'Authorization=AWS4-HMAC-SHA256 SignedHeaders=host',
      ),
    );
    expect(withHeader('AWS4-HMAC-SHA256')).toMatchObject({
      refusal: 'IncompleteSignatureException',
    });
  });

  it.each([
    [
      'AWS4-HMAC-SHA256 nonsense',
      "'nonsense' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 nonsense'.",
    ],
    [
      'AWS4-HMAC-SHA256 Credential=AKID EXAMPLE/20260101/us-east-1/connect/aws4_request',
      "'EXAMPLE/20260101/us-east-1/connect/aws4_request' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=AKID EXAMPLE/20260101/us-east-1/connect/aws4_request'.",
    ],
    ['AWS4-HMAC-SHA512 a=b', "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'."],
    [
      'AWS4-HMAC-SHA256 Credential=a,Credential=b',
      "Authorization header has the 'Credential' parameter more than once.",
    ],
    [
      'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0',
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b'",
    ],
  ])('%s', (value, message) => {
    expect(withHeader(value)).toEqual(incomplete(message));
  });

  it('wants a date it can read', () => {
    const other = (name: string) => (name === 'x-amz-date' ? 'yesterday' : null);
    expect(verdict({}, 0, other)).toEqual(
      incomplete("Date must be in ISO-8601 'basic format'. Got 'yesterday'."),
    );
  });
});
