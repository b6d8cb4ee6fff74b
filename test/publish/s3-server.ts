/**
 * An S3 server, s3rver, behind a door that does what s3rver does not: it checks each signature with AWS's own signer,
 * and the conditions of a PUT.
 */

import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import S3rver from 's3rver';
import { closeServer, listen } from '../support/listen.ts';

/** s3rver has this account, and no other. */
export const S3_KEY = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

export interface S3Server {
  readonly url: string;
  close(): Promise<void>;
}

export async function startS3(directory: string, bucket: string): Promise<S3Server> {
  const store = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await store.run();
  const behind = `http://127.0.0.1:${port}`;
  let turn = Promise.resolve();
  const door = createServer((request, response) => {
    // One after the other, so that nothing happens between a condition and its PUT.
    turn = turn.then(async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = '', url = '', headers } = request;
      const body = Buffer.concat(chunks);
      const refuse = (status: number, code: string): void => {
        response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
      };
      // A browser reads without a login.
      if (headers.authorization !== undefined || method !== 'GET') {
        const signed = await isSigned(method, url, headers, body);
        if (!signed) return refuse(403, 'SignatureDoesNotMatch');
      }
      const known = async () => (await fetch(behind + url, { method: 'HEAD' })).headers.get('etag');
      if (headers['if-none-match'] === '*' && (await known()) !== null)
        return refuse(412, 'PreconditionFailed');
      if (headers['if-match'] && (await known()) !== headers['if-match'])
        return refuse(412, 'PreconditionFailed');
      const answer = await fetch(behind + url, {
        method,
        headers: forwarded(headers),
        ...(method === 'PUT' ? { body } : {}),
      });
      const type = answer.headers.get('content-type');
      const etag = answer.headers.get('etag');
      response
        .writeHead(answer.status, { ...(type && { 'content-type': type }), ...(etag && { etag }) })
        .end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  const url = `http://127.0.0.1:${await listen(door)}`;
  return {
    url,
    close: async () => {
      await closeServer(door);
      await store.close();
    },
  };
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  const { authorization, 'content-type': type } = headers;
  const date = headers['x-amz-date'] as string | undefined;
  return {
    ...(authorization && { authorization }),
    ...(type && { 'content-type': type }),
    ...(date && { 'x-amz-date': date }),
    ...(headers['x-amz-content-sha256'] && {
      'x-amz-content-sha256': String(headers['x-amz-content-sha256']),
    }),
  };
}

async function isSigned(
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<boolean> {
  const given = headers.authorization ?? '';
  const [, region = '', names = ''] =
    /\/\d{8}\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([^,]+),/.exec(given) ?? [];
  const date = String(headers['x-amz-date']);
  const digest = createHash('sha256').update(body).digest('hex');
  if (digest !== headers['x-amz-content-sha256']) return false;
  // Every header of AWS must be signed.
  const unsigned = Object.keys(headers).filter(
    (name) => name.startsWith('x-amz-') && !names.split(';').includes(name),
  );
  if (unsigned.length > 0) return false;
  const token = headers['x-amz-security-token'];
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: token === undefined ? S3_KEY : { ...S3_KEY, sessionToken: String(token) },
    uriEscapePath: false,
    sha256: Sha256,
  });
  const { headers: made } = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: url,
      query: {},
      headers: Object.fromEntries(names.split(';').map((name) => [name, String(headers[name])])),
      body,
    },
    {
      signingDate: new Date(
        date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
      ),
    },
  );
  return made.authorization === given;
}

/** SHA-256 and its HMAC in the form that the signer asks for. */
class Sha256 {
  readonly #hash;

  constructor(secret?: unknown) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', Buffer.from(secret as Uint8Array));
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}
