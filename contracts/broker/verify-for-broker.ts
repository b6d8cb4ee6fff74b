/** Verifies the emulator against the pacts that a Broker has for it, and tells the Broker the result. */

import { UserError } from '../../system/errors.ts';
import { PROVIDER } from '../agreement/interaction.ts';
import { preflight } from '../provider/preflight.ts';
import { openProviderDoor, type ProviderAccess } from '../provider/provider-door.ts';
import { stateSetter } from '../provider/state-setter.ts';
import { askVerifier } from '../provider/verifier.ts';
import { type Verified, verdictsOf } from '../provider/verify.ts';
import { type Broker, checkBroker, getFromBroker } from './connection.ts';
import type { VersionFacts } from './version-facts.ts';

/**
 * The pacts of the consumers' main branches and of what is deployed or released are verified, and the
 * results published under dialproof's own provider name, never AWS's.
 *
 * @returns a verdict per interaction, of all pacts.
 * @throws UserError if the Broker has no pact for the emulator, or refuses the results.
 */
export async function verifyForBroker(
  broker: Broker,
  target: ProviderAccess,
  { version, branch, buildUrl }: VersionFacts,
  signal?: AbortSignal,
): Promise<readonly Verified[]> {
  await checkBroker(broker);
  const door = await preflight(target);
  const states = stateSetter(door.statesUrl);
  const proxy = await openProviderDoor(target, {
    states,
    now: () => new Date(),
    onRequest: () => {},
  });
  const { auth } = broker;
  try {
    const before = await resultsAt(broker, version);
    const [answer] = await askVerifier({
      pacts: [
        {
          pactBrokerUrl: broker.url,
          ...(auth.kind === 'token' ? { pactBrokerToken: auth.token } : {}),
          ...(auth.kind === 'basic'
            ? { pactBrokerUsername: auth.username, pactBrokerPassword: auth.password }
            : {}),
          consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
          publishVerificationResult: true,
          providerVersion: version,
          providerVersionBranch: branch,
          ...(buildUrl === null ? {} : { buildUrl }),
          failIfNoPactsFound: true,
        },
      ],
      provider: PROVIDER,
      providerUrl: proxy.url,
      stateUrl: proxy.stateUrl,
      signal,
    });
    if (!answer || answer.interactionResults.length === 0) {
      const why = answer?.errors[0]?.mismatch?.message ?? 'the verifier does not say why';
      throw new UserError(`nothing was verified: ${why}`);
    }
    // The verifier says nothing when the Broker refuses its results.
    const after = await resultsAt(broker, version);
    if ([...after].every((one) => before.has(one))) {
      throw new UserError(
        `the Broker at ${broker.url} did not take the results for ${PROVIDER} ${version}: may this login write there?`,
      );
    }
    return verdictsOf(answer.interactionResults);
  } finally {
    await proxy.close();
    await door.reset();
  }
}

/** Addresses of the results that the Broker has for a version of the emulator. */
async function resultsAt(broker: Broker, version: string): Promise<ReadonlySet<string>> {
  const query = new URLSearchParams([
    ['q[][pacticipant]', PROVIDER],
    ['q[][version]', version],
    ['latestby', 'cvpv'],
  ]);
  const response = await getFromBroker(broker, `/matrix?${query}`);
  // Of a name or version that the Broker does not know yet, it has none.
  if (!response.ok) return new Set();
  const { matrix = [] } = (await response.json()) as {
    matrix?: { verificationResult?: { _links?: { self?: { href?: string } } } | null }[];
  };
  return new Set(matrix.flatMap((row) => row.verificationResult?._links?.self?.href ?? []));
}
