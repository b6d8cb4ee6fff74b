/** Sends one signed request to the provider and returns its answer unchanged. */

import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { readBytes } from './read-bytes.ts';

export interface Outgoing {
  readonly method: string;
  /** Path and query, sent as they are. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const TIMEOUT_MS = 10_000;

/** @throws Error if the provider cannot be reached or takes longer than ten seconds. */
export function forward(baseUrl: string, { method, target, headers, body }: Outgoing) {
  const url = new URL(baseUrl);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise<Answered>((resolve, reject) => {
    const options = {
      method,
      path: target,
      headers: { ...headers, 'content-length': body.length },
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    } as const;
    send(url, options, (response) => {
      readBytes(response).then((bytes) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes });
      }, reject);
    })
      .once('error', reject)
      .end(body);
  });
}
