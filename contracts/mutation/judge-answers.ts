/** Finds which broken answers the contract notices, with Pact's native verifier. */

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { operationAt } from '../../operation/operations.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { PROVIDER } from '../agreement/interaction.ts';
import { writtenIn } from '../pact/any-pact.ts';
import { operationOf } from '../pact/operation-of.ts';
import type { PactFile } from '../pact/pact-file.ts';
import type { Answered } from '../provider/forward.ts';
import { breachesOf, type Exchange } from '../provider/laws.ts';
import { inFormOfPact } from '../provider/read-answer.ts';
import { createSeen } from '../provider/seen.ts';
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
  const exchanges = mutants.map((mutant) => exchangeOf(pact, mutant));
  const read = mutants.map((mutant, i) =>
    asRead(mutant.broken, exchanges[i] ?? null, assertsLists(pact, mutant)),
  );
  const server = createServer((request, reply) => {
    const { status, headers, body } = read[Number(request.url?.slice(1))] ?? NOTHING;
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
      return verdict !== 'OK' || breaks(exchanges[n] ?? null, mutants[n]?.earlier === true);
    });
  } finally {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    removeTemporaryFolder(dir);
  }
}

/** The exchange of a broken answer; null if the request calls no operation. */
function exchangeOf(
  { interactions }: PactFile,
  { interaction, broken }: Mutant<WireAnswer>,
): Exchange | null {
  const one = interactions.find(({ description }) => description === interaction);
  const operation = one && operationOf(one);
  if (!one || !operation) return null;
  const { method, path, body } = one.request;
  const [resource = null] = Object.values(operationAt(method, path)?.labels ?? {});
  return { operation, request: body?.content, resource, answer: answered(broken) };
}

function answered({ status, headers, body }: WireAnswer): Answered {
  const lower = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return { status, headers: Object.fromEntries(lower), body: Buffer.from(body) };
}

/** The answer as `contracts verify` gives it to Pact. */
function asRead(broken: WireAnswer, exchange: Exchange | null, strictLists: boolean): WireAnswer {
  if (!exchange) return broken;
  const { status, headers, body } = inFormOfPact(exchange.answer, exchange.operation, strictLists);
  return { status, headers: headers as WireAnswer['headers'], body };
}

/** Whether an interaction is about empty lists, which an answer can leave out otherwise. */
function assertsLists({ interactions }: PactFile, { interaction }: Mutant<WireAnswer>): boolean {
  const one = interactions.find(({ description }) => description === interaction);
  return writtenIn(one?.comments)?.choice?.name === 'emptyLists';
}

/** Whether an answer breaks a law, by itself or because an earlier call got the same. */
function breaks(exchange: Exchange | null, earlier: boolean): boolean {
  if (!exchange) return false;
  if (breachesOf(exchange).length > 0) return true;
  if (!earlier) return false;
  const seen = createSeen();
  seen.add({ ...exchange, request: {} });
  return seen.add(exchange).length > 0;
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
