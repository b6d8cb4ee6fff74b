/** A sink that sends NDJSON to a URL by POST. A status from 200 to 299 means that the receiver has the lines. */

import http from 'node:http';
import https from 'node:https';
import { shownUrl } from '../../system/shown-url.ts';
import type { Sink } from './sink.ts';

const PATIENCE_MILLISECONDS = 5_000;

export function createHttpSink(url: URL): Sink {
  const { request, Agent } = url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    target: url.href,
    put: (lines) =>
      new Promise((resolve, reject) => {
        const body = Buffer.from(`${lines.join('\n')}\n`);
        const req = request(
          url,
          {
            method: 'POST',
            agent,
            headers: {
              'content-type': 'application/x-ndjson',
              'content-length': body.length,
              'user-agent': 'dialproof',
            },
            signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
          },
          (res) => {
            const { statusCode = 0 } = res;
            res.on('error', reject).resume();
            res.on('end', () => {
              if (statusCode >= 200 && statusCode < 300) resolve();
              else reject(new Error(`${shownUrl(url.href)} answered ${statusCode}`));
            });
          },
        );
        req.on('error', reject).end(body);
      }),
    async close() {
      agent.destroy();
    },
  };
}
