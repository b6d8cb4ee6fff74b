/** Takes contact events by POST, as lines of JSON: `dialproof emulator --events http://127.0.0.1:PORT/`. */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventCounts } from './handler.ts';

/** @returns the address, and what closes the server. */
export async function receive(counts: EventCounts, port = 0) {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    counts.takeLines(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(204).end();
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}
