/** Verifies the SigV4 signature of a request. It returns the principal that signed it, or the refusal. */

import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { FrontDoorFacts } from '../../operation/aws/definition/facts.ts';
import type { Signature, SignatureRefusal } from '../../operation/aws/definition/known.ts';
import {
  canonicalRequest,
  formatTimestamp,
  type Scope,
  type SignedRequest,
  signingKey,
  stringToSign,
  TERMINATOR,
} from '../../operation/aws/sigv4.ts';
import { type Authorization, readAuthorization } from './authorization.ts';
import type { Headers } from './headers.ts';
import type { AccessKey } from './keys.ts';
import { explainMismatch, mismatchText } from './mismatch.ts';
import { parseTimestamp } from './timestamp.ts';

/** The parts of a request that a signature covers, as received. */
export interface SignedParts {
  readonly method: string;
  /** The path as sent, percent-encoded. */
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Of HTTP, such as `1.1`; absent where the request came over no wire. */
  readonly httpVersion?: string;
}

/** @param service the signing name that the scope must have. */
export type Verify = (
  parts: SignedParts,
  service: string,
  facts: FrontDoorFacts,
  now: number,
) => Signature;

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const SIGNATURE = 'Signature=';
const HEX_SHA256 = /^[0-9a-f]{64}$/;

/** The most signing keys to keep. Each serves one access key for one day, so a real run needs a few. */
const CACHED_KEYS = 256;

/**
 * Makes a verifier for a set of access keys.
 *
 * @param home the account in which the ARNs of the keys are. When the facts name another account, the keys without an
 *   account of their own are in that one.
 * @param trusting skips only the comparison of signatures (the bug accepts-bad-signature).
 */
export function createVerifier(
  keys: readonly AccessKey[],
  { home, trusting = false }: { readonly home: string; readonly trusting?: boolean },
): Verify {
  const known = new Map(keys.map((key) => [key.accessKeyId, key]));
  const signingKeyOf = cachedSigningKeys();
  const authorizationIn = rememberingHead();
  const momentIn = rememberingLast(momentOf);

  return (parts, service, facts, now) => {
    const { headers } = parts;
    const date = headers.get('x-amz-date') ?? headers.get('date');
    const read = authorizationIn(headers.get('authorization'), date !== undefined);
    if (!read.ok) return read;
    const { authorization } = read;

    const key = known.get(authorization.accessKeyId);
    if (!key || !sameText(headers.get('x-amz-security-token') ?? '', key.sessionToken ?? '')) {
      return refuse(
        'UnrecognizedClientException',
        'The security token included in the request is invalid',
      );
    }
    if (key.expiresAt !== undefined && now >= key.expiresAt) {
      return refuse(
        'ExpiredTokenException',
        'The security token included in the request is expired',
      );
    }

    const signed = momentIn(date as string);
    if (signed === null) {
      return refuse(
        'IncompleteSignatureException',
        `Date must be in ISO-8601 'basic format'. Got '${date}'.`,
      );
    }
    const { at: signedAt, timestamp } = signed;
    const payloadHash = hash('sha256', parts.body);
    const wrong =
      scopeFault(authorization, { region: facts.region, service }, timestamp) ??
      clockFault(signedAt, now, facts.choices.clockSkewSeconds) ??
      coverageFault(authorization.signedHeaders, headers, payloadHash);
    if (wrong !== null) return refuse('InvalidSignatureException', wrong);

    const request: SignedRequest = {
      method: parts.method,
      path: parts.path,
      query: parts.query,
      header: (name) => headers.get(name),
      signedHeaders: authorization.signedHeaders,
      payloadHash,
    };
    const { signature } = authorization;
    if (!trusting) {
      const signing = signingKeyOf(key, authorization);
      const expected = (header: SignedRequest['header']) =>
        createHmac('sha256', signing)
          .update(
            stringToSign(
              timestamp,
              authorization,
              hash('sha256', canonicalRequest({ ...request, header })),
            ),
          )
          .digest('hex');
      if (!matches(expected, signature, headers)) {
        const { httpVersion } = parts;
        const scope = authorization;
        const mismatch = explainMismatch({
          ...{ request, headers, httpVersion, timestamp, scope, signature, key, keys },
        });
        const detailed = facts.choices.signatureMessage === 'canonical';
        const message = detailed ? `${MISMATCH}\n\n${mismatchText(mismatch)}` : MISMATCH;
        return { ok: false, refusal: 'InvalidSignatureException', message, mismatch };
      }
    }
    const { servicePrincipal, denied = false, account } = key;
    const principalArn =
      account === undefined ? moved(key.principalArn, home, facts) : key.principalArn;
    return account === undefined
      ? { ok: true, principalArn, servicePrincipal, denied }
      : { ok: true, principalArn, servicePrincipal, denied, account };
  };
}

/** The ARN of a principal in the account of the facts. */
function moved(arn: string, home: string, { account }: FrontDoorFacts): string {
  return account === home ? arn : arn.replace(`:${home}:`, `:${account}:`);
}

function refuse(refusal: SignatureRefusal, message: string): Signature {
  return { ok: false, refusal, message };
}

/** Compares signatures. Some clients (R paws) sign the Host in lower case in every case, so that form is valid too. */
function matches(
  expected: (header: SignedRequest['header']) => string,
  signature: string,
  headers: Headers,
): boolean {
  if (
    sameText(
      expected((name) => headers.get(name)),
      signature,
    )
  )
    return true;
  const host = headers.get('host') ?? '';
  const lower = host.toLowerCase();
  if (lower === host) return false;
  return sameText(
    expected((name) => (name === 'host' ? lower : headers.get(name))),
    signature,
  );
}

function scopeFault(
  { date, region, service, terminator }: Authorization,
  here: Pick<Scope, 'region' | 'service'>,
  timestamp: string,
): string | null {
  const faults: string[] = [];
  if (region !== here.region) {
    faults.push(`Credential should be scoped to a valid region, not '${region}'.`);
  }
  if (service !== here.service) {
    faults.push(`Credential should be scoped to correct service: '${here.service}'.`);
  }
  if (terminator !== TERMINATOR) {
    faults.push(
      `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'.`,
    );
  }
  const day = timestamp.slice(0, 8);
  if (date !== day) {
    faults.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${timestamp}'.`,
    );
  }
  return faults.length > 0 ? faults.join(' ') : null;
}

/** A difference equal to the bound is accepted (assumed). */
function clockFault(signedAt: number, now: number, skewSeconds: number): string | null {
  // Timestamps are in whole seconds, so the comparison is too.
  const second = Math.floor(now / 1000) * 1000;
  const skew = skewSeconds * 1000;
  const width = skewSeconds % 60 === 0 ? `${skewSeconds / 60} min.` : `${skewSeconds} sec.`;
  if (Math.abs(signedAt - second) <= skew) return null;
  const signed = formatTimestamp(signedAt);
  const current = formatTimestamp(second);
  return signedAt < second
    ? `Signature expired: ${signed} is now earlier than ${formatTimestamp(second - skew)} (${current} - ${width})`
    : `Signature not yet current: ${signed} is still later than ${formatTimestamp(second + skew)} (${current} + ${width})`;
}

/** Host and every x-amz-* header must be signed. A declared payload hash must equal the computed one. */
function coverageFault(
  signedHeaders: readonly string[],
  headers: Headers,
  payloadHash: string,
): string | null {
  if (!signedHeaders.includes('host')) {
    return "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
  }
  for (const name of headers.keys()) {
    if (name.startsWith('x-amz-') && !signedHeaders.includes(name)) {
      return `'${name}' must be a 'SignedHeader' in the AWS Authorization.`;
    }
  }
  const declared = headers.get('x-amz-content-sha256');
  if (declared !== undefined && declared !== payloadHash) {
    return "The provided 'x-amz-content-sha256' header does not match what was computed.";
  }
  return null;
}

/** Reads an Authorization header and caches its parts. A client changes only the signature within a day. */
function rememberingHead(): typeof readAuthorization {
  let last: { readonly head: string; readonly authorization: Authorization } | null = null;
  return (header, dated) => {
    const cut = (header?.lastIndexOf(SIGNATURE) ?? -1) + SIGNATURE.length;
    const head = header?.slice(0, cut) ?? '';
    const signature = header?.slice(cut) ?? '';
    if (dated && last?.head === head && HEX_SHA256.test(signature)) {
      return { ok: true, authorization: { ...last.authorization, signature } };
    }
    const read = readAuthorization(header, dated);
    if (read.ok && read.authorization.signature === signature) {
      last = { head, authorization: read.authorization };
    }
    return read;
  };
}

/** Caches the last result of a pure function, because clients often repeat the same text. */
function rememberingLast<T>(of: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, value: of(text) };
    return last.value;
  };
}

/** `X-Amz-Date`, or a `Date` in either form. */
function momentOf(date: string): { at: number; timestamp: string } | null {
  const basic = parseTimestamp(date);
  if (basic !== null) return { at: basic, timestamp: date };
  const at = date.endsWith(' GMT') ? Date.parse(date) : Number.NaN;
  return Number.isNaN(at) ? null : { at, timestamp: formatTimestamp(at) };
}

/** Compares in constant time, so that the duration does not reveal how many characters are equal. */
function sameText(a: string, b: string): boolean {
  if (a === '' && b === '') return true;
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

/** Caches signing keys as KeyObjects. An HMAC with a Buffer key takes eight times as long on Node 24. */
function cachedSigningKeys(): (key: AccessKey, scope: Scope) => KeyObject {
  const cache = new Map<string, KeyObject>();
  return (key, scope) => {
    const id = `${key.accessKeyId}/${scope.date}/${scope.region}/${scope.service}`;
    const cached = cache.get(id);
    if (cached) return cached;
    const made = signingKey<KeyObject>(key.secretAccessKey, scope, (secret, text) =>
      createSecretKey(createHmac('sha256', secret).update(text).digest()),
    );
    if (cache.size >= CACHED_KEYS) cache.clear();
    cache.set(id, made);
    return made;
  };
}
