/**
 * The feeder of a plan: when it sends which contacts. A dial request lives for 15 minutes at most, so that what a
 * campaign comes to depends on its feeder.
 */

import type { PlanAsked } from '../run/plan.ts';
import type { Hours } from './hours.ts';

const SECOND = 1_000;
/** Dial requests of one call (documented), and milliseconds between two calls at 10 a second (documented). */
const CALL = 25;
const BETWEEN_CALLS = 100;
/** How long it waits after RequestThrottled (assumed: AWS says to wait until records were cleared). */
const WAIT = 30 * SECOND;
/** Seconds over which `fill` measures how fast the campaign dials. */
const WINDOW = 60;
/** While it has not measured that: dial requests for each agent, or without agents. */
const FIRST = { perAgent: 2, agentless: CALL };

/** What a feeder sees of its campaign. */
export interface Campaign {
  /** Dial requests that are accepted and not yet dialled. */
  pending(): number;
  /** Dials until now. */
  dials(): number;
  /** Agents who are there at a moment. */
  agents(at: number): number;
  accept(contacts: readonly Sending[], at: number): void;
}

export interface Sending {
  readonly contact: number;
  /** How often the contact was sent before. */
  readonly again: number;
}

export class Feeder {
  readonly #asked: PlanAsked;
  readonly #campaign: Campaign;
  readonly #hours: Hours;
  #fresh = 0;
  /** Contacts to send again, oldest first, from `#head` on. */
  #again: Sending[] = [];
  #head = 0;
  /** Dials until each of the last seconds, as a ring. */
  readonly #dials: number[] = [];
  #nextAt: number;
  throttled = 0;
  sendings = 0;
  calls = 0;

  constructor(asked: PlanAsked, campaign: Campaign, hours: Hours, at: number) {
    this.#asked = asked;
    this.#campaign = campaign;
    this.#hours = hours;
    this.#nextAt = hours.nextOpen(at);
  }

  /** When it looks next whether to send; infinite if it has nothing to send. */
  get nextAt(): number {
    return this.#left === 0 ? Number.POSITIVE_INFINITY : this.#nextAt;
  }

  /** Takes back a contact whose dial request expired. @returns whether it is sent again. */
  expired({ contact, again }: Sending): boolean {
    if (this.#asked.feeder === 'blast' || again >= this.#asked.resends) return false;
    this.#again.push({ contact, again: again + 1 });
    return true;
  }

  /** Sends what is to be sent at this moment. */
  look(at: number): void {
    const next = this.#asked.feeder === 'fill' ? this.#fill(at) : this.#blast(at);
    this.#nextAt = this.#hours.nextOpen(next);
  }

  get #left(): number {
    return this.#asked.contacts - this.#fresh + this.#again.length - this.#head;
  }

  /** Sends as many as the campaign dials in half the life of a dial request, and no more than it has room for. */
  #fill(at: number): number {
    const { expirySeconds, pendingLimit, mode } = this.#asked;
    const { dials } = this.#campaign;
    const second = Math.floor(at / SECOND);
    const now = dials();
    const minuteAgo = this.#dials[second % WINDOW] ?? 0;
    this.#dials[second % WINDOW] = now;
    const soon = ((now - minuteAgo) / WINDOW) * (expirySeconds / 2);
    const first =
      mode === 'agentless' ? FIRST.agentless : FIRST.perAgent * this.#campaign.agents(at);
    const wanted = Math.min(pendingLimit, Math.max(first, Math.floor(soon)));
    const calls = SECOND / BETWEEN_CALLS;
    this.#send(Math.min(wanted - this.#campaign.pending(), calls * CALL), at);
    return (second + 1) * SECOND;
  }

  /** Sends a whole call, whether there is room or not. */
  #blast(at: number): number {
    const wanted = Math.min(CALL, this.#left);
    const room = this.#asked.pendingLimit - this.#campaign.pending();
    const refused = Math.max(0, wanted - room);
    this.#send(wanted - refused, at);
    if (refused === 0) return at + BETWEEN_CALLS;
    // The refused ones stay first in line.
    if (wanted === refused) this.calls += 1;
    this.throttled += refused;
    this.sendings += refused;
    return at + WAIT;
  }

  #send(most: number, at: number): void {
    const taken: Sending[] = [];
    while (taken.length < most && this.#left > 0) taken.push(this.#next());
    if (taken.length === 0) return;
    this.calls += Math.ceil(taken.length / CALL);
    this.sendings += taken.length;
    this.#campaign.accept(taken, at);
  }

  #next(): Sending {
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
