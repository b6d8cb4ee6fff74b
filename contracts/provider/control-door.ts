/** A client of the emulator's control door. */

import { UnavailableError } from '../../system/errors.ts';

export interface ControlDoor {
  /** Resolves when the door answers. */
  health(): Promise<void>;
  /** Resets facts, ledger, contacts and buckets to the state in which the emulator started. */
  reset(): Promise<void>;
  /** The address at which provider states are set. */
  readonly statesUrl: string;
}

const TIMEOUT_MS = 5_000;

/**
 * @param url base address of the control door.
 * @throws UnavailableError from each call when the door cannot be reached or refuses.
 */
export function controlDoor(url: string): ControlDoor {
  const call = async (method: string, path: string, body?: unknown): Promise<void> => {
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
  };
  return {
    health: () => call('GET', '/health'),
    reset: () => call('POST', '/reset', {}),
    statesUrl: new URL('/provider-states', url).href,
  };
}

/** Why a fetch failed, in as few words as there are. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { code?: string } | undefined;
  return cause?.code ?? error.message;
}
