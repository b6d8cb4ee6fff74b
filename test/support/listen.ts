/** Servers that a test starts: on a free port of loopback, and closed with the connections that they still have. */

import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';

/** @returns the port. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

export async function closeServer(server: Server): Promise<void> {
  if (server instanceof http.Server || server instanceof https.Server) server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/** The system takes the ports above for connections, and for servers that ask for any port. */
const PORTS = [15_000, 32_000] as const;

/** A port where nobody listens, and where nobody will who does not ask for it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS);
    const probe = http.createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await closeServer(probe);
    return port;
  }
}
