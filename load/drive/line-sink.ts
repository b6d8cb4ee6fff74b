/** Receives the lines that an emulator in another process gives by POST. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LineSink<Line> {
  readonly url: string;
  /** In the order of their arrival. A line can come again. */
  readonly taken: readonly Line[];
  close(): Promise<void>;
}

/** @param read reads a line. */
export async function openLineSink<Line>(read: (line: string) => Line): Promise<LineSink<Line>> {
  const taken: Line[] = [];
  const server = createServer(async (req, res) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
      const lines = Buffer.concat(chunks).toString('utf8').split('\n');
      // Kept before they are answered, and only if all of them arrived.
      taken.push(...lines.filter(Boolean).map(read));
      res.writeHead(204).end();
    } catch {
      // The emulator was killed amid the request. It gives the lines again.
      res.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
