/** `dialproof/contracts`: serves the contract as a mock, writes it to a file, and verifies an endpoint against it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractName } from '../contracts/contract.ts';
import { contractNamed } from '../contracts/contract-list.ts';
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

export type { ContractName };

/** The folder of the pacts that the build wrote. */
const SHIPPED = join(__dirname, '..', 'pacts');

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
 * @param pactFile a written pact; default the one of the contract that comes with the package.
 * @param contract the contract to serve. Default: BatchPutContact.
 */
export function useContractMock(pactFile?: string, contract?: ContractName): ContractMock {
  let mock: MockServer | null = null;
  beforeAll(async () => {
    mock = await openContractMock(pactFile, 0, contract);
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
 * @param pactFile a written pact; default the one of the contract that comes with the package.
 * @param port the port to open; 0 takes any free port.
 * @param contract the contract to serve.
 * @throws UserError if the file cannot be read.
 * @throws UnavailableError if Pact is not installed, or the port cannot be opened.
 */
export async function openContractMock(
  pactFile?: string,
  port = 0,
  contract: ContractName = 'BatchPutContact',
): Promise<MockServer> {
  const { interactions } = await pactOf(pactFile, contract);
  return openMockServer(interactions, port);
}

/**
 * Writes the pact of a contract: the AWS SDK client runs through every interaction.
 *
 * @param pactDir the folder of the pact. It is created if missing. An older pact in it is removed.
 * @returns path of the file.
 * @throws UnavailableError if Pact or the AWS SDK client is not installed.
 */
export async function writePact(
  pactDir: string,
  contract: ContractName = 'BatchPutContact',
): Promise<string> {
  const written = contractNamed(contract);
  needPackages('the contract', ['@pact-foundation/pact', written.sdk.packageName]);
  return (await contracts.writePact(written, pactDir)).pactFile;
}

/**
 * Verifies an endpoint that has a control door against a pact of dialproof's. The state of the endpoint is reset.
 *
 * @throws UserError if the file cannot be read, or is the pact of no contract.
 * @throws UnavailableError if a package is not installed, or the endpoint cannot be reached.
 */
export async function verifyPact(
  pactFile: string,
  provider: ProviderAccess,
): Promise<PactVerification> {
  needPackages('the contract', ['@pact-foundation/pact']);
  const contract = contracts.contractOfPact(pactFile);
  const { results, checks } = await contracts.verifyContract(contract, pactFile, provider);
  return {
    results: results.map(({ description, verdict, detail }) => ({
      description,
      verdict,
      detail: detail && troubleSaid(detail),
    })),
    checks: checks.map(({ detail, ...one }) => ({ ...one, detail: checkSaid(detail) })),
  };
}

async function pactOf(pactFile: string | undefined, name: ContractName): Promise<PactFile> {
  if (pactFile !== undefined) return readPact(pactFile);
  // A pact in a checkout may be older than its sources, so a checkout writes one. This takes some seconds.
  const contract = contractNamed(name);
  const shipped = pactFileIn(SHIPPED, contract.parties);
  return contracts.pactAt(contract, existsSync(shipped) ? shipped : undefined);
}
