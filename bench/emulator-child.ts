/** Runs the emulator, or a server to compare it with, in a separate process that reports its CPU time on request. */

import { createHmac, createSecretKey, hash, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../emulator/emulator.ts';
import type { BatchPutContactBody } from '../operation/connect/batch-put-contact/shapes.ts';

/** About the size of the answer to 25 contacts. */
const CONSTANT = JSON.stringify({ SuccessfulRequestList: 'x'.repeat(2170) });

const SERVERS = {
  /** Reads the body and answers a constant. */
  plain: () =>
    listen((req, res) => {
      req.on('data', () => {});
      req.on('end', () => answer(res, CONSTANT));
    }),
  floor: () => listen(leastEndpoint()),
  emulator: async () => (await startEmulator({ profile: 'stress' })).url,
} as const;

export type ServerKind = keyof typeof SERVERS;

/**
 * What no endpoint on node:http can leave out: it hashes and parses the body, computes one signature over the
 * hash, gives every item an id, keeps the body and answers. It checks nothing, and judges nothing.
 */
function leastEndpoint(): http.RequestListener {
  const signingKey = createSecretKey(Buffer.alloc(32, 1));
  const kept = new Map<string | undefined, { body: Buffer; answer: string; signature: string }>();
  return (req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      const signed = hash('sha256', `${req.method}\n${req.url}\n${hash('sha256', body)}`);
      const signature = createHmac('sha256', signingKey).update(signed).digest('hex');
      const request = JSON.parse(body.toString('utf8')) as BatchPutContactBody;
      const made = JSON.stringify({
        SuccessfulRequestList: request.ContactDataRequestList.map(({ RequestIdentifier }) => ({
          RequestIdentifier,
          ContactId: randomUUID(),
        })),
        FailedRequestList: [],
      });
      kept.set(request.ClientToken, { body, answer: made, signature });
      answer(res, made);
    });
  };
}

function answer(res: http.ServerResponse, body: string): void {
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  res.end(body);
}

async function listen(listener: http.RequestListener): Promise<string> {
  const server = http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function main(): Promise<void> {
  const url = await SERVERS[process.argv[2] as ServerKind]();
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ microseconds: user + system });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url });
}

void main();
