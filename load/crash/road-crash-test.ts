/**
 * Kills a durable emulator with a running campaign repeatedly, before and after each of its commit points, and
 * checks that every accepted dial request is in exactly one contact or one stated failure, that nobody was dialled
 * twice, and that no contact event is lost.
 */

import { setTimeout as pause } from 'node:timers/promises';
import type { RoadCrashViolation } from '../../run/statements/road-crash.ts';
import { Draw } from '../../system/draw.ts';
import { Accepted } from '../drive/accepted.ts';
import { judgeRoad } from '../drive/road-judge.ts';
import { contactsOf, dialRequestsOf, hasEnded, moveClock } from '../drive/road-records.ts';
import { type CampaignsClient, campaignsClient } from '../endpoint/campaigns-client.ts';
import type { DirectTarget } from '../endpoint/direct-client.ts';
import { judgeEventsAlone } from '../road/events-alone.ts';
import { eventsArrived } from '../road/gather.ts';
import { openRoadSinks, type RoadSinks } from '../road/road-sinks.ts';

/** An emulator that uses the same data every time it is started. */
export interface RoadTarget extends DirectTarget {
  readonly controlUrl: string;
  /** Resolves when its process is over. */
  readonly ended: Promise<unknown>;
  /** Ends it at once, as kill -9 does. */
  kill(): Promise<void>;
}

export interface RoadCrashOptions {
  /** @param killAt the commit at which it ends itself, such as K1:before:3; null for none. */
  readonly start: (sinks: RoadSinks['urls'], killAt: string | null) => Promise<RoadTarget>;
  /** The commit points, by name. */
  readonly points: readonly string[];
  readonly rounds: number;
  readonly seed: number;
  readonly onProgress?: (round: number, rounds: number) => void;
  readonly signal?: AbortSignal;
}

export interface RoadCrashReport {
  /** Times that the emulator was killed. */
  readonly kills: number;
  /** Commit -> times that the emulator was killed there, such as `K1:before`. */
  readonly killedAt: Readonly<Record<string, number>>;
  /** Dial requests acknowledged. */
  readonly accepted: number;
  readonly contacts: number;
  /** Calls that reached the sink, repetitions left out. */
  readonly dials: number;
  /** Contact events that reached the sink, repetitions left out. */
  readonly events: number;
  /** Dial requests by what became of them: a DisconnectReason or a failure. */
  readonly ends: Readonly<Record<string, number>>;
  /** Empty where the test passed. */
  readonly violations: readonly RoadCrashViolation[];
}

const ITEMS = 10;
const CONNECTIONS = 4;
/** Milliseconds between batches, so that each step of a road is met by a kill. */
const BETWEEN_BATCHES = 5;
/** Milliseconds for which the emulator may go on before it comes to the commit at which it is to be killed. */
const PATIENCE = 15_000;
const DRAW_STREAM = 78;
/** Seconds to expirationTime. */
const EXPIRES_IN = 600;
/** Numbers that ask for their outcome: human, voicemail, not answered, busy, invalid. */
const ASKING = ['01', '02', '04', '05', '06'];

export async function runRoadCrashTest(options: RoadCrashOptions): Promise<RoadCrashReport> {
  const { start, points, rounds, seed, onProgress, signal } = options;
  const draw = new Draw(seed, 0, DRAW_STREAM);
  const feeder = new Feeder();
  const killedAt: Record<string, number> = {};
  const sinks = await openRoadSinks();
  let kills = 0;
  try {
    for (let round = 0; round < rounds && !signal?.aborted; round += 1) {
      onProgress?.(round, rounds);
      const place = placeOf(points, round);
      // The commits that a restart makes come first: a later one is met amid the work of the feeder.
      const killAt = `${place}:${1 + draw.below(6)}`;
      const target = await start(sinks.urls, killAt);
      const wasKilled = await feedUntilEnded(feeder, target);
      if (wasKilled) {
        kills += 1;
        killedAt[place] = (killedAt[place] ?? 0) + 1;
      } else feeder.violations.push({ kind: 'not reached', killAt });
    }
    return await judged(feeder, sinks, await start(sinks.urls, null), { kills, killedAt });
  } finally {
    await sinks.close();
  }
}

/** Each point before and after, in turn. */
function placeOf(points: readonly string[], round: number): string {
  const point = points[Math.floor(round / 2) % points.length];
  return `${point}:${round % 2 === 0 ? 'before' : 'after'}`;
}

/** @returns whether the emulator ended by itself. */
async function feedUntilEnded(feeder: Feeder, target: RoadTarget): Promise<boolean> {
  let over = false;
  const ended = target.ended.then(() => {
    over = true;
    return true;
  });
  const client = campaignsClient(target, CONNECTIONS);
  const late = new AbortController();
  const waited = pause(PATIENCE, false, { signal: late.signal }).catch(() => false);
  const feeding = (async () => {
    while (!over) {
      if (!(await feeder.feed(client, target.instanceId))) break;
      await pause(BETWEEN_BATCHES);
    }
  })();
  try {
    return await Promise.race([ended, waited]);
  } finally {
    late.abort();
    over = true;
    await target.kill();
    await feeding;
    await client.close();
  }
}

async function judged(
  feeder: Feeder,
  { doors }: RoadSinks,
  target: RoadTarget,
  { kills, killedAt }: Pick<RoadCrashReport, 'kills' | 'killedAt'>,
): Promise<RoadCrashReport> {
  const client = campaignsClient(target, CONNECTIONS);
  try {
    await feeder.settle(client, target.instanceId);
    await moveClock(target.controlUrl, LONGEST_CALL);
    const told = await dialRequestsOf(target.controlUrl);
    const open = told.filter((one) => !hasEnded(one)).length;
    const contacts = await contactsOf(target.controlUrl);
    const { accepted, violations } = feeder;
    await eventsArrived(target.controlUrl);
    const dials = await doors.dials();
    const { events } = await doors.events();
    const found = [
      ...judgeRoad({ accepted, contacts, dials, told }),
      ...judgeEventsAlone(events, contacts, told),
    ];
    const ends: Record<string, number> = {};
    for (const { failure, disconnectReason } of told) {
      const end = failure ?? disconnectReason ?? 'open';
      ends[end] = (ends[end] ?? 0) + 1;
    }
    return {
      kills,
      killedAt,
      accepted: accepted.size,
      contacts: contacts.length,
      dials: new Set(dials.map(({ dialId }) => dialId)).size,
      events: new Set(events.map(({ id }) => id)).size,
      ends,
      violations: [
        ...violations,
        ...found,
        ...(open > 0 ? [{ kind: 'not ended', dialRequests: open } as const] : []),
      ],
    };
  } finally {
    await client.close();
    await target.kill();
  }
}

/** Longer than any call, in seconds. */
const LONGEST_CALL = 1_800;

interface Batch {
  readonly tokens: readonly string[];
  readonly body: object;
}

/** The client: what it sent, and what it was answered. */
class Feeder {
  readonly #accepted = new Accepted();
  readonly violations: RoadCrashViolation[] = [];
  /** The batch whose answer did not come. It is sent again first. */
  #unknown: Batch | null = null;
  #campaignId: string | null = null;
  #made = 0;

  /** Id of the dial request -> its clientToken. */
  get accepted(): ReadonlyMap<string, string> {
    return this.#accepted.tokens;
  }

  /** Sends a batch. @returns false if the endpoint is gone. */
  async feed(client: CampaignsClient, instanceId: string): Promise<boolean> {
    try {
      const id = await this.#running(client, instanceId);
      if (id === null) return false;
      const batch = this.#unknown ?? this.#next();
      this.#unknown = batch;
      const answer = await client.call('PUT', `/campaigns/${id}/dial-requests`, batch.body);
      this.#unknown = null;
      if (answer.status === 200) this.#took(answer.text);
      else this.#refused('PutDialRequestBatch', answer);
      return true;
    } catch {
      // The endpoint was killed: whether the call was carried out is not known.
      return false;
    }
  }

  /** Sends again what has no answer, and some of what has one. */
  async settle(client: CampaignsClient, instanceId: string): Promise<void> {
    if (this.#unknown) await this.feed(client, instanceId);
    const tokens = [...this.#accepted.ids.keys()];
    for (let at = 0; at < tokens.length; at += 10 * ITEMS) {
      const id = await this.#running(client, instanceId);
      const some = bodyOf(tokens.slice(at, at + ITEMS));
      const answer = await client.call('PUT', `/campaigns/${id}/dial-requests`, some);
      if (answer.status === 200) this.#took(answer.text);
      else this.#refused('PutDialRequestBatch', answer);
    }
  }

  /** The campaign, which is created and started if it is not there. */
  async #running(client: CampaignsClient, connectInstanceId: string): Promise<string | null> {
    if (this.#campaignId !== null) return this.#campaignId;
    const created = await client.call('PUT', '/campaigns', {
      name: 'crash test',
      connectInstanceId,
      dialerConfig: { agentlessDialerConfig: {} },
      outboundCallConfig: {
        connectContactFlowId: 'flow',
        connectSourcePhoneNumber: '+12065550100',
        answerMachineDetectionConfig: { enableAnswerMachineDetection: true },
      },
    });
    if (created.status !== 200) {
      this.#refused('CreateCampaign', created);
      return null;
    }
    const { id } = JSON.parse(created.text) as { id: string };
    for (;;) {
      const { text } = await client.call('GET', `/campaigns/${id}/state`);
      const { state } = JSON.parse(text) as { state: string };
      if (state === 'Running') break;
      // A 409 says that an earlier StartCampaign, whose answer did not come, is under way.
      await client.call('POST', `/campaigns/${id}/start`);
      await pause(BETWEEN_BATCHES);
    }
    this.#campaignId = id;
    return id;
  }

  #next(): Batch {
    const tokens = Array.from({ length: ITEMS }, (_, i) => `crash-${this.#made + i}`);
    this.#made += ITEMS;
    return { tokens, body: bodyOf(tokens) };
  }

  #took(text: string): void {
    const { successfulRequests } = JSON.parse(text) as {
      successfulRequests: { clientToken: string; id: string }[];
    };
    this.violations.push(...this.#accepted.take(successfulRequests));
  }

  #refused(call: string, { status, text }: { readonly status: number; readonly text: string }) {
    this.violations.push({ kind: 'call refused', call, status, text });
  }
}

/** The same content for the same token. */
function bodyOf(tokens: readonly string[]): object {
  const expirationTime = new Date(Date.now() + EXPIRES_IN * 1000).toISOString();
  return {
    dialRequests: tokens.map((clientToken) => {
      const number = Number(clientToken.slice(clientToken.lastIndexOf('-') + 1));
      return {
        clientToken,
        phoneNumber: `+131255501${ASKING[number % ASKING.length]}`,
        expirationTime,
        attributes: { number: String(number) },
      };
    }),
  };
}
