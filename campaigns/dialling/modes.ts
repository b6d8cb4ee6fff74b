/**
 * How many contacts a campaign may dial: a row for each mode of dialling. All numbers are assumed, but that a
 * progressive dialler makes only as many calls as agents are available (documented: administrator guide).
 */

import { MEAN } from '../course/course.ts';
import type { DialMode } from '../records.ts';
import type { KeptCampaign, Pool } from '../state/state.ts';

export interface Mode {
  /** Whether agents of a queue take the calls. */
  readonly hasAgents: boolean;
  /** Whether an agent looks at a contact before the call. */
  readonly hasPreview: boolean;
  /** Milliseconds after which the room may be another although nothing happened; null if it is not. */
  readonly every: number | null;
  /** How many contacts the campaign may dial or give to agents now, whatever its lines allow. */
  room(home: KeptCampaign, pool: Pool, now: number): number;
}

/** Dials of an agentless campaign in a second of the clock. */
export const AGENTLESS_DIALS_A_SECOND = 5;
export const SECOND = 1_000;
const TEN_SECONDS = 10_000;

/** Calls that may ring for each agent on shift. */
const MOST_CALLS_FOR_AN_AGENT = 3;

/** The share of busy agents who become idle before a call that is dialled now is answered. */
const FREED_IN_TIME = Math.min(1, MEAN.toAnswer / MEAN.withAgent);

export const MODES: Readonly<Record<DialMode, Mode>> = {
  agentless: {
    hasAgents: false,
    hasPreview: false,
    every: SECOND,
    room: ({ second, dialsInSecond }, _, now) =>
      AGENTLESS_DIALS_A_SECOND - (second === Math.floor(now / SECOND) ? dialsInSecond : 0),
  },
  progressive: {
    hasAgents: true,
    hasPreview: false,
    every: null,
    room: (home, pool) => roomForAgents(home, pool) - home.out,
  },
  predictive: {
    hasAgents: true,
    hasPreview: false,
    every: TEN_SECONDS,
    room: (home, pool, now) =>
      Math.min(
        // Where predictions are too bold, there are still as many calls as agents.
        Math.max(predicted(home, pool, now), roomForAgents(home, pool)) - home.out,
        MOST_CALLS_FOR_AN_AGENT * pool.onShift - home.out,
      ),
  },
  preview: {
    hasAgents: true,
    hasPreview: true,
    every: null,
    room: (home, pool) => Math.min(pool.idle, roomForAgents(home, pool)),
  },
};

/** How many idle agents the campaign may use, those included for whom its own calls are out. */
function roomForAgents(home: KeptCampaign, pool: Pool): number {
  const bandwidth = bandwidthOf(home);
  return Math.min(
    whole(bandwidth * pool.idle),
    // Agents for whom other campaigns dial are not there. Overbooking is asked for by a bandwidth above 1.
    whole(Math.max(1, bandwidth) * pool.idle) - (pool.out - home.out),
    whole(bandwidth * pool.onShift) - home.agentsTaken,
  );
}

/** How many calls give the campaign as many customers as it will have agents for. */
function predicted(home: KeptCampaign, pool: Pool, now: number): number {
  const { learned, settings, agentsTaken } = home;
  const { rate, window } = settings.abandonment;
  const bandwidth = bandwidthOf(home);
  const agents = Math.min(
    bandwidth * (pool.idle + pool.busy * FREED_IN_TIME),
    bandwidth * pool.onShift - agentsTaken * (1 - FREED_IN_TIME),
  );
  const factor = learned.factor(rate, window, now);
  return Math.floor((factor * agents - pool.waiting.size) / learned.connectedShare);
}

function bandwidthOf({ settings }: KeptCampaign): number {
  return settings.bandwidth ?? 1;
}

/** Rounded up, but for what is only an error of the computation. */
function whole(share: number): number {
  return Math.ceil(share - 1e-9);
}
