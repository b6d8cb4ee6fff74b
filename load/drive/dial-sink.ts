/** Receives the dial records of an emulator in another process. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that a campaign made. */
export interface SeenDial {
  readonly dialId: string;
  readonly contactId: string;
  readonly dialRequestId: string;
}

/** A dial record with all that it says. */
export interface DialTold extends SeenDial {
  readonly campaignId: string;
  readonly phoneNumber: string;
  /** Epoch milliseconds, by the clock of the endpoint. */
  readonly at: number;
}

export interface DialSink {
  /** For the emulator's `--dials`. */
  readonly url: string;
  /** In the order of their arrival. A record can come again. */
  readonly dials: readonly DialTold[];
  close(): Promise<void>;
}

export async function openDialSink(): Promise<DialSink> {
  const dials: DialTold[] = [];
  const server = createServer(async (req, res) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
      const lines = Buffer.concat(chunks).toString('utf8').split('\n');
      // Kept before they are answered, and only if all of them arrived.
      dials.push(...lines.filter(Boolean).map((line) => JSON.parse(line) as DialTold));
      res.writeHead(204).end();
    } catch {
      // The emulator was killed amid the request. It gives the records again.
      res.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    dials,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
