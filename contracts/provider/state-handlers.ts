/** How each provider state is set: one row each, through the emulator's control door. */

import { choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import type { Caller, StateName, StateParams } from '../agreement/states.ts';
import type { ControlDoor } from './control-door.ts';

/** What a handler may use. */
export interface StateContext {
  readonly door: ControlDoor;
  /** Says who signs the call that follows. */
  readonly signAs: (caller: Caller) => void;
}

/** Sets one state. Rejects where it cannot be set. */
export type StateHandler<Params> = (params: Params, context: StateContext) => Promise<void>;

/** Handlers by the name of the state: a state without one does not compile. */
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
};
