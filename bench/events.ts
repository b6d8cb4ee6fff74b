/** What contact events cost the endpoint: dial requests through to the end of their call, with and without sinks. */

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EmulatorProcess, spawnEmulator } from '../cli/stages/emulator-process.ts';
import { dialItemSource } from '../generators/dial-batch.ts';
import { CampaignFeeder } from '../load/drive/campaign-feeder.ts';
import { openLineSink } from '../load/drive/line-sink.ts';
import { moveClock } from '../load/drive/road-records.ts';
import { type CampaignsClient, campaignsClient } from '../load/endpoint/campaigns-client.ts';
import { askControl, endpointFigures, eventsWaiting } from '../load/endpoint/endpoint-figures.ts';
import { ORDINARY_INSTANCE } from '../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 5;
/** Of 25 dial requests, in each round. */
const BATCHES = 40;
const ITEMS = BATCHES * 25;
/** Seconds of the virtual clock, in which every call of a round is over. */
const SECONDS = 1_200;
const BETWEEN_LOOKS = 20;

interface Side {
  readonly name: string;
  readonly emulator: EmulatorProcess;
  readonly client: CampaignsClient;
  readonly feeder: CampaignFeeder;
  readonly rounds: number[];
}

/** The sides take turns. The clock is moved, so that the calls of a round take no time. */
export async function benchEvents(): Promise<BenchResult> {
  const folder = makeTemporaryFolder('bench');
  const sink = await openLineSink((line) => line.length);
  const kept = (name: string) => ['--data-dir', join(folder, name)];
  const file = (name: string) => ['--events', join(folder, `${name}.ndjson`)];
  const sides = [
    await startSide('memory, no sink'),
    await startSide('memory, a file', ...file('memory')),
    await startSide('memory, a URL', '--events', sink.url),
    await startSide('SQLite, no sink', ...kept('bare')),
    await startSide('SQLite, a file', ...kept('filed'), ...file('sqlite')),
  ];
  try {
    for (let round = -1; round < ROUNDS; round += 1) {
      for (const side of sides) {
        const measured = await measure(side);
        if (round >= 0) side.rounds.push(measured);
      }
    }
  } finally {
    for (const { client, emulator } of sides) {
      await client.close();
      await emulator.close();
    }
    await sink.close();
    removeTemporaryFolder(folder);
  }
  /** The median of the ratios of each round, whose sides were measured one after the other. */
  const ratio = (over: string, under: string) => {
    const [a, b] = [over, under].map(
      (name) => sides.find((one) => one.name === name)?.rounds ?? [],
    );
    const ratios = (a ?? []).map((value, i) => value / (b?.[i] ?? Number.NaN));
    return { label: `${over} / ${under}`, value: median(ratios), aim: 'stated' };
  };
  return {
    name: 'contact events, CPU of the endpoint for a dial request to the end of its call',
    unit: 'CPU us',
    rows: sides.map(({ name, rounds }) => ({ label: name, median: median(rounds), all: rounds })),
    ratios: [
      ratio('memory, a file', 'memory, no sink'),
      ratio('memory, a URL', 'memory, no sink'),
      ratio('SQLite, a file', 'SQLite, no sink'),
    ],
  };
}

async function startSide(name: string, ...args: string[]): Promise<Side> {
  const choices = ['startSeconds=0', 'pendingLimit=10000000'].flatMap((one) => ['--choice', one]);
  const emulator = await spawnEmulator(['--port', '0', '--profile', 'stress', ...choices, ...args]);
  const key = emulator.credentials.outsider;
  const client = campaignsClient({ ...emulator, key }, 2);
  const feeder = new CampaignFeeder(client, 1, ORDINARY_INSTANCE.id);
  await feeder.start();
  while (!(await feeder.isRunning())) {
    feeder.violations.length = 0;
    await pause(BETWEEN_LOOKS);
  }
  return { name, emulator, client, feeder, rounds: [] };
}

/** @returns CPU microseconds of a dial request. */
async function measure({ emulator: { controlUrl }, feeder }: Side): Promise<number> {
  const source = dialItemSource('v1', { seed: 1, now: new Date(), expiresInSeconds: 840 });
  const eventsBefore = await eventsGiven(controlUrl);
  const before = await endpointFigures(controlUrl);
  for (let index = 0; index < BATCHES; index += 1) await feeder.feed(source.batch(index));
  await moveClock(controlUrl, SECONDS);
  while ((await eventsWaiting(controlUrl)) > 0) await pause(BETWEEN_LOOKS);
  const after = await endpointFigures(controlUrl);
  const [violation] = feeder.violations;
  if (violation) throw new Error(`the endpoint is wrong: ${JSON.stringify(violation)}`);
  const events = (await eventsGiven(controlUrl)) - eventsBefore;
  // INITIATED, DISCONNECTED and COMPLETED, at least.
  if (events < 3 * ITEMS) throw new Error(`only ${events} events came of ${ITEMS} dial requests`);
  return ((after.cpuSeconds - before.cpuSeconds) * 1e6) / ITEMS;
}

async function eventsGiven(controlUrl: string): Promise<number> {
  const answer = await (await askControl(controlUrl, '/campaigns')).json();
  return (answer as { contactEvents: { events: number } }).contactEvents.events;
}
