/**
 * Sets the provider states that Pact's verifier asks for, and remembers what went wrong.
 *
 * By itself Pact only warns of a state that is missing or fails, and passes the interaction.
 */

import type { Trouble } from '../../run/statements/contracts.ts';
import type { Caller } from '../agreement/states.ts';
import type { WrittenState } from '../pact/pact-file.ts';
import type { ControlDoor } from './control-door.ts';
import { STATES, type StateHandler } from './state-handlers.ts';

/** By name: `STATES`, unless a test says otherwise. */
export type StateHandlers = Readonly<Record<string, StateHandler<never>>>;

/** The reason why a state could not be set. */
export type StateNotSet = Extract<Trouble, { kind: 'state not set' }>;

export interface StateSetter {
  /** Takes one call of the verifier: the JSON `{action, state, params}`. Never rejects. */
  take(json: string): Promise<void>;
  /** The signer of the next request. */
  caller(): Caller;
  /** The reason why the next request must not be sent; null if its states are set. */
  obstacle(): StateNotSet | null;
  /** Every obstacle so far, by `stateKey`. */
  readonly failed: ReadonlyMap<string, StateNotSet>;
}

/** One text for a state and its parameters, whatever the order of members. */
export function stateKey({ name, params = {} }: WrittenState): string {
  return `${name} ${JSON.stringify(params, sortedMembers)}`;
}

export function stateSetter(door: ControlDoor, handlers: StateHandlers = STATES): StateSetter {
  return settingBy(async (name, params, signAs) => {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (!handler) throw new Error('no handler sets it');
    await handler(params as never, { door, signAs });
  });
}

/**
 * Passes states on as Pact does, by POST of `{action, state, params}`. Who signs is settled here.
 *
 * @param url null leaves the provider as it is.
 */
export function remoteStates(url: string | null): StateSetter {
  return settingBy(async (state, params, signAs) => {
    if (state === 'an ordinary day') signAs('principal');
    if (state === 'the caller is') signAs(params.caller as Caller);
    if (url === null) return;
    const { ok, status } = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'setup', state, params }),
      signal: AbortSignal.timeout(REMOTE_TIMEOUT_MS),
    });
    if (!ok) throw new Error(`${url} answered ${status}`);
  });
}

const REMOTE_TIMEOUT_MS = 10_000;

type SetState = (
  name: string,
  params: Readonly<Record<string, unknown>>,
  signAs: (caller: Caller) => void,
) => Promise<void>;

function settingBy(setState: SetState): StateSetter {
  const failed = new Map<string, StateNotSet>();
  let caller: Caller = 'principal';
  let obstacle: StateNotSet | null = null;
  const signAs = (next: Caller): void => {
    caller = next;
  };

  const set = async (name: string, params: Readonly<Record<string, unknown>>): Promise<void> => {
    try {
      await setState(name, params, signAs);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      obstacle ??= { kind: 'state not set', state: name, why };
      failed.set(stateKey({ name, params }), obstacle);
    }
  };

  return {
    take: async (json) => {
      const { action, state, params } = JSON.parse(json) as {
        action: string;
        state: string;
        params?: Record<string, unknown>;
      };
      // All states of an interaction are set before its request, and torn down after it.
      if (action === 'setup') await set(state, params ?? {});
      else obstacle = null;
    },
    caller: () => caller,
    obstacle: () => obstacle,
    failed,
  };
}

function sortedMembers(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
