/** The provider states by name, with their parameters. docs/provider-states.md describes them for those who set them. */

import { sameJson } from '../../operation/aws/json.ts';
import type { DialFailureCode } from '../../operation/campaigns/failures.ts';
import type { Standing } from '../../operation/campaigns/life-cycle.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';

/** The signer of the call that is verified. */
export type Caller =
  /** May make the call. */
  | 'principal'
  /** Is not outbound campaigns. */
  | 'outsider'
  /** Has policies that allow nothing. */
  | 'denied'
  /** Has a session token that has expired. */
  | 'expired token'
  | 'unknown key'
  | 'wrong secret';

/** An Amazon Connect instance as a provider must have it. */
export interface PublicInstance {
  readonly id: string;
  readonly queues: readonly { readonly id: string; readonly enabled: boolean }[];
  /** Phone numbers claimed to the instance (E.164). */
  readonly numbers: readonly string[];
  /** Campaigns for which contacts may be put. */
  readonly campaigns: readonly string[];
}

/** The parameters of each state. Every interaction begins with the first state, which undoes all the others. */
export interface StateParams {
  'an ordinary day': {
    readonly instances: readonly PublicInstance[];
    /** Types that the endpoint of a customer may have. */
    readonly customerEndpointTypes: readonly string[];
  };
  'the ClientToken was used before': {
    readonly clientToken: string;
    readonly instanceId: string;
    readonly contacts: readonly ContactDataRequest[];
    readonly contactIds: readonly string[];
  };
  /** Contacts with this customer address fail, although they are good. */
  'a contact fails': { readonly customerAddress: string; readonly failureReasonCode: string };
  /** Every good call gets the error. */
  'the call fails': { readonly error: string; readonly status: number };
  /** Every call gets 429. Null: the provider names the error as it does. */
  'calls are throttled': { readonly error: string | null };
  'the largest body is': { readonly bytes: number };
  'empty lists are': { readonly inAnswers: 'present' | 'omitted' };
  'the caller is': { readonly caller: Caller };
  'a campaign exists': ExistingCampaign;
  'the instance has as many campaigns as its quota allows': {
    readonly version: 1 | 2;
    readonly instanceId: string;
  };
  'campaigns take no more dial requests': Record<never, never>;
  /** A campaign that exists has this dial request, whose token is still remembered. */
  'a dial request was accepted before': {
    readonly campaignId: string;
    readonly dialRequestId: string;
    readonly clientToken: string;
    readonly phoneNumber: string;
    readonly attributes: Readonly<Record<string, string>>;
  };
  'dial requests to a number fail': {
    readonly phoneNumber: string;
    readonly failureCode: DialFailureCode;
  };
}

/** A campaign of one version of the service. */
export interface ExistingCampaign {
  readonly version: 1 | 2;
  readonly id: string;
  readonly name: string;
  readonly instanceId: string;
  /** `starting` is a campaign that was started and is not yet Running. */
  readonly state: Standing;
  /** Its other members, as CreateCampaign takes them. */
  readonly members: object;
}

export type StateName = keyof StateParams;

/** Every state. The compiler requires each. */
const NAMES: Readonly<Record<StateName, true>> = {
  'an ordinary day': true,
  'the ClientToken was used before': true,
  'a contact fails': true,
  'the call fails': true,
  'calls are throttled': true,
  'the largest body is': true,
  'empty lists are': true,
  'the caller is': true,
  'a campaign exists': true,
  'the instance has as many campaigns as its quota allows': true,
  'campaigns take no more dial requests': true,
  'a dial request was accepted before': true,
  'dial requests to a number fail': true,
};

export const STATE_NAMES = Object.keys(NAMES) as readonly StateName[];

/** Whether a state needs no URL to be set: a provider can start on an ordinary day, and `verify` signs for callers. */
export function isSetByNobody(
  name: string,
  params: unknown,
  day: unknown = ordinaryDay().params,
): boolean {
  if (name === 'the caller is') return true;
  return name === 'an ordinary day' && (params === undefined || sameJson(params, day));
}

/** A state with its parameters. */
export type Given = {
  readonly [N in StateName]: { readonly name: N; readonly params: StateParams[N] };
}[StateName];

/** The campaign of the examples. */
export const ORDINARY_CAMPAIGN = '5d1f0a9c-7b34-4c2e-8f61-0a9b8c7d6e5f';

/** Makes the first state of every interaction. @param campaigns further campaigns for which contacts may be put. */
export function ordinaryDay(campaigns: readonly string[] = []): Given {
  const { id, queues, numbers } = ORDINARY_INSTANCE;
  const [open, , , closed] = queues;
  return {
    name: 'an ordinary day',
    params: {
      instances: [
        {
          id,
          // The interactions use no others, and every one of them has this state.
          queues: [open, closed].map(({ id: queue, enabled }) => ({ id: queue, enabled })),
          numbers: numbers.slice(0, 2),
          campaigns: [ORDINARY_CAMPAIGN, ...campaigns],
        },
      ],
      customerEndpointTypes: ['TELEPHONE_NUMBER'],
    },
  };
}
