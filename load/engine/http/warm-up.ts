/**
 * Sends a few requests to a local server before the clock starts.
 *
 * V8 compiles the client's code during its first requests. Without the warm-up, the first latencies of a run
 * would include that time, and a run at an arrival rate would drop its first iterations.
 */

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { NOTHING_BLOCKED } from './blocked.ts';
import { DEFAULT_TLS } from './tls.ts';
import { openTransport, type Transport } from './transport.ts';
import { wireUrlOf } from './wire-url.ts';

const REQUESTS = 200;
const AT_A_TIME = 10;
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok';

let warm: Promise<void> | null = null;

/** Once per process is enough, because the code stays compiled. */
export function warmUp(): Promise<void> {
  warm ??= exercise();
  return warm;
}

async function exercise(): Promise<void> {
  const server = createServer((socket) => {
    // Requests this small arrive in one piece, and one at a time.
    socket.on('data', () => socket.write(ANSWER)).on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transport = openTransport({
    loopbackOnly: true,
    hosts: {},
    insecureSkipTLSVerify: false,
    tls: DEFAULT_TLS,
    noConnectionReuse: false,
    blocked: NOTHING_BLOCKED,
  });
  try {
    const chain = async () => {
      for (let i = 0; i < REQUESTS / AT_A_TIME; i += 1) await send(transport, port);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, chain));
  } finally {
    await transport.close();
    server.close();
  }
}

function send(transport: Transport, port: number): Promise<unknown> {
  const target = wireUrlOf(`http://127.0.0.1:${port}/`);
  if (!target) throw new Error('the URL of a loopback server was not read');
  return new Promise((resolve) => {
    transport.send(
      {
        method: 'PUT',
        target,
        headers: ['content-type', 'text/plain'],
        body: 'x',
        timeoutMs: 1_000,
        keeping: 'text',
      },
      (exchange) => resolve(exchange.timings),
    );
  });
}
