/** Publishes the consumer's pact under a version of the consumer. */

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { FAILURES } from '../../operation/failures.ts';
import { checkPact } from '../completeness.ts';
import { interactionsFor } from '../interactions.ts';
import { readPact } from '../pact-file.ts';
import type { Broker } from './broker.ts';
import { cliRefusal, runBrokerCli } from './broker-cli.ts';
import { brokerIndex } from './hal.ts';
import type { VersionFacts } from './version-facts.ts';

/**
 * @throws UserError when the pact is not the whole contract, or the branch is not known.
 * @throws RefusedError when the Broker refuses.
 */
export async function publishPact(
  broker: Broker,
  pactFile: string,
  { version, branch, buildUrl }: VersionFacts,
  signal?: AbortSignal,
): Promise<void> {
  if (branch === null) {
    throw new UserError(
      'No branch is checked out (a detached HEAD, or the build of a tag): name it with --branch.',
    );
  }
  requireWhole(pactFile);
  const doing = 'publish the pact';
  await brokerIndex({ broker, doing, signal });
  const dir = mkdtempSync(join(tmpdir(), 'dialproof-publish-'));
  try {
    // `pact broker publish` takes a glob: a path of the user's own could mean something else.
    copyFileSync(pactFile, join(dir, 'pact.json'));
    const end = await runBrokerCli({
      broker,
      args: [
        'publish',
        'pact.json',
        `--consumer-app-version=${version}`,
        `--branch=${branch}`,
        ...(buildUrl === null ? [] : [`--build-url=${buildUrl}`]),
      ],
      cwd: dir,
      signal,
    });
    if (end.code !== 0) throw cliRefusal(broker, doing, end);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A pact that lost an interaction would be verified, deployed and trusted all the same. */
function requireWhole(pactFile: string): void {
  const failed = checkPact(readPact(pactFile), {
    interactions: interactionsFor(),
    failures: FAILURES,
  }).find(({ verdict }) => verdict !== 'pass');
  if (failed) {
    throw new UserError(
      `${pactFile} is not the whole contract (${failed.name}: ${failed.detail.slice(0, 200)}): write it again.`,
    );
  }
}
