/** The server that the scripts of the corpus send to. It counts what it receives. */

import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { closeServer, listen } from '../../../support/listen.ts';

export interface CorpusServer {
  readonly url: string;
  /** What was received since the last call, such as `GET /a`, in order of the text. */
  take(): string[];
  close(): Promise<void>;
}

const DOCUMENT = { name: 'a', n: 3, list: [{ id: 'x' }, { id: 'y' }], deep: { er: { v: true } } };

export async function startCorpusServer(): Promise<CorpusServer> {
  let received: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://host');
      received.push(`${request.method} ${request.url}`);
      const earlier = received.filter((one) => one.endsWith(pathname)).length;
      const [, kind = '', value = ''] = pathname.split('/');
      const json = (body: unknown, status = 200) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      switch (kind) {
        case 'status':
          return json({ status: Number(value) }, Number(value));
        case 'json':
          return json(DOCUMENT);
        case 'text':
          return response.writeHead(200, { 'content-type': 'text/plain' }).end('plain text');
        case 'bytes':
          return response.end(Buffer.from([0, 1, 254, 255]));
        case 'empty':
          return response.writeHead(204).end();
        case 'gzip':
          response.writeHead(200, { 'content-encoding': 'gzip' });
          return response.end(gzipSync(JSON.stringify(DOCUMENT)));
        case 'many':
          response.setHeader('x-many', ['a', 'b']);
          return json(DOCUMENT);
        case 'redirect': {
          const left = Number(value) - 1;
          const location = left > 0 ? `/redirect/${left}` : '/landed';
          return response.writeHead(302, { location }).end();
        }
        case 'moved':
          return response.writeHead(Number(value), { location: '/landed' }).end();
        case 'set': {
          const cookies = [...searchParams].map(([name, one]) => `${name}=${one}; Path=/`);
          response.setHeader('set-cookie', cookies);
          return json({});
        }
        case 'delay':
          return setTimeout(() => json({}), Number(value));
        case 'flaky':
          return json({}, earlier < 3 ? 503 : 200);
        case 'private': {
          const isIn = request.headers.authorization === `Basic ${btoa('me:secret')}`;
          return json({ isIn }, isIn ? 200 : 401);
        }
        case 'reset':
          return request.socket.resetAndDestroy();
        default:
          return json({
            method: request.method,
            path: pathname,
            query: Object.fromEntries(searchParams),
            headers: request.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          });
      }
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    take() {
      const all = received.sort();
      received = [];
      return all;
    },
    close: () => closeServer(server),
  };
}
