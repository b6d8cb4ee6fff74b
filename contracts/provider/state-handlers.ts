/** Handlers that set the provider states through the emulator's control door, one row each. */

import { choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import type { Caller, StateName, StateParams } from '../agreement/states.ts';
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
};
