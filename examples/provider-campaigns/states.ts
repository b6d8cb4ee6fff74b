/** What the provider has, and the provider states that change it (docs/provider-states.md of dialproof). */

import type { Version } from './operations.ts';

export interface Campaign {
  readonly version: Version;
  readonly id: string;
  readonly name: string;
  readonly connectInstanceId: string;
  /** What CreateCampaign took besides the name and the instance. */
  readonly members: object;
  /** `starting` is a campaign that was started and is not yet Running. */
  state: string;
  /** clientToken -> id of its dial request. */
  readonly dialRequests: Map<string, string>;
}

export class Day {
  /** Ids of Amazon Connect instances. */
  readonly instances: ReadonlySet<string>;
  readonly campaigns: Campaign[] = [];
  /** Instances that have as many campaigns as they may. */
  readonly full = new Set<string>();
  /** Phone number -> the code with which its dial requests fail. */
  readonly failing = new Map<string, string>();
  takesDialRequests = true;
  isThrottled = false;
  /** Bytes. */
  largestBody = 4 * 2 ** 20;
  /** What every good call gets. */
  error: { readonly error: string; readonly status: number } | null = null;

  /** Without parameters: the instance of the page on provider states. */
  constructor(instances = [{ id: '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b' }]) {
    this.instances = new Set(instances.map(({ id }) => id));
  }

  campaign(version: Version, id: string): Campaign | undefined {
    return this.campaigns.find((one) => one.version === version && one.id === id);
  }
}

export interface StateChange {
  readonly action: 'setup' | 'teardown';
  readonly state: string;
  // biome-ignore lint/suspicious/noExplicitAny: each state has parameters of its own.
  readonly params?: any;
}

/** @returns the day in the state; null if this provider cannot be brought to it. */
export function setState(day: Day, { action, state, params = {} }: StateChange): Day | null {
  if (action === 'teardown') return day;
  switch (state) {
    case 'an ordinary day':
      return new Day(params.instances);
    case 'the call fails':
      day.error = params;
      return day;
    case 'calls are throttled':
      day.isThrottled = true;
      return day;
    case 'the largest body is':
      day.largestBody = params.bytes;
      return day;
    case 'a campaign exists': {
      const { instanceId: connectInstanceId, ...campaign } = params;
      day.campaigns.push({ ...campaign, connectInstanceId, dialRequests: new Map() });
      return day;
    }
    case 'the instance has as many campaigns as its quota allows':
      day.full.add(params.instanceId);
      return day;
    case 'campaigns take no more dial requests':
      day.takesDialRequests = false;
      return day;
    case 'a dial request was accepted before':
      day.campaigns
        .find(({ id }) => id === params.campaignId)
        ?.dialRequests.set(params.clientToken, params.dialRequestId);
      return day;
    case 'dial requests to a number fail':
      day.failing.set(params.phoneNumber, params.failureCode);
      return day;
    default:
      // A gateway checks who calls, so that "the caller is" is not for this provider.
      return null;
  }
}
