/** The provider states: one row each, set through the emulator's control door. */

import type { Outage } from '../../operation/aws/definition/facts.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { type Choices, choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import type { ControlDoor } from '../provider/control-door.ts';

/** Who signs the call that is verified. */
export type Caller = 'principal' | 'outsider' | 'unknown key' | 'wrong secret';

/** What each state takes. Every interaction begins with the first, which undoes all the others. */
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
}

export type StateName = keyof StateParams;

/** A state by name, with what it takes. */
export type Given = {
  readonly [N in StateName]: { readonly name: N; readonly params: StateParams[N] };
}[StateName];

export interface StateContext {
  readonly door: ControlDoor;
  readonly signAs: (caller: Caller) => void;
}

export type StateHandler<Params> = (params: Params, context: StateContext) => Promise<void>;

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

/** The state that every interaction begins with. Assumed behaviour is chosen here, by name. */
export function ordinaryDay(choices: Partial<Choices> = {}): Given {
  return { name: 'an ordinary day', params: { choices } };
}
