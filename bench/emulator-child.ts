/** A server in a process of its own, whose CPU use can be asked for: the emulator, or a plain one. */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../emulator/emulator.ts';

/** About the size of the answer to 25 contacts. */
const CONSTANT = JSON.stringify({ SuccessfulRequestList: 'x'.repeat(2170) });

async function plainServer(): Promise<string> {
  const server = http.createServer((req, res) => {
    req.on('data', () => {});
    req.on('end', () => {
      res.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': CONSTANT.length,
      });
      res.end(CONSTANT);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function main(): Promise<void> {
  const url =
    process.argv[2] === 'plain'
      ? await plainServer()
      : (await startEmulator({ profile: 'stress' })).url;
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ microseconds: user + system });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url });
}

void main();
