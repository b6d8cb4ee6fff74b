/** The provider states by name, with their parameters. provider/state-handlers.ts sets them. */

import type { Outage } from '../../operation/aws/definition/facts.ts';
import type { InjectedDialCode } from '../../operation/campaigns/failures.ts';
import type { Standing } from '../../operation/campaigns/life-cycle.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import type { Choices } from '../../operation/connect/choices.ts';

/** The signer of the call that is verified. */
export type Caller =
  /** May make the call. */
  | 'principal'
  /** Is not outbound campaigns. */
  | 'outsider'
  /** Has policies that allow nothing. */
  | 'denied'
  | 'unknown key'
  | 'wrong secret';

/** The parameters of each state. Every interaction begins with the first state, which undoes all the others. */
export interface StateParams {
  'an ordinary day': { readonly choices: Partial<Choices> };
  'the ClientToken was used before': {
    readonly clientToken: string;
    readonly instanceId: string;
    readonly contacts: readonly ContactDataRequest[];
    readonly contactIds: readonly string[];
  };
  'the token bucket is empty': Record<never, never>;
  'the service is failing': { readonly outage: Outage };
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
    readonly failureCode: InjectedDialCode;
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

/** A state with its parameters. */
export type Given = {
  readonly [N in StateName]: { readonly name: N; readonly params: StateParams[N] };
}[StateName];

/** Makes the first state of every interaction. Its choices select assumed behaviour by name. */
export function ordinaryDay(choices: Partial<Choices> = {}): Given {
  return { name: 'an ordinary day', params: { choices } };
}
