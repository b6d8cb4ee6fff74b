/** Finds which broken answers the contract notices, with Pact's native verifier. */

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { PROVIDER } from '../agreement/interaction.ts';
import type { PactFile } from '../pact/pact-file.ts';
import { runVerifier } from '../provider/verifier.ts';
import type { WireAnswer } from './answer-mutants.ts';
import type { Mutant } from './mutant.ts';

/** The most interactions in one pact. The verifier's time grows with the square of their number. */
const MOST_IN_ONE_PACT = 25;

/**
 * Makes an interaction for each mutant. Its path is the number of the mutant. A server replies with the broken
 * answer, and the verifier judges it by the rules of the pact.
 *
 * @returns for each mutant, whether the verifier failed it.
 * @throws UnavailableError when the verifier cannot run. @throws AbortError when `signal` aborts.
 */
export async function judgeAnswers(
  pact: PactFile,
  mutants: readonly Mutant<WireAnswer>[],
  onMutant: () => void = () => {},
  signal?: AbortSignal,
): Promise<boolean[]> {
  const dir = makeTemporaryFolder('mutants');
  const server = createServer((request, reply) => {
    const { status, headers, body } = mutants[Number(request.url?.slice(1))]?.broken ?? NOTHING;
    reply.writeHead(status, headers).end(body);
    onMutant();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const providerUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const files = Array.from({ length: Math.ceil(mutants.length / MOST_IN_ONE_PACT) }, (_, i) => {
    const file = join(dir, `${i}.json`);
    writeFileSync(file, JSON.stringify(pactOf(pact, mutants, i * MOST_IN_ONE_PACT)));
    return file;
  });
  const processes = availableParallelism();
  const shares = Array.from({ length: processes }, (_, i) =>
    files.filter((_file, n) => n % processes === i),
  );
  try {
    const results = await Promise.all(
      shares.map((files) =>
        runVerifier({
          pacts: files.map((file) => ({ pactUrls: [file] })),
          provider: PROVIDER,
          providerUrl,
          signal,
        }),
      ),
    );
    const verdicts = new Map(
      results.flat().map(({ description, result }) => [Number(description), result]),
    );
    return mutants.map((_, n) => {
      const verdict = verdicts.get(n);
      if (verdict === undefined) throw new Error(`the verifier left out mutant ${n}`);
      return verdict !== 'OK';
    });
  } finally {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    removeTemporaryFolder(dir);
  }
}

const NOTHING: WireAnswer = { status: 404, headers: {}, body: '' };

function pactOf(pact: PactFile, mutants: readonly Mutant<WireAnswer>[], from: number) {
  return {
    consumer: pact.consumer ?? { name: 'consumer' },
    provider: pact.provider ?? { name: PROVIDER },
    interactions: mutants.slice(from, from + MOST_IN_ONE_PACT).map(({ interaction }, i) => ({
      type: 'Synchronous/HTTP',
      description: String(from + i),
      request: { method: 'GET', path: `/${from + i}` },
      response: pact.interactions.find(({ description }) => description === interaction)?.response,
    })),
    metadata: { pactSpecification: { version: '4.0' } },
  };
}
