/** A site in a bucket of S3, or of a service with the same API. */

import { createHash } from 'node:crypto';
import { formatTimestamp } from '../../operation/aws/sigv4.ts';
import { uriEncode } from '../../operation/aws/uri.ts';
import type { Environment } from '../../system/ci.ts';
import { UserError } from '../../system/errors.ts';
import { authorizationFor, type SigningKey } from '../../system/sign-request.ts';
import { type Answer, needOk, type Send } from '../send/http.ts';
import type { SiteStore } from './site.ts';

export interface Bucket {
  readonly name: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  readonly region: string;
  /** Without a path. */
  readonly endpoint: URL;
  /** Whether the bucket is part of the path, and not of the host. */
  readonly pathStyle: boolean;
}

/**
 * Reads `s3://bucket/prefix`, and the Region and endpoint as AWS's tools do.
 *
 * @throws UserError saying what is wrong or missing.
 */
export function bucketOf(place: string, env: Environment): Bucket {
  const [, name, rest = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(place) ?? [];
  if (name === undefined) {
    throw new UserError(`"${place}" is not a place in S3: write it as s3://BUCKET/PREFIX`);
  }
  const segments = rest.split('/').filter((segment) => segment !== '');
  if (/[?#]/.test(rest) || segments.some((one) => one === '.' || one === '..')) {
    throw new UserError(`the prefix "${rest}" has a "?", a "#" or a dot segment: choose another`);
  }
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (!region) throw new UserError('S3 needs the Region of the bucket: set AWS_REGION');
  const given = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  if (given && (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))) {
    throw new UserError('AWS_ENDPOINT_URL_S3 is not a URL: write it as https://s3.example.com');
  }
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const style = env.DIALPROOF_S3_STYLE;
  if (style && style !== 'path' && style !== 'virtual') {
    throw new UserError(`DIALPROOF_S3_STYLE is "${style}": set it to "path" or "virtual"`);
  }
  return {
    name,
    prefix: segments.map((segment) => `${segment}/`).join(''),
    region,
    endpoint: new URL(given || `https://s3.${region}.${domain}`),
    // A certificate of AWS does not cover a bucket with a dot; other services often know only paths.
    pathStyle: style ? style === 'path' : Boolean(given) || name.includes('.'),
  };
}

const ADVICE: Readonly<Record<number, string>> = {
  301: 'the bucket is in another Region: set AWS_REGION to it',
  403: 'the credentials need s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket there',
  404: 'is the name of the bucket right?',
};

/** By the code of S3, which says more than the status. */
const CODES: Readonly<Record<string, string>> = {
  SignatureDoesNotMatch: 'is AWS_SECRET_ACCESS_KEY right?',
  InvalidAccessKeyId: 'is AWS_ACCESS_KEY_ID right?',
  ExpiredToken: 'the credentials have expired: get new ones',
  InvalidToken: 'is AWS_SESSION_TOKEN right?',
};

export function s3Store(bucket: Bucket, key: SigningKey, send: Send): SiteStore {
  const call = async (
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body: Buffer = Buffer.alloc(0),
  ): Promise<Answer> =>
    send({
      ...signed(bucket, key, { method, path, headers, body }, Date.now()),
      ...(method === 'PUT' ? { body } : {}),
      method,
      repeatable: true,
    });
  const ok = (answer: Answer): void => {
    const code = /<Code>([A-Za-z]+)<\/Code>/.exec(answer.text)?.[1];
    needOk('S3', { ...answer, text: code ?? '' }, CODES[code ?? ''] ?? ADVICE[answer.status]);
  };
  return {
    name: `s3://${bucket.name}/${bucket.prefix}`,
    read: async (path) => {
      const answer = await call('GET', path);
      if (answer.status === 404 && !answer.text.includes('NoSuchBucket')) return null;
      ok(answer);
      return { text: answer.text, tag: answer.header('etag') ?? '' };
    },
    write: async (path, body, type) => {
      ok(await call('PUT', path, { 'content-type': type, 'cache-control': 'no-cache' }, body));
    },
    replace: async (path, body, type, before) => {
      const only: Record<string, string> =
        before === null ? { 'if-none-match': '*' } : before === '' ? {} : { 'if-match': before };
      const headers = { 'content-type': type, 'cache-control': 'no-cache' };
      let answer = await call('PUT', path, { ...headers, ...only }, body);
      if (answer.status === 412 || answer.status === 409) return false;
      // Some services do not know conditions of a PUT.
      if (answer.status === 501) answer = await call('PUT', path, headers, body);
      ok(answer);
      return true;
    },
    remove: async (path) => {
      const answer = await call('DELETE', path);
      if (answer.status !== 404) ok(answer);
    },
  };
}

interface Unsigned {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The URL and the headers of a request, signed. */
function signed(
  { name, prefix, region, endpoint, pathStyle }: Bucket,
  key: SigningKey,
  { method, path, headers: given, body }: Unsigned,
  at: number,
): { url: string; headers: Record<string, string> } {
  const object = prefix + path;
  const raw = pathStyle ? `/${name}/${object}` : `/${object}`;
  const host = pathStyle ? endpoint.host : `${name}.${endpoint.host}`;
  const timestamp = formatTimestamp(at);
  const { 'content-type': type } = given;
  // The others, such as Cache-Control, may be changed on their way.
  const headers: Record<string, string> = {
    ...(type === undefined ? {} : { 'content-type': type }),
    host,
    'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
    'x-amz-date': timestamp,
    ...(key.sessionToken === undefined ? {} : { 'x-amz-security-token': key.sessionToken }),
  };
  headers.authorization = authorizationFor(
    // The signer encodes the path once more than it is given. S3 signs the path that is encoded once.
    { method, target: raw, headers, body },
    key,
    timestamp,
    { date: timestamp.slice(0, 8), region, service: 's3' },
  );
  const { host: _, ...sent } = headers;
  const encoded = raw.split('/').map(uriEncode).join('/');
  return { url: `${endpoint.protocol}//${host}${encoded}`, headers: { ...given, ...sent } };
}
