/**
 * A cheap endpoint in a separate process. It accepts each contact of a batch and answers as BatchPutContact does, so
 * that a script finds its prediction of every item. It checks nothing.
 */

import http from 'node:http';
import type { AddressInfo } from 'node:net';

const IDENTIFIER = /"RequestIdentifier":"([^"]+)"/g;

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('latin1');
    const items = [...body.matchAll(IDENTIFIER)].map(
      ([, identifier]) => `{"ContactId":"${identifier}","RequestIdentifier":"${identifier}"}`,
    );
    const answer = `{"SuccessfulRequestList":[${items.join(',')}],"FailedRequestList":[]}`;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': String(answer.length),
    });
    response.end(answer);
  });
});

process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
