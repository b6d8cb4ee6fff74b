/**
 * Sets the provider states that Pact's verifier asks for, and remembers what went wrong.
 *
 * By itself Pact only warns of a state that is missing or fails, and passes the interaction.
 */

import type { Trouble } from '../../run/statements/contracts.ts';
import type { Caller } from '../agreement/states.ts';
import type { WrittenState } from '../pact/pact-file.ts';
import { reason } from './control-door.ts';

/** The reason why a state could not be set: the provider does not have it, or setting it failed. */
export type StateNotSet = Extract<Trouble, { kind: 'state not set' | 'state refused' }>;

export interface StateSetter {
  /** Takes one call of the verifier: the JSON `{action, state, params}`. Never rejects. */
  take(json: string): Promise<void>;
  /** Sets a state. Never rejects. */
  set(state: WrittenState): Promise<void>;
  /** The signer of the next request. */
  caller(): Caller;
  /** The reason why the next request must not be sent; null if its states are set. */
  obstacle(): StateNotSet | null;
  /** Begins the next interaction: no obstacle, and the principal signs. */
  next(): void;
  /** Every obstacle so far, by `stateKey`. */
  readonly failed: ReadonlyMap<string, StateNotSet>;
}

/** One text for a state and its parameters, whatever the order of members. */
export function stateKey({ name, params = {} }: WrittenState): string {
  return `${name} ${JSON.stringify(params, sortedMembers)}`;
}

const TIMEOUT_MS = 10_000;

/**
 * Passes states on as Pact does, by POST of `{action, state, params}`. Who signs is settled here.
 *
 * A status of 4xx, or 501, says that the provider cannot be brought to the state. Any other failure says that it
 * should have been.
 *
 * @param url null leaves the provider as it is.
 * @param onDay called when an ordinary day was set, which undoes what came before.
 */
export function stateSetter(url: string | null, onDay: () => void = () => {}): StateSetter {
  const failed = new Map<string, StateNotSet>();
  let caller: Caller = 'principal';
  let obstacle: StateNotSet | null = null;

  const post = async (state: string, params: WrittenState['params']): Promise<void> => {
    if (url === null) return;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'setup', state, params }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new Error(`${url} did not answer (${reason(error)})`);
    });
    const { ok, status } = response;
    const text = (await response.text()).slice(0, 200);
    if (ok) return;
    const why = `${url} answered ${status}${text === '' ? '' : `: ${text}`}`;
    if ((status >= 400 && status < 500) || status === 501) throw new Refused(why);
    throw new Error(why);
  };

  const set = async ({ name: state, params = {} }: WrittenState): Promise<void> => {
    if (state === 'an ordinary day') caller = 'principal';
    if (state === 'the caller is') caller = params.caller as Caller;
    try {
      await post(state, params);
      if (state === 'an ordinary day' && url !== null) onDay();
    } catch (error) {
      // Whoever signs, the signature says it: a provider need not have this state.
      if (error instanceof Refused && state === 'the caller is') return;
      const why = error instanceof Error ? error.message : String(error);
      const kind = error instanceof Refused ? 'state refused' : 'state not set';
      const first = obstacle ?? { kind, state, why };
      obstacle = first;
      failed.set(stateKey({ name: state, params }), first);
    }
  };

  const next = (): void => {
    obstacle = null;
    caller = 'principal';
  };

  return {
    take: async (json) => {
      const { action, state, params } = JSON.parse(json) as {
        action: string;
        state: string;
        params?: Record<string, unknown>;
      };
      // All states of an interaction are set before its request, and torn down after it.
      if (action === 'setup') await set({ name: state, ...(params && { params }) });
      else next();
    },
    set,
    caller: () => caller,
    obstacle: () => obstacle,
    next,
    failed,
  };
}

class Refused extends Error {}

function sortedMembers(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
