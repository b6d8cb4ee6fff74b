/**
 * Sends the batches of campaigns to the endpoint that they belong to, as outbound campaigns do: signed by the
 * service principal, through the front door.
 */

import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '../../campaigns/campaign-engine.ts';
import type { CampaignBatch } from '../../campaigns/records.ts';
import { OPERATION, pathOf } from '../../operation/connect/address.ts';
import { type SigningKey, signedHeaders } from '../../system/sign-request.ts';
import type { Clock } from '../clock/virtual-clock.ts';
import { frontDoorReply, headerOf, type WireReply } from '../wire/reply.ts';
import type { WireRequest } from '../wire/request.ts';
import { LOST, outcomeOf } from './outcome.ts';

/** The endpoint, and the caller that it knows as outbound campaigns. */
export interface Endpoint {
  /** Its address. */
  readonly url: string;
  /** Answers a request without a socket. */
  readonly handle: (request: WireRequest) => Promise<WireReply>;
  readonly key: SigningKey;
  /** The Region for which a call is signed now. */
  readonly region: () => string;
  /** By which requests are signed. */
  readonly clock: Clock;
  /** Told of errors of the emulator's own. */
  readonly defect: (error: unknown) => void;
}

export interface Sender {
  /** Sends over a connection. Whatever goes wrong on the way, the outcome is unknown. */
  overHttp(batch: CampaignBatch): Promise<Outcome>;
  /** Hands the request to the endpoint as a value, with the same outcome. */
  asValue(batch: CampaignBatch): Promise<Outcome>;
  close(): void;
}

export const USER_AGENT = 'dialproof-campaigns';

/** Of the wall clock: after these, the outcome of a call is unknown. */
const PATIENCE_MILLISECONDS = 5_000;

export function createSender(endpoint: Endpoint, patience = PATIENCE_MILLISECONDS): Sender {
  const { hostname, port, host, protocol } = reachable(endpoint.url);
  // The certificate is the endpoint's own, which need not be known as a root.
  const [client, agent] =
    protocol === 'https:'
      ? [https, new https.Agent({ keepAlive: true, rejectUnauthorized: false })]
      : [http, new http.Agent({ keepAlive: true })];
  const { method, contentType, service } = OPERATION;

  const requestOf = ({ instanceId, body: text }: CampaignBatch) => {
    const { key, region, clock } = endpoint;
    const target = pathOf(instanceId);
    const body = Buffer.from(text);
    const unsigned = { method, target, host, contentType, body };
    const headers = signedHeaders(unsigned, key, { region: region(), service }, clock.now());
    return { target, body, headers: { ...headers, 'user-agent': USER_AGENT } };
  };

  return {
    overHttp: (batch) =>
      new Promise((resolve) => {
        const { target: path, headers, body } = requestOf(batch);
        const req = client.request({
          hostname,
          port,
          method,
          path,
          agent,
          headers: { ...headers, 'content-length': body.length },
          signal: AbortSignal.timeout(patience),
        });
        const lost = () => resolve(LOST);
        req.on('error', lost);
        req.on('response', (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', lost);
          res.on('end', () =>
            resolve(
              outcomeOf({
                status: res.statusCode ?? 0,
                header: (name) => String(res.headers[name] ?? '') || null,
                body: Buffer.concat(chunks).toString('utf8'),
              }),
            ),
          );
        });
        req.end(body);
      }),
    async asValue(batch) {
      const { target, headers, body } = requestOf(batch);
      const request = {
        method,
        target,
        headers: Object.entries(headers).flat(),
        body,
        bodyBytes: body.length,
      };
      const replying = endpoint.handle(request).catch((error: unknown) => {
        endpoint.defect(error);
        return frontDoorReply(randomUUID(), 500, 'InternalFailure', 'The emulator failed.');
      });
      const reply = await within(patience, replying);
      if (!reply) return LOST;
      const { drop, cutAfterBytes } = reply.wireFault ?? {};
      if (drop !== undefined || cutAfterBytes !== undefined) return LOST;
      return outcomeOf({ ...reply, header: (name) => headerOf(reply, name) });
    },
    close: () => agent.destroy(),
  };
}

/** The address at which this machine reaches the endpoint: one that listens on every address is reached on loopback. */
function reachable(url: string): Pick<URL, 'hostname' | 'port' | 'host' | 'protocol'> {
  const { protocol, hostname, port } = new URL(url);
  const address = hostname === '0.0.0.0' ? '127.0.0.1' : hostname === '[::]' ? '[::1]' : hostname;
  const { host } = new URL(`${protocol}//${address}:${port}`);
  return { hostname: address.replace(/^\[|\]$/g, ''), port, host, protocol };
}

/** Null if the work takes longer; its result is then ignored. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([work, pause(milliseconds, null, { ref: false, signal })]);
  } finally {
    over.abort();
  }
}
