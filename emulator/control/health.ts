/** The answer of GET /health. It says whether the endpoint can answer calls, and since when it has been running. */

import { DIALPROOF_VERSION } from '../../system/package.ts';
import type { Service } from '../call/service.ts';
import { uptimeSeconds } from './metrics.ts';

export interface Health {
  readonly status: 'ok' | 'failing';
  readonly version: string;
  readonly uptimeSeconds: number;
  /** The active seeded bugs. */
  readonly bugs: readonly string[];
  /** `ok`, or the reason why the store cannot be read. */
  readonly store: string;
}

/** Longer than a working store takes to answer a call. */
const PATIENCE_MILLISECONDS = 2_000;

/**
 * Looks up an unknown token in the store, because a call first needs the store to look up its token.
 *
 * @param patience milliseconds in which the store must answer.
 */
export async function healthOf(
  service: Service,
  patience = PATIENCE_MILLISECONDS,
): Promise<Health> {
  const store = await storeState(service, patience);
  return {
    status: store === 'ok' ? 'ok' : 'failing',
    version: DIALPROOF_VERSION,
    uptimeSeconds: uptimeSeconds(service),
    bugs: Object.keys(service.bugs ?? {}),
    store,
  };
}

async function storeState({ store }: Service, patience: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, patience, 'does not answer');
  });
  const asked = store.find('').then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const state = await Promise.race([asked, late]);
  clearTimeout(timer);
  return state;
}
