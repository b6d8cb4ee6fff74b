/** Checks who signed a request, by AWS Signature Version 4. */

import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

interface Key {
  readonly secret: string;
  readonly refused?: string;
  readonly token?: string;
}

/** The keys that every emulator of dialproof knows. A provider of your own has keys of its own. */
const KEYS: Readonly<Record<string, Key>> = {
  AKIDCAMPAIGNSEXAMPLE: { secret: 'made-up/secret/of/outbound+campaigns/EXAMPLEKEY' },
  AKIDOUTSIDERSEXAMPLE: {
    secret: 'made-up/secret/of/an+ordinary+user/EXAMPLEKEY',
    refused: 'AccessDeniedException',
  },
  AKIDDENIEDUSEREXAMPLE: {
    secret: 'made-up/secret/of/a+user+without+rights/EXAMPLEKEY',
    refused: 'AccessDeniedException',
  },
  ASIAEXPIREDSEXAMPLE1: {
    secret: 'made-up/secret/of/an+expired+session/EXAMPLEKEY',
    token: 'MadeUpSessionTokenThatHasExpiredEXAMPLE==',
    refused: 'ExpiredTokenException',
  },
};

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** The name of the error; null for a good signature of a caller who may call. */
export function checkSignature(
  { method, url, headers }: IncomingMessage,
  body: string,
): string | null {
  const { authorization } = headers;
  if (!authorization) return 'MissingAuthenticationTokenException';
  const [, id = '', date, region, service, signed = '', signature] = FORM.exec(authorization) ?? [];
  if (!signature) return 'IncompleteSignatureException';
  const key = KEYS[id];
  if (!key || (headers['x-amz-security-token'] ?? '') !== (key.token ?? '')) {
    return 'UnrecognizedClientException';
  }
  const [path = '', query = ''] = (url ?? '').split('?');
  const canonical = [
    method,
    // The path is encoded once more for the signature.
    path.replaceAll('%', '%25'),
    query,
    ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signed,
    sha256(body),
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const signing = [date, region, service, 'aws4_request'].reduce(
    (secret: string | Buffer, part = '') => createHmac('sha256', secret).update(part).digest(),
    `AWS4${key.secret}`,
  );
  const expected = createHmac('sha256', signing).update(text).digest('hex');
  return expected === signature ? (key.refused ?? null) : 'InvalidSignatureException';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
