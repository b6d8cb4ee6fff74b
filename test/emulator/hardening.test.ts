/** Clients that mean no good, one by one; the fuzz run has them by the thousand. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { checkHost, startEmulator } from '../../emulator/emulator.ts';
import { createWireServer, DOOR_LIMITS, type DoorLimits } from '../../emulator/wire/server.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { listen } from '../support/listen.ts';
import {
  body,
  contact,
  contacts,
  INSTANCE_PATH,
  OUTSIDER,
  send,
  signedHeadersOf,
  withEmulator,
} from './fixtures.ts';

/** Writes the pieces to a door with such limits and gives all that comes until it hangs up. */
async function doorSays(limits: Partial<DoorLimits>, ...pieces: string[]): Promise<string> {
  const server = createWireServer({
    handle: async () => ({ status: 200, headers: [], body: '{}' }),
    maxBodyBytes: () => 1_000,
    defect: (error) => {
      throw error;
    },
    wait: async () => {},
    limits: { ...DOOR_LIMITS, lingerMilliseconds: 40, ...limits },
  });
  const port = await listen(server);
  // The door's own end: a client need not hang up because it does.
  const gone = new Promise((resolve) => {
    server.once('connection', (socket) => socket.once('close', resolve)).once('drop', resolve);
  });
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let said = '';
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (text: string) => {
    said += text;
  });
  const heard = new Promise((resolve) => socket.once('end', resolve).once('close', resolve));
  for (const piece of pieces) socket.write(piece);
  await Promise.all([gone, heard]);
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  return said;
}

describe('the door', () => {
  it('hangs up on a head that does not end', async () => {
    const limits = { headMilliseconds: 40, requestMilliseconds: 80 };
    const said = await doorSays(limits, `PUT ${INSTANCE_PATH} HTTP/1.1\r\nHost: a\r\nX-Slow: `);
    expect(said).toMatch(/^HTTP\/1\.1 408[\s\S]*x-amzn-errortype: RequestTimeoutException/);
  });

  it('hangs up on a body that does not come', async () => {
    const limits = { headMilliseconds: 40, requestMilliseconds: 80 };
    const head = `PUT ${INSTANCE_PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc`;
    expect(await doorSays(limits, head)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('refuses a head that is too large', async () => {
    const head = `GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(3_000)}\r\n\r\n`;
    const said = await doorSays({ headBytes: 2_048 }, head);
    expect(said).toMatch(/^HTTP\/1\.1 400[\s\S]*MalformedHttpRequestException/);
  });

  it('reads all headers that its bytes allow, and drops none', () =>
    withEmulator({}, async (emulator) => {
      const many = Array.from({ length: 1_500 }, (_, i) => `h${i}: `).join('\r\n');
      const last = 'x-amz-unsigned: 1';
      const text = body(contacts(1));
      const { host, hostname, port } = new URL(emulator.url);
      const own = Object.entries(signedHeadersOf({ host, body: text }));
      const lines = [...own.map(([name, value]) => `${name}: ${value}`), many, last];
      const socket = connect(Number(port), hostname);
      socket.write(
        `PUT ${INSTANCE_PATH} HTTP/1.1\r\n${lines.join('\r\n')}\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
      );
      const [said] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(said.toString()).toContain("'x-amz-unsigned' must be a 'SignedHeader'");
    }));

  it.each([
    ['sends what is no HTTP', 'HELO there\r\n\r\n'],
    ['asks for a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nmore'],
  ])('hangs up on a client that %s and stays on the line', async (_, bytes) => {
    expect(await doorSays({}, bytes)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('closes a connection too many', async () => {
    expect(await doorSays({ connections: 0 }, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('');
  });
});

it('says in docs/hardening.md what its limits are', () => {
  const text = readFileSync(path.join(PACKAGE_ROOT, 'docs/hardening.md'), 'utf8');
  const { headBytes, headMilliseconds, requestMilliseconds, lingerMilliseconds, connections } =
    DOOR_LIMITS;
  for (const row of [
    `| request line and headers | ${headBytes.toLocaleString('en')} bytes |`,
    `| time until the head is complete | ${headMilliseconds / 1000} s |`,
    `| time until the request is complete | ${requestMilliseconds / 1000} s |`,
    `| time for bytes after a malformed request | ${lingerMilliseconds / 1000} s |`,
    `| connections at once | ${connections.toLocaleString('en')} |`,
  ]) {
    expect(text).toContain(row);
  }
});

describe('a body that is legal JSON', () => {
  it.each([
    ['brackets, four million deep', '['.repeat(4_000_000), 400],
    ['objects, deep, where a text should be', `{"ClientToken":${'{"a":'.repeat(100_000)}1`, 400],
    ['lists, deep and whole', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 400],
  ])('of %s is answered', (_name, text, status) =>
    withEmulator({ profile: 'stress' }, async (emulator) => {
      expect((await send(emulator, { body: text })).status).toBe(status);
      expect((await send(emulator, { body: body(contacts(1)) })).status).toBe(200);
    }),
  );

  it('with one member twice has the last of them (assumed)', () =>
    withEmulator({}, async (emulator) => {
      const [once, last] = [body(contacts(1)), body(contacts(2), 'last')];
      const twice = `${once.slice(0, -1)},"ClientToken":"first",${last.slice(1)}`;
      const answer = await send(emulator, { body: twice });
      expect(answer.contactIds).toHaveLength(2);
      expect((await send(emulator, { body: last })).contactIds).toEqual(answer.contactIds);
    }));

  it('may name __proto__ anywhere: it is a name like any other', () =>
    withEmulator({}, async (emulator) => {
      const withAttributes = (written: string) => {
        const bare = JSON.stringify(contact(1)).slice(0, -1);
        const item = `${bare},"__proto__":{"QueueId":"no"},"Attributes":${written}}`;
        const text = `{"__proto__":{"a":1},"ClientToken":"__proto__","ContactDataRequestList":[${item}]}`;
        return send(emulator, { body: text });
      };
      const made = await withAttributes('{"__proto__":"x","constructor":"y"}');
      expect(made.contactIds).toHaveLength(1);
      expect((await withAttributes('{"constructor":"y","__proto__":"x"}')).text).toBe(made.text);
      expect(await withAttributes('{"__proto__":"z","constructor":"y"}')).toMatchObject({
        status: 409,
      });
      expect(await withAttributes('{"constructor":"y"}')).toMatchObject({ status: 409 });

      const about = { InstanceId: ORDINARY_INSTANCE.id, InitialContactId: made.contactIds[0] };
      const more = JSON.stringify({ ...about, Attributes: {} }).replace('{}', '{"__proto__":"w"}');
      const call = { key: OUTSIDER, target: '/contact/attributes' };
      expect((await send(emulator, { ...call, method: 'POST', body: more })).status).toBe(200);
      const target = `${call.target}/${about.InstanceId}/${about.InitialContactId}`;
      const seen = await send(emulator, { ...call, method: 'GET', target, body: '' });
      expect(seen.text).toBe('{"Attributes":{"__proto__":"w","constructor":"y"}}');
      expect(Object.keys(Object.prototype)).toEqual([]);
    }));

  it('of a map with a hundred thousand keys costs no more than its bytes', () =>
    withEmulator({ profile: 'stress' }, async (emulator) => {
      const entries = Array.from({ length: 100_000 }, (_, i) => [`k${i}`, '']);
      const large = contact(1, { Attributes: Object.fromEntries(entries) });
      const small = contact(2, { Attributes: Object.fromEntries(entries.slice(0, 1_000)) });
      expect((await send(emulator, { body: body([large]) })).status).toBe(400);
      expect((await send(emulator, { body: body([small], 't') })).contactIds).toHaveLength(1);
      expect((await send(emulator, { body: body([small], 't') })).status).toBe(200);
    }));
});

describe('an address that others can reach', () => {
  it.each(['0.0.0.0', '::', '[::]', '192.0.2.1', 'example.com', '1270.0.0.1'])(
    '%s is refused',
    (host) => expect(startEmulator({ host })).rejects.toThrow(/other machines can reach/),
  );

  it('is taken when it is allowed, and the control door stays at home', async () => {
    const emulator = await startEmulator({ host: '0.0.0.0', allowRemote: true });
    expect(emulator.controlUrl).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await emulator.close();
  });

  it('is refused for the control door, which asks for no key', () =>
    expect(startEmulator({ controlHost: '0.0.0.0' })).rejects.toThrow(
      /other machines can reach 0\.0\.0\.0, and the control door asks for no key/,
    ));

  it.each<[string, number, Record<string, string>]>([
    ['an address', 200, { host: '10.1.2.3:4011' }],
    ['an address of IPv6', 200, { host: '[fd00::1]:4011' }],
    ['the name of a service', 200, { host: 'emulator-1:4011' }],
    ['a name of a cluster', 200, { host: 'dialproof.load.svc.cluster.local' }],
    ['a name that a web page can have', 403, { host: 'evil.example' }],
    ['a name that only begins well', 403, { host: '10.1.2.3.evil.example' }],
    ['a name that ends nearly well', 403, { host: 'evillocal.example' }],
    ['a web page', 403, { host: 'emulator-1', origin: 'http://emulator-1' }],
  ])('once allowed, the control door there answers %s with %i', async (_, status, headers) => {
    const emulator = await startEmulator({ controlHost: '0.0.0.0', allowRemote: true });
    const url = `http://127.0.0.1:${new URL(emulator.controlUrl).port}/clock`;
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      request(url, { headers }, (res) => resolve(res.resume().statusCode))
        .on('error', reject)
        .end();
    });
    await emulator.close();
    expect(answered).toBe(status);
  });

  it.each(['127.0.0.1', 'localhost', '127.1.2.3'])('is not %s', async (host) => {
    await (await startEmulator({ host })).close();
  });

  // Whether this machine has IPv6 is not asked.
  it.each(['::1', '[::1]'])('is not %s', (host) => {
    expect(() => checkHost({ host })).not.toThrow();
  });
});

describe('the control door', () => {
  const call = (controlUrl: string, headers: Record<string, string>, text = '') =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const req = request(`${controlUrl}/facts`, { method: 'PUT', headers }, (res) => {
        let said = '';
        res.on('data', (chunk: Buffer) => {
          said += chunk.toString();
        });
        res.on('end', () => resolve({ status: res.statusCode ?? 0, text: said }));
      });
      req.on('error', reject);
      req.end(text);
    });

  it.each<[string, Record<string, string>]>([
    ['a web page', { origin: 'https://evil.example' }],
    ['a page of this machine', { origin: 'http://localhost:3000' }],
    ['a name that was made to mean this machine', { host: 'evil.example' }],
    ['a name that only begins well', { host: '127.0.0.1.evil.example' }],
  ])('refuses %s', (_who, headers) =>
    withEmulator({}, async ({ controlUrl }) => {
      const { status, text } = await call(controlUrl, headers, '{"outage":"ServiceUnavailable"}');
      expect(status).toBe(403);
      expect(text).toContain('only programs on this machine');
      const facts = (await (await fetch(`${controlUrl}/facts`)).json()) as { outage: unknown };
      expect(facts.outage).toBeNull();
    }),
  );

  it('takes no body without end', () =>
    withEmulator({}, async ({ controlUrl }) => {
      const answer = call(controlUrl, {}, `"${'x'.repeat(9 * 2 ** 20)}"`);
      // The door answers before it was sent everything, which some stacks tell as a reset.
      const said = await answer.catch((error: NodeJS.ErrnoException) => ({
        status: 400,
        text: String(error.code),
      }));
      expect(said.status).toBe(400);
      expect(said.text).toMatch(/at most 8388608 bytes|EPIPE|ECONNRESET/);
    }));
});
