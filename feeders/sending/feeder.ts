/**
 * A feeder: when it sends which contacts. A dial request lives for 15 minutes at most, so that what a campaign comes
 * to depends on its feeder.
 */

import type { Hours } from './hours.ts';

export const FEEDERS = ['fill', 'blast'] as const;

export interface FeederOptions {
  /** `fill` sends what the campaign will dial in time, `blast` as fast as it may. */
  readonly feeder: (typeof FEEDERS)[number];
  readonly contacts: number;
  /** Seconds until a dial request expires. */
  readonly expirySeconds: number;
  /** How often `fill` sends a contact again whose dial request expired. */
  readonly resends: number;
  /** Dial requests that the campaign holds. */
  readonly pendingLimit: number;
  readonly hasAgents: boolean;
}

/** What a feeder sees of its campaign. */
export interface FedCampaign {
  /** Dial requests that are accepted and not yet dialled. */
  pending(): number;
  /** Dials until now. */
  dials(): number;
  /** Agents who are there at a moment. */
  agents(at: number): number;
  send(contacts: readonly Sending[], at: number): void;
}

export interface Sending {
  /** The place of the contact in its list. */
  readonly contact: number;
  /** How often its dial request expired before. */
  readonly again: number;
}

const SECOND = 1_000;
/** Dial requests of one call (documented), and milliseconds between two calls at 10 a second (documented). */
export const CALL = 25;
const BETWEEN_CALLS = 100;
/** How long it waits after RequestThrottled (assumed: AWS says to wait until records were cleared). */
const WAIT = 30 * SECOND;
/** Dial requests that `fill` keeps pending at least: for each agent, or without agents. */
const FIRST = { perAgent: 2, agentless: CALL };

export class Feeder {
  readonly #options: FeederOptions;
  readonly #campaign: FedCampaign;
  readonly #hours: Hours;
  #fresh = 0;
  /** Contacts to send again, oldest first, from `#head` on. */
  #again: Sending[] = [];
  #head = 0;
  /** Contacts that were throttled. They stay first in line. */
  #refused: Sending[] = [];
  /** Dials until the looks of the last half life, oldest first. Looks need not be a second apart. */
  #looks: { readonly at: number; readonly dials: number }[] = [];
  #nextAt: number;
  throttled = 0;
  sendings = 0;
  calls = 0;

  constructor(options: FeederOptions, campaign: FedCampaign, hours: Hours, at: number) {
    this.#options = options;
    this.#campaign = campaign;
    this.#hours = hours;
    this.#nextAt = hours.nextOpen(at);
  }

  /** When it looks next whether to send; infinite if it has nothing to send. */
  get nextAt(): number {
    return this.left === 0 ? Number.POSITIVE_INFINITY : this.#nextAt;
  }

  /** Contacts that it still has to send. */
  get left(): number {
    return (
      this.#options.contacts - this.#fresh + this.#again.length - this.#head + this.#refused.length
    );
  }

  /** Takes back a contact whose dial request expired. @returns whether it is sent again. */
  expired({ contact, again }: Sending): boolean {
    if (this.#options.feeder === 'blast' || again >= this.#options.resends) return false;
    this.#again.push({ contact, again: again + 1 });
    return true;
  }

  /** Takes back contacts for whom the campaign had no room. It waits before it sends anything. */
  refuse(contacts: readonly Sending[], at: number): void {
    this.throttled += contacts.length;
    this.putBack(contacts);
    this.#nextAt = this.#hours.nextOpen(at + WAIT);
  }

  /** Takes back contacts whose call was not answered, or throttled by the rate of calls. */
  putBack(contacts: readonly Sending[]): void {
    this.#refused = [...contacts, ...this.#refused];
  }

  /** Sends what is to be sent at this moment. */
  look(at: number): void {
    if (this.#options.feeder === 'fill') {
      this.#nextAt = this.#hours.nextOpen((Math.floor(at / SECOND) + 1) * SECOND);
      this.#send(this.#room(at), at);
    } else {
      this.#nextAt = this.#hours.nextOpen(at + BETWEEN_CALLS);
      this.#send(CALL, at);
    }
  }

  /**
   * As many as the campaign dialled in the last half of the life of a dial request, and no more than it has room for.
   * By the rate of a shorter time, what a campaign dials at once when its agents are idle would count as its rate.
   */
  #room(at: number): number {
    const { expirySeconds, pendingLimit, hasAgents } = this.#options;
    const half = (expirySeconds * SECOND) / 2;
    const dials = this.#campaign.dials();
    this.#looks.push({ at, dials });
    const young = this.#looks.findIndex((look) => look.at > at - half);
    if (young > 1) this.#looks.splice(0, young - 1);
    const [first = { at, dials }] = this.#looks;
    const soon = ((dials - first.dials) / Math.max(half, at - first.at)) * half;
    const least = hasAgents ? FIRST.perAgent * this.#campaign.agents(at) : FIRST.agentless;
    const wanted = Math.min(pendingLimit, Math.max(least, Math.floor(soon)));
    const most = (SECOND / BETWEEN_CALLS) * CALL;
    return Math.min(wanted - this.#campaign.pending(), most);
  }

  #send(most: number, at: number): void {
    const taken: Sending[] = [];
    while (taken.length < most && this.left > 0) taken.push(this.#next());
    if (taken.length === 0) return;
    this.calls += Math.ceil(taken.length / CALL);
    this.sendings += taken.length;
    this.#campaign.send(taken, at);
  }

  #next(): Sending {
    const refused = this.#refused.shift();
    if (refused !== undefined) return refused;
    const again = this.#again[this.#head];
    if (again === undefined) {
      this.#fresh += 1;
      return { contact: this.#fresh - 1, again: 0 };
    }
    this.#head += 1;
    if (this.#head > 1_000 && this.#head * 2 > this.#again.length) {
      this.#again = this.#again.slice(this.#head);
      this.#head = 0;
    }
    return again;
  }
}
