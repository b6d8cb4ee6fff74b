/** Handlers that set the provider states through the emulator's control door, one row each. */

import { INJECTED_DIALS } from '../../operation/campaigns/failures.ts';
import { LIMITS } from '../../operation/campaigns/limits.ts';
import { choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { campaignMembers } from '../agreement/campaigns/examples.ts';
import type { Caller, ExistingCampaign, StateName, StateParams } from '../agreement/states.ts';
import type { ControlDoor } from './control-door.ts';

/** The tools of a handler. */
export interface StateContext {
  readonly door: ControlDoor;
  /** Selects the signer of the next call. */
  readonly signAs: (caller: Caller) => void;
}

/** Sets one state. Rejects if the state cannot be set. */
export type StateHandler<Params> = (params: Params, context: StateContext) => Promise<void>;

/** Handlers by the name of the state. A state without a handler does not compile. */
export const STATES: { readonly [N in StateName]: StateHandler<StateParams[N]> } = {
  'an ordinary day': async ({ choices }, { door, signAs }) => {
    signAs('principal');
    await door.reset();
    await door.putFacts(ordinaryFacts({ choices: choose(choices) }));
  },
  'the ClientToken was used before': (token, { door }) => door.seedToken(token),
  'the token bucket is empty': (_, { door }) => door.setBucket({ tokens: 0, frozen: true }),
  'the service is failing': ({ outage }, { door }) => door.putFacts({ outage }),
  'the caller is': async ({ caller }, { signAs }) => signAs(caller),
  'a campaign exists': (campaign, { door }) => door.addCampaigns([campaign]),
  'the instance has as many campaigns as its quota allows': (of, { door }) =>
    door.addCampaigns(Array.from({ length: LIMITS.campaigns.max }, (_, n) => nthCampaign(n, of))),
  'campaigns take no more dial requests': (_, { door }) => door.putFacts({ pendingRoom: 0 }),
  'a dial request was accepted before': (request, { door }) => door.addDialRequest(request),
  'dial requests to a number fail': async ({ phoneNumber, failureCode }) => {
    if (INJECTED_DIALS[phoneNumber] !== failureCode) {
      throw new Error(`the emulator gives ${failureCode} to other numbers than ${phoneNumber}`);
    }
  },
};

function nthCampaign(
  n: number,
  of: StateParams['the instance has as many campaigns as its quota allows'],
): ExistingCampaign {
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const members = campaignMembers(of.version);
  return { ...of, id, name: `campaign ${n}`, state: 'Initialized', members };
}
