/** Dial requests through outbound campaigns, beside BatchPutContact called directly: rates, and CPU of the endpoint. */

import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { type EmulatorProcess, spawnEmulator } from '../cli/stages/emulator-process.ts';
import { dialItemSource } from '../generators/dial-batch.ts';
import { CampaignFeeder } from '../load/drive/campaign-feeder.ts';
import { CAPACITY_CONTACTS, measureCapacity } from '../load/drive/capacity.ts';
import { type CampaignsClient, campaignsClient } from '../load/endpoint/campaigns-client.ts';
import { askControl, endpointFigures } from '../load/endpoint/endpoint-figures.ts';
import { ORDINARY_INSTANCE } from '../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 5;
const CONNECTIONS = 16;
/** Of BatchPutContact, in each round. */
const SECONDS = 1.5;
/** Of 25 dial requests, in each round. */
const BATCHES = 200;
/** Milliseconds between two looks at what became of the dial requests. */
const BETWEEN_LOOKS = 20;
/** Milliseconds until the contacts of a round must be there. */
const PATIENCE = 60_000;
/** Nobody is dialled, so that only the way to the contacts is measured. */
const CHOICES = ['startSeconds=0', 'concurrentCalls=0', 'pendingLimit=10000000'];

interface Side {
  readonly store: string;
  readonly emulator: EmulatorProcess;
  readonly client: CampaignsClient;
  readonly feeder: CampaignFeeder;
}

interface Measured {
  /** A second. */
  readonly direct: number;
  readonly accepted: number;
  readonly contacts: number;
  /** CPU microseconds. */
  readonly directCpu: number;
  readonly roadCpu: number;
}

/** Both ways in turns on the same endpoint. The client has the same CPUs. */
export async function benchCampaigns(): Promise<readonly BenchResult[]> {
  const folder = makeTemporaryFolder('bench');
  const sides = [await startSide('memory'), await startSide('SQLite', '--data-dir', folder)];
  const all = new Map<string, Measured[]>(sides.map(({ store }) => [store, []]));
  try {
    for (let round = -1; round < ROUNDS; round += 1) {
      for (const side of sides) {
        const measured = await measure(side);
        if (round >= 0) all.get(side.store)?.push(measured);
      }
    }
  } finally {
    for (const { client, emulator } of sides) {
      await client.close();
      await emulator.close();
    }
    removeTemporaryFolder(folder);
  }
  const row = (store: string, what: string, of: keyof Measured) => {
    const values = (all.get(store) ?? []).map((one) => one[of]);
    return { label: `${store}: ${what}`, median: median(values), all: values };
  };
  const stores = sides.map(({ store }) => store);
  /** The median of the ratios of each round, whose two sides were measured one after the other. */
  const ratio = (over: keyof Measured, under: keyof Measured, label: string) =>
    stores.map((store) => ({
      label: `${store}: ${label}`,
      value: median((all.get(store) ?? []).map((one) => one[over] / one[under])),
      aim: 'stated',
    }));
  return [
    {
      name: 'campaigns, 25 dial requests a call',
      unit: 'a second',
      rows: stores.flatMap((store) => [
        row(store, 'contacts by BatchPutContact', 'direct'),
        row(store, 'dial requests accepted by PutDialRequestBatch', 'accepted'),
        row(store, 'dial requests through to contacts', 'contacts'),
      ]),
      ratios: ratio('contacts', 'direct', 'through to contacts / contacts by BatchPutContact'),
    },
    {
      name: 'campaigns, CPU of the endpoint',
      unit: 'CPU us',
      rows: stores.flatMap((store) => [
        row(store, 'a contact by BatchPutContact', 'directCpu'),
        row(store, 'a dial request through to its contact', 'roadCpu'),
      ]),
      ratios: ratio('roadCpu', 'directCpu', 'a dial request / a contact by BatchPutContact'),
    },
  ];
}

async function startSide(store: string, ...args: string[]): Promise<Side> {
  const choices = CHOICES.flatMap((choice) => ['--choice', choice]);
  const emulator = await spawnEmulator(['--port', '0', '--profile', 'stress', ...choices, ...args]);
  const { id: instanceId } = ORDINARY_INSTANCE;
  const key = emulator.credentials.outsider;
  const client = campaignsClient({ ...emulator, key }, CONNECTIONS);
  const feeder = new CampaignFeeder(client, 1, instanceId);
  await feeder.start();
  while (!(await feeder.isRunning())) {
    feeder.violations.length = 0;
    await pause(BETWEEN_LOOKS);
  }
  return { store, emulator, client, feeder };
}

async function measure({ emulator, feeder }: Side): Promise<Measured> {
  const { controlUrl, credentials } = emulator;
  const target = { ...emulator, key: credentials.principal, instanceId: ORDINARY_INSTANCE.id };
  const { best } = await measureCapacity(target, { connections: [CONNECTIONS], seconds: SECONDS });

  const source = dialItemSource('v1', { seed: 1, now: new Date(), expiresInSeconds: 840 });
  const batches = Array.from({ length: BATCHES }, (_, index) => source.batch(index)).values();
  const items = BATCHES * CAPACITY_CONTACTS;
  const goal = (await contactsMade(controlUrl)) + items;
  const before = await endpointFigures(controlUrl);
  const began = performance.now();
  const connection = async () => {
    for (const batch of batches) await feeder.feed(batch);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  const accepted = performance.now();
  const [violation] = feeder.violations;
  if (violation) throw new Error(`the endpoint is wrong: ${JSON.stringify(violation)}`);
  while ((await contactsMade(controlUrl)) < goal) {
    if (performance.now() > began + PATIENCE) throw new Error('the contacts did not come');
    await pause(BETWEEN_LOOKS);
  }
  const made = performance.now();
  const after = await endpointFigures(controlUrl);
  return {
    direct: best.requestsPerSecond * CAPACITY_CONTACTS,
    accepted: (items * 1_000) / (accepted - began),
    contacts: (items * 1_000) / (made - began),
    directCpu: best.cpuMicroseconds / CAPACITY_CONTACTS,
    roadCpu: ((after.cpuSeconds - before.cpuSeconds) * 1e6) / items,
  };
}

interface Counts {
  readonly created: number;
  readonly dialing: number;
  readonly failed: Readonly<Record<string, number>>;
  readonly ended: Readonly<Record<string, number>>;
}

/** Dial requests that have a contact. @throws Error if one has failed. */
async function contactsMade(controlUrl: string): Promise<number> {
  const answer = await (await askControl(controlUrl, '/campaigns')).json();
  const { campaigns } = answer as { campaigns: { dialRequests: Counts }[] };
  const [counts] = campaigns.map(({ dialRequests }) => dialRequests);
  if (!counts) throw new Error('the endpoint has no campaign');
  const failed = Object.entries(counts.failed);
  if (failed.length > 0) throw new Error(`dial requests failed: ${failed.join('; ')}`);
  const ended = Object.values(counts.ended).reduce((sum, n) => sum + n, 0);
  return counts.created + counts.dialing + ended;
}
