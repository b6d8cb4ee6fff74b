/** A client of the emulator's control door. */

import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import type { Facts } from '../../operation/connect/facts.ts';
import { UnavailableError } from '../../system/errors.ts';
import type { ExistingCampaign, StateParams } from '../agreement/states.ts';

export interface ControlDoor {
  /** Resolves when the door answers. */
  health(): Promise<void>;
  /** Resets facts, ledger, contacts and buckets to the state in which the emulator started. */
  reset(): Promise<void>;
  /** Merges a change into the facts. */
  putFacts(facts: Partial<Facts>): Promise<void>;
  /** Adds a token record, as a committed batch would. */
  seedToken(token: {
    readonly clientToken: string;
    readonly instanceId: string;
    readonly contacts: readonly ContactDataRequest[];
    readonly contactIds: readonly string[];
  }): Promise<void>;
  /** Adds campaigns, each in a state. */
  addCampaigns(campaigns: readonly ExistingCampaign[]): Promise<void>;
  /** Adds a dial request to a campaign, as an accepted call would. */
  addDialRequest(request: StateParams['a dial request was accepted before']): Promise<void>;
  setBucket(bucket: { readonly tokens: number; readonly frozen: boolean }): Promise<void>;
}

const TIMEOUT_MS = 5_000;

/**
 * @param url base address of the control door.
 * @throws UnavailableError from each call when the door cannot be reached or refuses.
 */
export function controlDoor(url: string): ControlDoor {
  const call = async (method: string, path: string, body?: unknown): Promise<string> => {
    const what = `${method} ${path} at the control door ${url}`;
    const response = await fetch(new URL(path, url), {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new UnavailableError(`${what} failed (${reason(error)}); is the emulator running?`);
    });
    const text = await response.text();
    if (!response.ok)
      throw new UnavailableError(`${what} was answered ${response.status}: ${text}`);
    return text;
  };
  const change = async (...args: Parameters<typeof call>): Promise<void> => {
    await call(...args);
  };
  return {
    async health() {
      // Another server may answer too, such as one of HTML.
      if (!/^\{.*"status":/s.test(await call('GET', '/health'))) {
        throw new UnavailableError(
          `${url} is not a control door: give the address that the emulator prints as "control door at"`,
        );
      }
    },
    reset: () => change('POST', '/reset', {}),
    putFacts: (facts) => change('PUT', '/facts', facts),
    seedToken: (token) => change('POST', '/tokens', token),
    addCampaigns: (campaigns) => change('POST', '/campaigns', { campaigns }),
    addDialRequest: (request) => change('POST', '/dial-requests', request),
    setBucket: (bucket) => change('PUT', '/bucket', bucket),
  };
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { code?: string } | undefined;
  return cause?.code ?? error.message;
}
