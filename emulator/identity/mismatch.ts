/**
 * Says why a signature does not match. It runs only after a mismatch, so that valid calls pay nothing for it.
 *
 * A hint names a cause only if the client's signature is right for the request without it.
 */

import { createHmac, hash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Mismatch } from '../../operation/aws/definition/known.ts';
import {
  canonicalPath,
  canonicalRequest,
  type Scope,
  type SignedRequest,
  signingKey,
  stringToSign,
} from '../../operation/aws/sigv4.ts';
import { maskNumbers } from '../../system/mask-numbers.ts';
import type { Headers } from './headers.ts';
import type { AccessKey } from './keys.ts';

export interface Attempt {
  readonly request: SignedRequest;
  readonly headers: Headers;
  /** Of HTTP, such as `1.1`. */
  readonly httpVersion: string | undefined;
  readonly timestamp: string;
  readonly scope: Scope;
  /** As sent. */
  readonly signature: string;
  /** The key that the client names. */
  readonly key: AccessKey;
  /** All keys of the endpoint. */
  readonly keys: readonly AccessKey[];
}

/** A request as the client may have signed it, and the sentence for it if the client did. */
interface Trial {
  readonly canonical: string;
  readonly hint: string;
}

/** Ports at which proxies listen. SDKs leave out the port of the scheme, so a Host without port is tried too. */
const PROXY_PORTS = [80, 443, 3000, 4010, 4566, 5000, 8000, 8080, 8081, 8443, 8888, 9000];

const EMPTY_BODY = hash('sha256', '');

/** Headers that are shown as they are: they hold no phone number, and an address could look like one. */
const PLAIN_HEADERS = new Set(['host', 'x-amz-date', 'date', 'content-length', 'amz-sdk-request']);

export function explainMismatch(attempt: Attempt): Mismatch {
  const { request, timestamp, scope } = attempt;
  const canonical = canonicalRequest(request);
  return {
    canonicalRequest: masked(request),
    stringToSign: stringToSign(timestamp, scope, hash('sha256', canonical)),
    hint: hintOf(attempt, canonical),
  };
}

/** The texts as some AWS services add them to the message, then the hint. */
export function mismatchText({ canonicalRequest, stringToSign, hint }: Mismatch): string {
  return (
    `The Canonical String for this request should have been\n'${canonicalRequest}'\n\n` +
    `The String-to-Sign should have been\n'${stringToSign}'\n\nHint: ${hint}\n`
  );
}

function hintOf(attempt: Attempt, canonical: string): string {
  const { timestamp, scope, signature, key, keys } = attempt;
  const fits = (secret: string, text: string) =>
    sign(secret, scope, stringToSign(timestamp, scope, hash('sha256', text))) === signature;
  for (const trial of trials(attempt)) {
    if (trial.canonical !== canonical && fits(key.secretAccessKey, trial.canonical)) {
      return trial.hint;
    }
  }
  const other = keys.find(({ secretAccessKey }) => fits(secretAccessKey, canonical));
  if (other) {
    return `The request was signed with the secret of ${other.accessKeyId}, and names the key ${key.accessKeyId}.`;
  }
  for (const blank of ['\n', '\r\n', ' ', '\r']) {
    if (fits(`${key.secretAccessKey}${blank}`, canonical)) {
      return 'The secret that the client uses ends with a blank or a line feed.';
    }
  }
  const proxy = proxyOf(attempt);
  const compare =
    'Compare the canonical request with the one that the client logs. The line that differs is the cause. If none differs, the secret does.';
  return proxy === null
    ? compare
    : `The request came through a proxy (${proxy}), which may have changed Host, path or body. In nginx, "proxy_set_header Host $http_host;" keeps the Host. ${compare}`;
}

function* trials(attempt: Attempt): Generator<Trial> {
  const { request, headers } = attempt;
  const like = (change: Partial<SignedRequest>) => canonicalRequest({ ...request, ...change });
  const withHeader = (name: string, value: string) =>
    like({ header: (wanted) => (wanted === name ? value : request.header(wanted)) });

  const host = headers.get('host') ?? '';
  for (const candidate of hostsOf(headers)) {
    yield {
      canonical: withHeader('host', candidate),
      hint: `The request was signed for Host ${candidate} and arrived with Host ${host}: a proxy changed it. In nginx, set "proxy_set_header Host $http_host;".`,
    };
  }
  const encoding =
    'Every AWS service except S3 needs the path encoded twice in the canonical request: %3A becomes %253A.';
  yield {
    canonical: canonicalRequest(request, request.path),
    hint: `The path was signed as it is in the request, encoded once. ${encoding}`,
  };
  const plain = decoded(request.path);
  if (plain !== null) {
    yield {
      canonical: canonicalRequest(request, plain),
      hint: `The path was signed without encoding. ${encoding}`,
    };
    yield {
      canonical: canonicalRequest(request, canonicalPath(plain)),
      hint: `A proxy has encoded the path, or the client signed a path that is not encoded. ${encoding}`,
    };
  }
  yield {
    canonical: like({ payloadHash: EMPTY_BODY }),
    hint: 'The request was signed with an empty body, and arrived with another one.',
  };
  yield {
    canonical: like({ payloadHash: 'UNSIGNED-PAYLOAD' }),
    hint: 'The request was signed with UNSIGNED-PAYLOAD, which only S3 accepts.',
  };
  const type = headers.get('content-type') ?? '';
  for (const candidate of [
    'application/json',
    'application/x-amz-json-1.1',
    'application/x-amz-json-1.0',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/x-www-form-urlencoded; charset=utf-8',
    '',
  ]) {
    yield {
      canonical: withHeader('content-type', candidate),
      hint: `The request was signed with Content-Type "${candidate}", and arrived with "${type}".`,
    };
  }
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']) {
    yield {
      canonical: like({ method }),
      hint: `The request was signed as ${method}, and arrived as ${request.method}.`,
    };
  }
}

/** The hosts for which the client may have signed: those that a proxy reports, and those of this machine. */
function hostsOf(headers: Headers): Set<string> {
  const told = [
    headers.get('x-forwarded-host'),
    headers.get('x-original-host'),
    headers.get('x-forwarded-server'),
    /host="?([^";,]+)/i.exec(headers.get('forwarded') ?? '')?.[1],
  ].flatMap((value) => value?.split(',').map((one) => one.trim()) ?? []);
  const arrived = headers.get('host') ?? '';
  const bare = [...told, arrived].map((value) => value.replace(/:\d+$/, ''));
  const ports = [headers.get('x-forwarded-port'), /:(\d+)$/.exec(arrived)?.[1], ...PROXY_PORTS];
  const hosts = new Set(told);
  for (const name of new Set([...bare, 'localhost', '127.0.0.1', '[::1]', hostname()])) {
    hosts.add(name);
    for (const port of ports) if (port !== undefined) hosts.add(`${name}:${port}`);
  }
  return hosts;
}

/** The trace of a proxy in a request, or null. No AWS SDK speaks HTTP/1.0, and nginx does so by default. */
function proxyOf({ headers, httpVersion }: Attempt): string | null {
  if (httpVersion === '1.0') return 'it speaks HTTP/1.0';
  const trace = ['via', 'forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip'].find(
    (name) => headers.has(name),
  );
  return trace === undefined ? null : `it has the header ${trace}`;
}

function masked(request: SignedRequest): string {
  return canonicalRequest(
    {
      ...request,
      query: maskNumbers(request.query),
      header(name) {
        const value = request.header(name) ?? '';
        if (name === 'x-amz-security-token') return value === '' ? '' : '***';
        return PLAIN_HEADERS.has(name) ? value : maskNumbers(value);
      },
    },
    maskNumbers(canonicalPath(request.path)),
  );
}

function sign(secret: string, scope: Scope, text: string): string {
  const key = signingKey<Buffer>(secret, scope, (from, part) =>
    createHmac('sha256', from).update(part).digest(),
  );
  return createHmac('sha256', key).update(text).digest('hex');
}

function decoded(path: string): string | null {
  try {
    const plain = decodeURIComponent(path);
    return plain === path ? null : plain;
  } catch {
    // Not percent-encoding: then no signer has decoded it.
    return null;
  }
}
