/** Chooses what a mock serves: the endpoint's decisions, or the interactions of a pact. */

import type { ContractName } from '../contract.ts';
import { contractNamed } from '../contract-list.ts';
import { anyPactAt } from '../contracts.ts';
import { readAnyPact } from '../pact/any-pact.ts';
import type { Serving } from './call.ts';
import { type MockedEndpoint, serveByEndpoint } from './endpoint-serving.ts';
import { serveByPact } from './pact-serving.ts';

export interface ServedOptions {
  /** A pact, whoever wrote it. */
  readonly pact?: string;
  /** To the letter, as Pact's mock server does it. */
  readonly literal?: boolean;
  /** The operations of the endpoint that are served. Default: all. With `literal`: the contract that is served. */
  readonly contract?: ContractName;
}

/** Options of the endpoint. Without a quota, the same tests get the same answers. */
export const MOCKED = { profile: 'stress', port: 0, controlPort: 0 } as const;

/**
 * @param start starts the endpoint, which is closed with what it serves.
 * @throws UserError if the pact cannot be read.
 * @throws UnavailableError if Pact is needed and is not installed.
 */
export async function servingOf(
  { pact, literal = false, contract }: ServedOptions,
  start: () => Promise<MockedEndpoint>,
  signal?: AbortSignal,
): Promise<Serving> {
  if (pact !== undefined) return serveByPact(readAnyPact(pact), { literal });
  if (literal) {
    const whole = await anyPactAt(contractNamed(contract ?? 'BatchPutContact'), undefined, signal);
    signal?.throwIfAborted();
    return serveByPact(whole, { literal });
  }
  const operations = contract === undefined ? {} : contractNamed(contract);
  return serveByEndpoint(await start(), operations);
}
