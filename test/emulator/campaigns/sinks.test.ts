/** Sinks of dial records: files, URLs, and what becomes of records that are not taken. */

import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startEmulator } from '../../../emulator/emulator.ts';
import { Delivery } from '../../../emulator/sinks/delivery.ts';
import { openSink } from '../../../emulator/sinks/open-sink.ts';
import type { Sink } from '../../../emulator/sinks/sink.ts';
import type { Outgoing } from '../../../emulator/stores/record-shelf.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { stoppedClock } from '../fixtures.ts';
import { CAMPAIGN, onRoad } from './road.ts';

const line = (number: number): Outgoing => ({ number, sink: 'dials', line: `{"n":${number}}` });

describe('a file', () => {
  it('gets a line for every dial', async () => {
    const file = join(tempDir(), 'dials.ndjson');
    const requests = await onRoad({ dials: file, clock: stoppedClock() }, async (road) => {
      await road.accept(5);
      await road.driver.advance(60_000);
      return road.dialRequests();
    });
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const records = lines.map((one) => JSON.parse(one) as Record<string, unknown>);
    expect(records).toHaveLength(5);
    for (const [i, { id, status, phoneNumber }] of requests.entries()) {
      expect(records[i]).toMatchObject({
        type: 'dial',
        dialRequestId: id,
        contactId: 'contact' in status && status.contact.contactId,
        dialId: 'dial' in status && status.dial?.dialId,
        campaignId: CAMPAIGN,
        phoneNumber,
      });
    }
  });

  it('is continued on a new line if its last line was cut', async () => {
    const file = join(tempDir(), 'dials.ndjson');
    writeFileSync(file, '{"n":1}\n{"n":');
    const sink = await openSink(file);
    await sink.put(['{"n":2}', '{"n":3}']);
    await sink.close();
    expect(readFileSync(file, 'utf8')).toBe('{"n":1}\n{"n":\n{"n":2}\n{"n":3}\n');
  });
});

describe('a URL', () => {
  const receive = async (status: number) => {
    const bodies: { type: string | undefined; text: string }[] = [];
    const server = http.createServer(async (req, res) => {
      let text = '';
      for await (const chunk of req) text += chunk;
      bodies.push({ type: req.headers['content-type'], text });
      res.writeHead(status).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const close = () => new Promise((closed) => server.close(closed));
    return { bodies, url: `http://127.0.0.1:${port}/dials`, close };
  };

  it('gets NDJSON by POST', async () => {
    const { bodies, url, close } = await receive(204);
    const sink = await openSink(url);
    await sink.put(['{"n":1}', '{"n":2}']);
    await sink.close();
    await close();
    expect(bodies).toEqual([{ type: 'application/x-ndjson', text: '{"n":1}\n{"n":2}\n' }]);
  });

  it('refuses lines with any status but those of a success', async () => {
    const { url, close } = await receive(302);
    const sink = await openSink(url);
    await expect(sink.put(['{}'])).rejects.toThrow('answered 302');
    await sink.close();
    await close();
    await expect(sink.put(['{}'])).rejects.toThrow();
  });

  it('of another machine needs permission', async () => {
    await expect(openSink('http://203.0.113.7/dials')).rejects.toThrow(
      'the sink http://203.0.113.7/dials is on another machine: use one of 127.0.0.1, or give --allow-remote',
    );
    await (await openSink('https://203.0.113.7/dials', true)).close();
    for (const url of ['http://localhost/', 'http://[::1]:9/', 'http://127.8.8.8/']) {
      await (await openSink(url)).close();
    }
  });
});

it.each([
  [{ dials: 'http://127.0.0.1:x/' }, 'is not a URL'],
  [{ dials: join(tempDir(), 'no', 'folder') }, 'cannot be opened (ENOENT'],
  [{ dials: 'dials.ndjson', store: 'redis://127.0.0.1:1' }, '--dials has nothing to take'],
])('an emulator does not start with %j', async (options, sentence) => {
  await expect(startEmulator(options)).rejects.toThrow(sentence);
});

describe('delivery', () => {
  /** A sink that refuses so many times, and notes what it was given. */
  const refusing = (times: number) => {
    const given: (readonly string[])[] = [];
    const sink: Sink = {
      target: 'test',
      async put(lines) {
        given.push(lines);
        if (given.length <= times) throw new Error('not now');
      },
      async close() {},
    };
    return { sink, given };
  };

  it('tries three times', async () => {
    const { sink, given } = refusing(2);
    const done: number[] = [];
    const delivery = new Delivery(sink, (numbers) => done.push(...numbers));
    delivery.add([line(1), line(2)]);
    await delivery.idle();
    expect(given).toEqual(Array(3).fill(['{"n":1}', '{"n":2}']));
    expect(done).toEqual([1, 2]);
    expect(delivery.figures).toEqual({
      target: 'test',
      taken: 2,
      dropped: 0,
      waiting: 0,
      lastError: 'not now',
    });
  });

  it('then drops the lines, counts them, and goes on with later ones', async () => {
    const { sink, given } = refusing(3);
    const done: number[] = [];
    const delivery = new Delivery(sink, (numbers) => done.push(...numbers));
    delivery.add([line(1)]);
    await Promise.resolve();
    await Promise.resolve();
    delivery.add([line(2)]);
    await delivery.idle();
    expect(given.slice(3)).toEqual([['{"n":2}']]);
    expect(done).toEqual([1, 2]);
    expect(delivery.figures).toMatchObject({ taken: 1, dropped: 1, waiting: 0 });
  });

  it('leaves refused lines in the store at the end', async () => {
    const { sink, given } = refusing(9);
    const done: number[] = [];
    const delivery = new Delivery(sink, (numbers) => done.push(...numbers));
    delivery.add([line(1)]);
    await delivery.close();
    expect(given.length).toBeGreaterThan(0);
    expect(done).toEqual([]);
    expect(delivery.figures).toMatchObject({ taken: 0, dropped: 0, waiting: 1 });
  });

  it('starts with nothing, and takes what comes later', async () => {
    const { sink, given } = refusing(0);
    const delivery = new Delivery(sink, () => {});
    delivery.add([]);
    await delivery.idle();
    delivery.add([line(1)]);
    await delivery.idle();
    expect(given).toEqual([['{"n":1}']]);
  });
});
