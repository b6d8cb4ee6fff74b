/** Starts the provider: node start.ts PORT ['MISTAKE'] */

import type { AddressInfo } from 'node:net';
import { MISTAKES } from './mistakes.ts';
import { createProvider } from './provider.ts';

const [port = '8080', name] = process.argv.slice(2);
const mistake = name === undefined ? undefined : MISTAKES[name]?.make;
if (name !== undefined && !mistake) {
  console.error(`There is no mistake "${name}". There are:\n${Object.keys(MISTAKES).join('\n')}`);
  process.exit(2);
}
const server = createProvider(mistake);
server.once('error', ({ message }) => {
  console.error(message);
  process.exit(1);
});
server.listen(Number(port), '127.0.0.1', () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }));
});
