/** Runs one campaign from its first dial request to its last call, as the clock of its endpoint goes. */

import { setTimeout as pause } from 'node:timers/promises';
import { Feeder, type Sending } from '../../feeders/sending/feeder.ts';
import { type Hours, hoursOf } from '../../feeders/sending/hours.ts';
import type { CampaignCheck, CampaignResult, CampaignsResult } from '../../run/run.ts';
import type { CampaignViolation } from '../../run/statements/campaigns.ts';
import { judgeChecks } from './campaign-checks.ts';
import { arrived, counted } from './campaign-run.ts';
import { campaignSession, type StartTarget } from './campaign-session.ts';
import { AgentsSeen, expiredIn, openIn, type Sight, sightOf } from './campaign-sight.ts';
import type { SeenDial } from './dial-sink.ts';
import { OwnFeed, type OwnFeedOptions } from './own-feed.ts';
import { callFigures } from './road-figures.ts';
import { judgeRoad } from './road-judge.ts';
import {
  contactsOf,
  dialRequestsOf,
  hasEnded,
  moveClock,
  type Told,
  timeOf,
} from './road-records.ts';

export interface OwnCampaignOptions extends Omit<OwnFeedOptions, 'instanceId'> {
  readonly start: StartTarget;
  /** The hours of the day in which the feeder sends, by UTC; null for all. */
  readonly hours: { readonly from: string; readonly to: string } | null;
  /** The agents of the endpoint, over the time. */
  readonly roster: {
    at(moment: number): number;
    /** The next moment at which their number may change; null if it never does. */
    nextChange(moment: number): number | null;
  };
  /** How many times as fast as the system clock the endpoint's clock goes. */
  readonly speed: number;
  readonly onProgress?: (progress: OwnProgress) => void;
  readonly signal?: AbortSignal;
}

export interface OwnProgress {
  readonly contacts: number;
  /** Contacts that the feeder has not sent yet, or will send again. */
  readonly left: number;
  readonly sight: Sight;
  /** Calls of BatchPutContact a second of the virtual clock, since the last progress. */
  readonly callsPerSecond: number;
}

/** Milliseconds of the system clock between two looks, at least. */
const SHORTEST_LOOK = 10;
const SECOND = 1_000;
const DAY = 24 * 3_600 * SECOND;
/** Milliseconds of the virtual clock without anything to do that are passed over. */
const LONG = 60 * SECOND;
/** Milliseconds of the system clock to wait for dial records that are on their way. */
const PATIENCE = 20_000;

/** @throws UnavailableError if the endpoint cannot be reached. */
export async function runOwnCampaign(options: OwnCampaignOptions): Promise<CampaignsResult> {
  const { settings, signal } = options;
  return campaignSession(options.start, async ({ target, client, sink }) => {
    const feed = new OwnFeed(client, { ...options, instanceId: target.instanceId });
    const agents = await drive(target.controlUrl, feed, options);
    const told = await dialRequestsOf(target.controlUrl);
    await arrived(told, sink.dials, PATIENCE, signal);
    const contacts = await contactsOf(target.controlUrl);
    const records = { contacts, dials: sink.dials, told, accepted: feed.accepted };
    return {
      campaigns: [{ ...resultOf(feed, records, settings.mode !== 'agentless'), agents }],
      checks: checksOf(feed, records, signal?.aborted === true),
    };
  });
}

/** Feeds the campaign, and waits until all of it is over. */
async function drive(
  controlUrl: string,
  feed: OwnFeed,
  {
    list,
    feeder: fed,
    hours: given,
    settings,
    roster,
    speed,
    onProgress,
    signal,
  }: OwnCampaignOptions,
): Promise<CampaignResult['agents']> {
  const hours = hoursOf(given);
  if (given !== null) await moveToOpening(controlUrl, hours);
  if (!(await feed.start(speed, signal))) return null;
  const { contacts } = list;
  const hasAgents = settings.mode !== 'agentless';
  let sight = await sightOf(controlUrl);
  if (!sight) return null;
  const start = sight.now;
  const calls: (readonly Sending[])[] = [];
  // What was sent and not looked at since is pending too.
  let sentSince = 0;
  const feeder = new Feeder(
    { ...fed, contacts, hasAgents },
    {
      pending: () => (sight?.pending ?? 0) + sentSince,
      dials: () => sight?.calls.dials ?? 0,
      agents: (at) => roster.at(at),
      send: (sendings) => {
        sentSince += sendings.length;
        calls.push(sendings);
      },
    },
    hours,
    start,
  );
  const seen = new AgentsSeen();
  let before = sight;
  let expired = 0;
  while (!signal?.aborted) {
    while (feeder.nextAt <= sight.now && !signal?.aborted) {
      feeder.look(Math.max(feeder.nextAt, sight.now - SECOND));
      for (const sendings of calls.splice(0)) await feed.send(sendings, feeder, sight.now);
    }
    await pause(Math.max(SHORTEST_LOOK, SECOND / speed), undefined, { signal }).catch(() => {});
    sight = (await sightOf(controlUrl)) ?? sight;
    sentSince = 0;
    seen.see(sight);
    if (expiredIn(sight) > expired) {
      expired = expiredIn(sight);
      for (const one of await dialRequestsOf(controlUrl)) feed.takeBack(one, feeder);
    }
    const passed = (sight.now - before.now) / SECOND;
    onProgress?.({
      contacts,
      left: feeder.left,
      sight,
      callsPerSecond: passed > 0 ? (sight.contactCalls - before.contactCalls) / passed : 0,
    });
    before = sight;
    if (openIn(sight) > 0) continue;
    if (feeder.left === 0) break;
    // Nothing is under way. A night without a feeder, or without agents, need not be waited for.
    const isEmpty = hasAgents && fed.feeder === 'fill' && roster.at(sight.now) === 0;
    const filled = isEmpty ? (roster.nextChange(sight.now) ?? 0) : 0;
    const idle = Math.max(feeder.nextAt, filled) - sight.now;
    if (idle > LONG && !signal?.aborted) await moveClock(controlUrl, idle / SECOND);
  }
  return hasAgents ? seen.result(start, sight) : null;
}

/** A day begins as that of a plan does: at midnight, or else when the feeder may first send. */
async function moveToOpening(controlUrl: string, hours: Hours): Promise<void> {
  const now = await timeOf(controlUrl);
  const opening = hours.nextOpen(Math.ceil(now / DAY) * DAY);
  await moveClock(controlUrl, (opening - now) / SECOND);
}

interface Records {
  readonly contacts: Awaited<ReturnType<typeof contactsOf>>;
  readonly dials: readonly SeenDial[];
  readonly told: readonly Told[];
  /** Id of the dial request -> its clientToken. */
  readonly accepted: ReadonlyMap<string, string>;
}

function resultOf(
  { version, operation, sent, refused, throttled }: OwnFeed,
  { contacts, dials, told, accepted }: Records,
  hasAgents: boolean,
): Omit<CampaignResult, 'agents'> {
  const own = told.filter(({ dialRequestId }) => accepted.has(dialRequestId));
  const dialled = dials.filter(({ dialRequestId }) => accepted.has(dialRequestId));
  return {
    version,
    operation,
    sent,
    accepted: accepted.size,
    refused,
    throttled,
    contacts: contacts.filter(({ requestIdentifier = '' }) => accepted.has(requestIdentifier))
      .length,
    failed: counted(own.map(({ failure }) => failure)),
    dialled: new Set(dialled.map(({ contactId }) => contactId)).size,
    ended: counted(own.map(({ disconnectReason }) => disconnectReason)),
    ...callFigures(own, hasAgents),
  };
}

function checksOf(feed: OwnFeed, records: Records, interrupted: boolean): CampaignCheck[] {
  const { told, dials, accepted } = records;
  const open = new Set(told.filter((one) => !hasEnded(one)).map((one) => one.dialRequestId));
  const road = judgeRoad(records).filter(
    // What an interruption left open is not lost.
    (one) => !(interrupted && one.kind === 'lost request' && open.has(one.dialRequestId)),
  );
  const violations: CampaignViolation[] = [...feed.violations, ...road];
  if (open.size > 0 && !interrupted) {
    violations.push({ kind: 'not ended', dialRequests: open.size });
  }
  return judgeChecks(
    {
      'every call succeeds': feed.calls,
      'every accepted dial request is in one contact or one stated failure': accepted.size,
      'only contacts of BatchPutContact are dialled, each once': dials.length,
      'every dial request comes to an end': told.length,
    },
    violations,
    interrupted,
  );
}
