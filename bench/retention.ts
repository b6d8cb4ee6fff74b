/** Memory of a store: bytes per contact, and whether memory stays constant under retention. */

import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createClient } from '@redis/client';
import { type EmulatorProcess, spawnEmulator } from '../cli/stages/emulator-process.ts';
import { contactSource } from '../generators/contact.ts';
import { directClient } from '../load/endpoint/direct-client.ts';
import { ORDINARY_INSTANCE } from '../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import { HAS_REDIS, startRedis } from '../test/emulator/redis-server.ts';

const CONNECTIONS = 32;
const MEBIBYTE = 2 ** 20;
/** Seconds; some ten thousand requests. */
const RETENTION = 5;
const SAMPLES = 10;
const REQUESTS = 1_000_000;

/** Takes ten to twenty minutes: a million requests to each store. */
export async function benchRetention(requests = REQUESTS): Promise<string> {
  const folder = makeTemporaryFolder('bench');
  const start = (...args: string[]) =>
    spawnEmulator(['--port', '0', '--profile', 'stress', ...args]);
  let text = `### retention of ${RETENTION} s over ${requests} requests of one contact\n\n`;
  text +=
    '| requests | memory store, resident MiB | SQLite, resident MiB | SQLite, disk MiB |\n|---|---|---|---|\n';
  const retention = ['--retention', `${RETENTION}`];
  const memory = await start(...retention);
  const durable = await start(...retention, '--data-dir', folder);
  try {
    for (let sample = 1; sample <= SAMPLES; sample += 1) {
      await send(memory, requests / SAMPLES, 1);
      await send(durable, requests / SAMPLES, 1);
      const figures = [await residentOf(memory), await residentOf(durable), bytesIn(folder)];
      const shown = figures.map((bytes) => (bytes / MEBIBYTE).toFixed(0)).join(' | ');
      text += `| ${(sample * requests) / SAMPLES} | ${shown} |\n`;
    }
  } finally {
    await memory.close();
    await durable.close();
    removeTemporaryFolder(folder);
  }
  return text + (await keptPerContact());
}

/** 100,000 contacts in batches of 25, the same 25 in each; memory with what V8 has not collected of it. */
export async function keptPerContact(): Promise<string> {
  const folder = makeTemporaryFolder('bench');
  const redis = HAS_REDIS ? await startRedis() : null;
  const batches = 4_000;
  const contacts = batches * 25;
  const start = (...args: string[]) =>
    spawnEmulator(['--port', '0', '--profile', 'stress', ...args]);
  const memory = await start();
  const durable = await start('--data-dir', folder);
  try {
    // Warm, so that what grows after it is what is kept.
    await send(memory, 500, 25);
    const before = await residentOf(memory);
    await send(memory, batches, 25);
    const kept = [`memory store ${perContact((await residentOf(memory)) - before)} bytes resident`];
    await send(durable, batches, 25);
    await durable.close();
    kept.push(`SQLite ${perContact(bytesIn(folder))} bytes on disk`);
    if (redis) kept.push(`Redis ${perContact(await grownRedis(redis.url, batches))} bytes used`);
    return (
      `\nper contact kept, ${contacts} of them in batches of 25, ` +
      `${perContact(Buffer.byteLength(contactList(25)) * batches)} bytes of JSON each: ${kept.join(', ')}\n`
    );
  } finally {
    await memory.close();
    await durable.close();
    await redis?.close();
    removeTemporaryFolder(folder);
  }

  function perContact(bytes: number): number {
    return Math.round(bytes / contacts);
  }

  async function grownRedis(url: string, count: number): Promise<number> {
    const emulator = await start('--store', url);
    const client = createClient({ url });
    await client.connect();
    const used = async () => Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1]);
    try {
      const before = await used();
      await send(emulator, count, 25);
      return (await used()) - before;
    } finally {
      await client.close();
      await emulator.close();
    }
  }
}

function contactList(size: number): string {
  const source = contactSource(1, ['en_US']);
  return JSON.stringify(Array.from({ length: size }, (_, i) => source.contact(i, `item-${i}`)));
}

let serial = 0;

async function send(emulator: EmulatorProcess, requests: number, size: number): Promise<void> {
  const { url, region, credentials } = emulator;
  const key = credentials.principal;
  const target = { url, region, key, instanceId: ORDINARY_INSTANCE.id };
  const client = directClient(target, CONNECTIONS);
  const list = contactList(size);
  let left = requests;
  const connection = async () => {
    while (left > 0) {
      left -= 1;
      serial += 1;
      const { status, text } = await client.put(
        Buffer.from(`{"ClientToken":"retention-${serial}","ContactDataRequestList":${list}}`),
      );
      if (status !== 200) throw new Error(`the emulator answered ${status}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  await client.close();
}

async function residentOf({ controlUrl }: EmulatorProcess): Promise<number> {
  const response = await fetch(`${controlUrl}/stats`);
  const { process } = (await response.json()) as { process: { residentBytes: number } };
  return process.residentBytes;
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
}
