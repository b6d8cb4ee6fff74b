/** The data of a campaign so far, as the live page shows it. */

import type { OwnProgress } from '../../load/drive/own-campaign.ts';
import type { CampaignsResult } from '../../run/run.ts';
import { type CampaignFacts, factsOf } from '../terminal/campaign-progress.ts';
import { withMoment } from './moments.ts';

export interface CampaignMoment {
  /** Of the virtual clock, since the campaign began. */
  readonly second: number;
  /** Calls of BatchPutContact a second of the virtual clock. */
  readonly callsPerSecond: number;
  readonly pending: number;
  readonly ringing: number;
  readonly withAgents: number;
}

/** Milliseconds of the system clock between two moments: a campaign is looked at more often. */
const BETWEEN = 250;

export class WatchedCampaign {
  readonly name: string;
  readonly contacts: number;
  moments: readonly CampaignMoment[] = [];
  latest: CampaignFacts | null = null;
  /** Seconds of the virtual clock since the campaign began. */
  seconds = 0;
  /** Null while it runs. */
  result: CampaignsResult | null = null;
  #began: { readonly wall: number; readonly virtual: number } | null = null;
  #last: { readonly wall: number; readonly virtual: number; readonly calls: number } | null = null;

  constructor(name: string, contacts: number) {
    this.name = name;
    this.contacts = contacts;
  }

  /**
   * @param wall the moment by the system clock.
   * @returns whether there is something new to show.
   */
  take(progress: OwnProgress, wall: number): boolean {
    const { now: virtual, contactCalls: calls } = progress.sight;
    this.#began ??= { wall, virtual };
    this.seconds = (virtual - this.#began.virtual) / 1_000;
    this.latest = factsOf(progress, wall - this.#began.wall);
    const before = this.#last;
    if (before && wall - before.wall < BETWEEN) return false;
    this.#last = { wall, virtual, calls };
    const { pending, ringing, withAgents } = this.latest;
    const passed = before ? (virtual - before.virtual) / 1_000 : 0;
    const callsPerSecond = before && passed > 0 ? (calls - before.calls) / passed : 0;
    const moment = { second: this.seconds, callsPerSecond, pending, ringing, withAgents };
    this.moments = withMoment(this.moments, moment, together);
    return true;
  }
}

/** The mean of the rate, and the later of what was there. */
function together(a: CampaignMoment, b: CampaignMoment): CampaignMoment {
  return { ...b, callsPerSecond: (a.callsPerSecond + b.callsPerSecond) / 2 };
}
