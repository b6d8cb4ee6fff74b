/** What the control door of an endpoint says of its one campaign at a moment. */

import type { AgentsPoint, AgentsResult } from '../../run/run.ts';
import { askControl } from '../endpoint/endpoint-figures.ts';

/** As GET /campaigns answers it. */
export interface Sight {
  /** Epoch milliseconds of the virtual clock. */
  readonly now: number;
  readonly state: string;
  readonly pending: number;
  readonly dialRequests: {
    readonly accepted: number;
    readonly submitting: number;
    readonly created: number;
    readonly preview: number;
    readonly dialing: number;
    readonly failed: Readonly<Record<string, number>>;
    readonly ended: Readonly<Record<string, number>>;
  };
  readonly calls: {
    readonly steps: Readonly<Record<string, number>>;
    readonly dials: number;
    readonly waited: number;
    readonly abandoned: number;
  };
  readonly agents: {
    readonly onShift: number;
    readonly busy: number;
    readonly busyMs: number;
    readonly shiftMs: number;
  } | null;
  /** Calls of BatchPutContact until now. */
  readonly contactCalls: number;
}

/** Undefined before the campaign is there. */
export async function sightOf(controlUrl: string): Promise<Sight | undefined> {
  const answer = (await (await askControl(controlUrl, '/campaigns')).json()) as {
    readonly now: string;
    readonly campaigns: readonly Omit<Sight, 'now' | 'agents' | 'contactCalls'>[];
    readonly queues: readonly NonNullable<Sight['agents']>[];
    readonly attempts: Readonly<Record<string, number>>;
  };
  const [campaign] = answer.campaigns;
  if (!campaign) return undefined;
  return {
    ...campaign,
    now: Date.parse(answer.now),
    agents: answer.queues[0] ?? null,
    contactCalls: sum(answer.attempts),
  };
}

/** Dial requests that are over. */
export function overIn({ dialRequests: { failed, ended } }: Sight): number {
  return sum(failed) + sum(ended);
}

/** Dial requests that are not over. */
export function openIn({ dialRequests }: Sight): number {
  const { accepted, submitting, created, preview, dialing } = dialRequests;
  return accepted + submitting + created + preview + dialing;
}

/** Of these, those that expired, whether a contact was made of them or not. */
export function expiredIn({ dialRequests: { failed, ended } }: Sight): number {
  return (failed.EXPIRED_BEFORE_CONTACT ?? 0) + (ended.EXPIRED ?? 0);
}

export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, n) => total + n, 0);
}

/** Most points of a series. */
const MOST = 240;

/** What the agents did over the time, from one sight after another. */
export class AgentsSeen {
  #sights: Sight[] = [];
  #every = 1;
  #seen = 0;
  #most = 0;

  see(sight: Sight): void {
    this.#seen += 1;
    this.#most = Math.max(this.#most, sight.agents?.onShift ?? 0);
    if (this.#seen % this.#every !== 0) return;
    this.#sights.push(sight);
    if (this.#sights.length < 2 * MOST) return;
    this.#sights = this.#sights.filter((_, i) => i % 2 === 1);
    this.#every *= 2;
  }

  /** @param last the last sight. Null without agents. */
  result(start: number, last: Sight): AgentsResult | null {
    const { agents, calls } = last;
    if (!agents) return null;
    const { waited, abandoned } = calls;
    const { onShift, busyMs, shiftMs } = agents;
    const most = Math.max(this.#most, onShift);
    const each = Math.ceil(this.#sights.length / MOST) || 1;
    const shown = this.#sights.filter((_, i) => i % each === each - 1);
    let before = { busyMs: 0, shiftMs: 0 };
    const series = [...shown.filter(({ now }) => now < last.now), last].map(
      ({ now, agents: then, calls: { steps } }): AgentsPoint => {
        const time = then ?? before;
        const there = time.shiftMs - before.shiftMs;
        const occupancy = there > 0 ? (time.busyMs - before.busyMs) / there : null;
        before = time;
        return {
          second: Math.max(0, (now - start) / 1_000),
          occupancy,
          ringing: steps.RINGING ?? 0,
          withAgents: steps.WITH_AGENT ?? 0,
        };
      },
    );
    return {
      // In the end their shift may be over.
      agents: most,
      occupancy: shiftMs > 0 ? busyMs / shiftMs : null,
      waited,
      abandoned,
      series,
    };
  }
}
