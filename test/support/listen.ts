/** Servers that a test starts: on a free port of loopback, and closed with the connections that they still have. */

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

/** A port where nobody listens. */
export async function freePort(): Promise<number> {
  const probe = http.createServer();
  const port = await listen(probe);
  await closeServer(probe);
  return port;
}
