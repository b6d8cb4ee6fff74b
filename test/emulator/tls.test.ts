/** HTTPS with a self-signed pair, and web pages of other origins. */

import { X509Certificate } from 'node:crypto';
import https from 'node:https';
import { startEmulator } from '../../emulator/emulator.ts';
import { selfSigned } from '../../emulator/wire/self-signed.ts';
import { body, contacts, control, INSTANCE_PATH, signedHeadersOf, until } from './fixtures.ts';

const NOW = Date.UTC(2026, 0, 1);

it('a self-signed certificate is its own authority, for the hosts that it names', () => {
  const { cert } = selfSigned(['localhost', '127.0.0.1', '::1', 'fe80::1:2', 'localhost'], NOW);
  const read = new X509Certificate(cert);
  expect(read.ca).toBe(true);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkIssued(read)).toBe(true);
  expect(read.checkHost('localhost')).toBe('localhost');
  for (const address of ['127.0.0.1', '::1', 'fe80::1:2'])
    expect(read.checkIP(address)).toBeTruthy();
  expect(read.checkHost('example.com')).toBeUndefined();
  expect(read.checkIP('127.0.0.2')).toBeUndefined();
  expect([read.validFromDate, read.validToDate]).toEqual([
    new Date(NOW - 86_400_000),
    new Date(NOW + 90 * 86_400_000),
  ]);
  // Two are never the same for a client that keeps them by their serial.
  expect(new X509Certificate(selfSigned(['a'], NOW).cert).serialNumber).not.toBe(read.serialNumber);
});

/** Calls an endpoint whose certificate is the only root that is trusted. */
function call(url: string, ca: string, token: string): Promise<number | string> {
  const text = body(contacts(1), token);
  const headers = signedHeadersOf({ host: new URL(url).host, body: text });
  return new Promise((resolve) => {
    const options = { method: 'PUT', ca, headers, agent: false as const };
    const req = https.request(`${url}${INSTANCE_PATH}`, options, (res) => {
      res.resume().on('end', () => resolve(res.statusCode ?? 0));
    });
    req.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    req.end(text);
  });
}

it('serves over TLS, resets a connection under it, and tells a client that speaks plain HTTP', async () => {
  const tls = selfSigned(['127.0.0.1'], Date.now());
  const notices: string[] = [];
  const emulator = await startEmulator({ tls, log: (line) => notices.push(line) });
  try {
    const { url, controlUrl } = emulator;
    expect([url.slice(0, 8), controlUrl.slice(0, 7)]).toEqual(['https://', 'http://']);
    expect(await call(url, tls.cert, 't')).toBe(200);
    expect(await call(url, selfSigned(['127.0.0.1'], Date.now()).cert, 't')).toMatch(
      /SELF_SIGNED|VERIFY/,
    );
    await control(emulator, 'PUT', '/faults', {
      faults: [{ fault: 'drop-on-arrival', with: 'reset' }],
    });
    expect(await call(url, tls.cert, 'u')).toBe('ECONNRESET');
    await expect(fetch(url.replace('https:', 'http:'))).rejects.toThrow();
    await until(async () => notices.length > 0);
    expect(notices).toEqual([
      expect.stringMatching(/spoke plain HTTP, and this port speaks HTTPS/),
    ]);
  } finally {
    await emulator.close();
  }
});

it('lets the pages of an origin call the endpoint, and never the control door', async () => {
  const emulator = await startEmulator({ cors: ['http://localhost:3000'] });
  try {
    const asked = (url: string, origin: string, method = 'OPTIONS') =>
      fetch(url, {
        method,
        headers: {
          origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'authorization',
        },
      });
    const preflight = await asked(`${emulator.url}${INSTANCE_PATH}`, 'http://localhost:3000');
    expect(preflight.status).toBe(200);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': 'http://localhost:3000',
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'authorization',
      vary: 'Origin',
    });
    const refused = await asked(`${emulator.url}/x`, 'http://localhost:3000', 'GET');
    expect(refused.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(refused.headers.get('access-control-expose-headers')).toContain('x-amzn-errortype');
    for (const other of ['http://localhost:3001', 'null']) {
      const { status, headers } = await asked(`${emulator.url}${INSTANCE_PATH}`, other);
      expect([status, headers.get('access-control-allow-origin')]).toEqual([404, null]);
    }
    const door = await asked(`${emulator.controlUrl}/facts`, 'http://localhost:3000');
    expect([door.status, door.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  } finally {
    await emulator.close();
  }
});
