/** `dialproof/contracts`: serves the contract as a mock, writes it to a file, and verifies an endpoint against it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '../contracts/contracts.ts';
import { type MockServer, openMockServer } from '../contracts/pact/mock-server.ts';
import { type PactFile, pactFileIn, readPact } from '../contracts/pact/pact-file.ts';
import type { ProviderAccess } from '../contracts/provider/provider-door.ts';
import { checkSaid } from '../reports/english/checks.ts';
import { troubleSaid } from '../reports/english/contracts.ts';
import { needPackages } from '../system/packages.ts';

export type { MockServer, ProviderAccess };

/** The result of a verification. */
export interface PactVerification {
  /** One verdict for each interaction of the pact. */
  readonly results: readonly PactVerdict[];
  /** Verdicts on the whole pact: that it is complete, and that it can fail. */
  readonly checks: readonly PactCheck[];
}

export interface PactVerdict {
  readonly description: string;
  readonly verdict: 'pass' | 'fail' | 'not exercised';
  /** The reason, if the verdict is not a pass. */
  readonly detail: string | null;
}

export interface PactCheck {
  readonly name: string;
  readonly verdict: 'pass' | 'fail' | 'not exercised';
  readonly detail: string;
}

/** The hooks of jest, or of vitest with `globals: true`. The package ships the types of neither. */
declare const beforeAll: (open: () => Promise<void>, timeoutMs: number) => void;
declare const afterAll: (close: () => void) => void;

/** The pact that the build wrote. */
const SHIPPED = pactFileIn(join(__dirname, '..', 'pacts'));

/** Long enough to write a pact on a busy machine. */
const OPENING_MS = 120_000;

export interface ContractMock {
  /** The address, for the `endpoint` of a client. The mock accepts any credentials. */
  readonly url: string;
}

/**
 * Opens the mock before the tests of the file that calls this, and closes it after them. A request
 * that no interaction knows is answered 500, with what differs in the body.
 *
 * @param pactFile a written pact; default the one that comes with the package.
 */
export function useContractMock(pactFile?: string): ContractMock {
  let mock: MockServer | null = null;
  beforeAll(async () => {
    mock = await openContractMock(pactFile);
  }, OPENING_MS);
  afterAll(() => mock?.close());
  return {
    get url() {
      if (!mock) throw new Error('the mock is open from beforeAll to afterAll');
      return mock.url;
    },
  };
}

/**
 * Opens the mock: Pact's own server on 127.0.0.1 with the interactions of the contract.
 *
 * @param pactFile a written pact; default the one that comes with the package.
 * @param port the port to open; 0 takes any free port.
 * @throws UserError if the file cannot be read.
 * @throws UnavailableError if Pact is not installed, or the port cannot be opened.
 */
export async function openContractMock(pactFile?: string, port = 0): Promise<MockServer> {
  const interactions = (await pactOf(pactFile)).interactions;
  return openMockServer(interactions, port);
}

/**
 * Writes the pact: the AWS SDK client runs through every interaction.
 *
 * @param pactDir the folder of the pact. It is created if missing. An older pact in it is removed.
 * @returns path of the file.
 * @throws UnavailableError if Pact or the AWS SDK client is not installed.
 */
export async function writePact(pactDir: string): Promise<string> {
  needPackages('the contract', ['@pact-foundation/pact', '@aws-sdk/client-connect']);
  return (await contracts.writePact(pactDir)).pactFile;
}

/**
 * Verifies an endpoint that has a control door against a pact. The state of the endpoint is reset.
 *
 * @throws UserError if the pact cannot be read.
 * @throws UnavailableError if a package is not installed, or the endpoint cannot be reached.
 */
export async function verifyPact(
  pactFile: string,
  provider: ProviderAccess,
): Promise<PactVerification> {
  needPackages('the contract', ['@pact-foundation/pact', '@aws-sdk/client-connect']);
  const { results, checks } = await contracts.verifyPact(pactFile, provider);
  return {
    results: results.map(({ detail, ...one }) => ({
      ...one,
      detail: detail && troubleSaid(detail),
    })),
    checks: checks.map(({ detail, ...one }) => ({ ...one, detail: checkSaid(detail) })),
  };
}

async function pactOf(pactFile: string | undefined): Promise<PactFile> {
  if (pactFile !== undefined) return readPact(pactFile);
  // A pact in a checkout may be older than its sources, so a checkout writes one. This takes some seconds.
  return contracts.pactAt(existsSync(SHIPPED) ? SHIPPED : undefined);
}
