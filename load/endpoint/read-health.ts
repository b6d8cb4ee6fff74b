/** Reads GET /health of a control door. */

import { parseJson } from '../../system/read.ts';

export interface HealthRead {
  /** Whether the endpoint says that it can answer calls. */
  readonly healthy: boolean;
  /** One line for people. */
  readonly text: string;
  /** What the door answered; null if it did not, or not in JSON. */
  readonly answer: unknown;
}

/**
 * @param origin of the control door.
 * @param patience milliseconds until no answer counts as one that says no.
 */
export async function readHealth(origin: string, patience: number): Promise<HealthRead> {
  const no = (text: string, answer: unknown = null) => ({ healthy: false, text, answer });
  try {
    const response = await fetch(`${origin}/health`, { signal: AbortSignal.timeout(patience) });
    const body = await response.text();
    const answer = jsonOf(body);
    // Another program may answer 200 there.
    const { status, store } = (answer ?? {}) as {
      readonly status?: unknown;
      readonly store?: unknown;
    };
    if (status === 'ok' && response.ok) return { healthy: true, text: `${origin} is ok`, answer };
    if (status === 'failing') return no(`${origin} is failing (store: ${store})`, answer);
    return no(`${origin} is no control door of dialproof: it answered ${response.status}`, answer);
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') {
      return no(`${origin} did not answer in ${patience / 1_000} s`);
    }
    // fetch says only that it failed; why is in the cause.
    const { cause = error } = error as { readonly cause?: unknown };
    const { code, message } = cause as NodeJS.ErrnoException;
    return no(`${origin} does not answer (${code ?? message})`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text, 'the answer');
  } catch {
    return null;
  }
}
