/** CPU time of the emulator per request, compared with a plain node:http server and with a minimal endpoint. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Pool } from 'undici';
import { ORDINARY_KEYS } from '../emulator/identity/keys.ts';
import { OPERATION, pathOf } from '../operation/connect/address.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../operation/connect/facts.ts';
import { NODE_ARGS } from '../system/package.ts';
import { signedHeaders } from '../system/sign-request.ts';
import type { ServerKind } from './emulator-child.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 15;
/** Rounds left out: a plain server goes on getting faster for longer than one. */
const WARM_UP_ROUNDS = 4;
/** With all the rounds of one child less than its store keeps. */
const REQUESTS = 3500;
const CONNECTIONS = 16;
const CONTACTS = 25;

/** What the child's servers are called in the result. */
const LABELS = {
  plain: 'plain node:http',
  floor: 'the least an endpoint does',
  emulator: 'emulator',
} as const satisfies Record<ServerKind, string>;

interface Side {
  readonly label: string;
  readonly child: ChildProcess;
  readonly pool: Pool;
  readonly host: string;
}

/**
 * Interleaved rounds of the same load, every request with a token of its own, 25 contacts of about
 * 11.5 kB together, signed. Only the server's CPU is counted; signing is done before each round.
 */
export async function benchEmulator(): Promise<BenchResult> {
  const sides = [await startSide('plain'), await startSide('floor'), await startSide('emulator')];
  const all = new Map<string, number[]>(sides.map(({ label }) => [label, []]));
  try {
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
      for (const side of sides) {
        const cost = await load(side, REQUESTS);
        if (round >= 0) all.get(side.label)?.push(cost);
      }
    }
  } finally {
    for (const { pool, child } of sides) {
      await pool.close();
      child.disconnect();
    }
  }
  const rows = [...all].map(([label, values]) => ({ label, median: median(values), all: values }));
  const [plain, floor, emulator] = rows.map((row) => row.median) as [number, number, number];
  return {
    name: 'emulator, 25 contacts a request',
    unit: 'CPU us/request',
    rows,
    ratios: [
      { label: 'emulator / plain node:http', value: emulator / plain, aim: '<= 3' },
      {
        label: 'the least an endpoint does / plain node:http',
        value: floor / plain,
        aim: 'stated',
      },
      { label: 'emulator / the least an endpoint does', value: emulator / floor, aim: 'stated' },
    ],
  };
}

async function startSide(kind: ServerKind): Promise<Side> {
  const file = path.join(__dirname, `emulator-child${path.extname(__filename)}`);
  // Its own loader flags: inherited ones could make the child run this file again, without end.
  const child = fork(file, [kind], { execArgv: [...NODE_ARGS] });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  return { label: LABELS[kind], child, pool, host: new URL(url).host };
}

/** @returns the server's CPU microseconds per request. */
async function load(side: Side, requests: number): Promise<number> {
  const prepared = Array.from({ length: requests }, () => prepare(side.host));
  const before = await cpuOf(side.child);
  const queue = prepared.values();
  const connection = async () => {
    for (const { headers, body } of queue) {
      const answer = await side.pool.request({
        method: OPERATION.method,
        path: pathOf(ORDINARY_INSTANCE.id),
        headers,
        body,
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${side.label}: ${text}`);
    }
  };
  const rest = stayAwake();
  await Promise.all(Array.from({ length: CONNECTIONS }, connection)).finally(rest);
  return ((await cpuOf(side.child)) - before) / requests;
}

/**
 * Keeps this process polling. One that sleeps is woken by the server's write, at the server's cost: 30 us
 * here, which a server pays only if it is slower than its client.
 */
function stayAwake(): () => void {
  let awake = true;
  const spin = () => {
    if (awake) setImmediate(spin);
  };
  spin();
  return () => {
    awake = false;
  };
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [{ microseconds }] = (await once(child, 'message')) as [{ microseconds: number }];
  return microseconds;
}

let serial = 0;

export function prepare(host: string): { headers: Record<string, string>; body: Buffer } {
  serial += 1;
  const body = Buffer.from(
    JSON.stringify({
      ClientToken: `bench-${serial}`,
      ContactDataRequestList: Array.from({ length: CONTACTS }, (_, i) => contact(serial, i)),
    }),
  );
  const key = ORDINARY_KEYS[0];
  if (!key) throw new Error('there is no key to sign with');
  const unsigned = {
    method: OPERATION.method,
    target: pathOf(ORDINARY_INSTANCE.id),
    host,
    contentType: OPERATION.contentType,
    body,
  };
  const scope = { region: ordinaryFacts().region, service: OPERATION.service };
  const headers = signedHeaders(unsigned, key, scope, Date.now());
  return { headers, body };
}

function contact(batch: number, i: number) {
  const number = `+1206555${String(100 + (i % 90)).padStart(4, '0')}`;
  return {
    SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: ORDINARY_INSTANCE.numbers[0] },
    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: number },
    RequestIdentifier: `b${String(batch).padStart(9, '0')}-${String(i).padStart(25, '0')}`,
    QueueId: ORDINARY_INSTANCE.queues[i % 3]?.id,
    Attributes: {
      customerName: 'Ada Example',
      language: 'en-GB',
      accountNumber: `0000${i}`,
      campaignWave: 'spring',
      timeZone: 'America/New_York',
    },
    Campaign: { CampaignId: '6b7f3d52-1f0e-4c57-9d1a-0a1b2c3d4e5f' },
  };
}
