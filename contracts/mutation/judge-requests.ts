/** Finds which broken requests the contract notices, with Pact's mock server. */

import { openMockServer } from '../pact/mock-server.ts';
import type { WrittenInteraction } from '../pact/pact-file.ts';
import { forward } from '../provider/forward.ts';
import type { Mutant } from './mutant.ts';
import type { WireRequest } from './request-mutants.ts';

/**
 * @param mutants the mutants of this interaction.
 * @returns for each mutant, whether the mock refused the request.
 */
export async function judgeRequests(
  interaction: WrittenInteraction,
  mutants: readonly Mutant<WireRequest>[],
  onMutant: () => void = () => {},
): Promise<boolean[]> {
  const mock = openMockServer([interaction]);
  try {
    const killed: boolean[] = [];
    for (const { broken } of mutants) {
      const { method, path: target, headers, body } = broken;
      const answer = await forward(mock.url, { method, target, headers, body: Buffer.from(body) });
      killed.push(answer.headers['x-pact'] !== undefined);
      onMutant();
    }
    return killed;
  } finally {
    mock.close();
  }
}
