/** Lets every call come to its end, and gathers the records of a dial road. */

import { setTimeout as pause } from 'node:timers/promises';
import type { DialTold } from '../drive/dial-sink.ts';
import {
  contactsInFull,
  dialRequestsOf,
  hasEnded,
  moveClock,
  type Told,
} from '../drive/road-records.ts';
import { eventsWaiting } from '../endpoint/endpoint-figures.ts';
import type { RoadSources } from './audit-road.ts';

/** Where the records are. */
export interface RoadDoors {
  readonly controlUrl: string;
  readonly dials?: () => Promise<readonly DialTold[]>;
  readonly events?: () => Promise<NonNullable<RoadSources['events']>>;
}

export type Seen = Pick<RoadSources, 'contacts' | 'dials' | 'told' | 'events' | 'cut'>;

/** In seconds, longer than a dial request lives and most calls take; and how often it is tried. */
const LONGEST = 3_600;
const MOVES = 4;
/** Milliseconds to wait for dial records and events that are on their way. */
const PATIENCE = 20_000;
const BETWEEN_LOOKS = 20;

/**
 * Moves the clock of the endpoint until no dial request is open, and reads its records.
 *
 * @throws UnavailableError where the control door cannot be reached.
 */
export async function seenAfter(doors: RoadDoors, signal?: AbortSignal): Promise<Seen> {
  const { controlUrl } = doors;
  let told = await dialRequestsOf(controlUrl);
  for (let moves = 0; moves < MOVES && !told.every(hasEnded) && !signal?.aborted; moves += 1) {
    await moveClock(controlUrl, LONGEST);
    told = await dialRequestsOf(controlUrl);
  }
  return {
    told,
    contacts: await contactsInFull(controlUrl),
    dials: await dialsOf(doors, told, signal),
    events: await eventsOf(doors, signal),
    cut: signal?.aborted === true,
  };
}

/** What is seen of an endpoint without a control door: what sinks received. */
export async function seenWithout({
  dials,
  events,
}: Pick<RoadDoors, 'dials' | 'events'>): Promise<Seen> {
  return {
    told: null,
    contacts: null,
    dials: (await dials?.()) ?? null,
    events: (await events?.()) ?? null,
    cut: false,
  };
}

/** The dial records, once those that the endpoint names have arrived. Those that do not come are for the audit. */
async function dialsOf(
  { dials }: RoadDoors,
  told: readonly Told[],
  signal?: AbortSignal,
): Promise<readonly DialTold[] | null> {
  if (!dials) return null;
  const until = Date.now() + PATIENCE;
  for (;;) {
    const received = await dials();
    const seen = new Set(received.map(({ dialId }) => dialId));
    const all = told.every(({ dialId }) => !dialId || seen.has(dialId));
    if (all || Date.now() >= until || signal?.aborted) return received;
    await pause(BETWEEN_LOOKS);
  }
}

/** Looks at which no event waits for a sink, after which no more will come. */
const QUIET_LOOKS = 3;

/** The events, once none is on its way any more. Those that do not come are for the audit. */
async function eventsOf(
  { controlUrl, events }: RoadDoors,
  signal?: AbortSignal,
): Promise<RoadSources['events']> {
  if (!events) return null;
  await eventsArrived(controlUrl, signal);
  return events();
}

/** Resolves when no event is on its way to a sink any more, or in vain after a time. */
export async function eventsArrived(controlUrl: string, signal?: AbortSignal): Promise<void> {
  const until = Date.now() + PATIENCE;
  let quiet = 0;
  while (quiet < QUIET_LOOKS && Date.now() < until && !signal?.aborted) {
    quiet = (await eventsWaiting(controlUrl)) === 0 ? quiet + 1 : 0;
    await pause(BETWEEN_LOOKS);
  }
}
