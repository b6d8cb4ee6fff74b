/**
 * Verifies the pact that a Broker holds, and publishes the verdict.
 *
 * By the Broker's HAL API, for `pact broker` has no command for results, and the native verifier
 * would publish before dialproof's own checks (all interactions ran, all states were set) are made.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RefusedError } from '../../errors.ts';
import { worst } from '../../reports/verdict.ts';
import { CONSUMER, PROVIDER } from '../interaction.ts';
import type { Target } from '../provider-door.ts';
import { type Verification, verify } from '../verify.ts';
import type { Broker } from './broker.ts';
import { brokerIndex, type HalResource, halCall, linkOf } from './hal.ts';

export interface ResultsOptions {
  /** Version of the consumer whose pact is verified. */
  readonly consumerVersion: string;
  /** Version of the emulator: dialproof's. */
  readonly providerVersion: string;
  readonly buildUrl: string | null;
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The target's facts, ledger and buckets are reset.
 *
 * @returns what was found, and published: a failure too.
 * @throws RefusedError when the Broker refuses, or some interaction was not exercised.
 */
export async function publishResults(
  broker: Broker,
  target: Target,
  { consumerVersion, providerVersion, buildUrl, now, signal }: ResultsOptions,
): Promise<Verification> {
  const index = await brokerIndex({ broker, doing: 'read its index', signal });
  const pactUrl = linkOf(broker, index, 'pb:publish-pact', {
    provider: PROVIDER,
    consumer: CONSUMER,
    consumerApplicationVersion: consumerVersion,
  });
  const fetching = `give the pact of ${CONSUMER} ${consumerVersion}`;
  const pact = await halCall({ broker, doing: fetching, signal }, pactUrl);
  const resultsUrl = linkOf(broker, pact, 'pb:publish-verification-results');

  const verification = await verified(pact, target, now, signal);
  const verdict = worst([...verification.results, ...verification.checks].map((one) => one.verdict));
  if (verdict === 'not exercised') {
    throw new RefusedError(
      'Not every interaction was exercised, so no result is published: run it again.',
    );
  }
  await halCall({ broker, doing: 'take the verification result', signal }, resultsUrl, {
    success: verdict === 'pass',
    providerApplicationVersion: providerVersion,
    ...(buildUrl === null ? {} : { buildUrl }),
    verifiedBy: { implementation: 'dialproof', version: providerVersion },
    testResults: verification.results.map(({ description, verdict: of, detail }) => ({
      interactionDescription: description,
      success: of === 'pass',
      ...(detail === null ? {} : { mismatches: [{ description: detail }] }),
    })),
  });
  return verification;
}

async function verified(
  pact: HalResource,
  target: Target,
  now: () => Date,
  signal: AbortSignal | undefined,
): Promise<Verification> {
  const dir = mkdtempSync(join(tmpdir(), 'dialproof-broker-'));
  try {
    const file = join(dir, 'pact.json');
    writeFileSync(file, JSON.stringify(pact));
    return await verify(file, target, { now, onRequest: () => {}, signal });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
