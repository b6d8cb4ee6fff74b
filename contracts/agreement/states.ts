/** The provider states by name, with their parameters. provider/state-handlers.ts sets them. */

import type { Outage } from '../../operation/aws/definition/facts.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import type { Choices } from '../../operation/connect/choices.ts';

/** The signer of the call that is verified. */
export type Caller = 'principal' | 'outsider' | 'unknown key' | 'wrong secret';

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
