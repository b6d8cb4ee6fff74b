/** `dialproof/contracts`: the contract as a mock, written to a file, and held against an endpoint. */

import type { MockServer } from '../contracts/pact/mock-server.ts';
import type { PactFile } from '../contracts/pact/pact-file.ts';
import type { Target } from '../contracts/provider/provider-door.ts';
import type { Verification } from '../contracts/provider/verify.ts';
import { needPackages } from '../system/packages.ts';

export type { MockServer, Target, Verification };

/** jest's own, or vitest's with `globals: true`: the package ships without the types of either. */
declare const beforeAll: (open: () => Promise<void>) => void;
declare const afterAll: (close: () => void) => void;

export interface ContractMock {
  /** For the endpoint of a client. Any credentials will do. */
  readonly url: string;
}

/**
 * Opens the mock before the tests of the file that calls this, and closes it after them. A request
 * that no interaction knows is answered 500, with what differs in the body.
 *
 * @param pactFile a written pact; without one it is written afresh, which takes some seconds.
 */
export function useContractMock(pactFile?: string): ContractMock {
  let mock: MockServer | null = null;
  beforeAll(async () => {
    mock = await openContractMock(pactFile);
  });
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
 * @param pactFile a written pact; without one it is written afresh, which takes some seconds.
 * @param port 0 takes a free one.
 * @throws UserError when the file cannot be read.
 * @throws UnavailableError where Pact is not installed, or the port cannot be had.
 */
export async function openContractMock(pactFile?: string, port = 0): Promise<MockServer> {
  const interactions = (await pactOf(pactFile)).interactions;
  const { openMockServer } = await import('../contracts/pact/mock-server.ts');
  return openMockServer(interactions, port);
}

/**
 * Writes the pact: the AWS SDK client runs through every interaction.
 *
 * @param pactDir its folder; made if missing, an older pact in it removed.
 * @returns path of the file.
 * @throws UnavailableError where Pact or the AWS SDK client is not installed.
 */
export async function writePact(pactDir: string): Promise<string> {
  needPackages('the contract', ['@pact-foundation/pact', '@aws-sdk/client-connect']);
  const contracts = await import('../contracts/contracts.ts');
  return (await contracts.writePact(pactDir)).pactFile;
}

/**
 * Verifies an endpoint with a control door against a pact. What it holds is reset.
 *
 * @throws UserError when the pact cannot be read.
 * @throws UnavailableError where a package is not installed, or the endpoint cannot be reached.
 */
export async function verifyPact(pactFile: string, target: Target): Promise<Verification> {
  needPackages('the contract', ['@pact-foundation/pact', '@aws-sdk/client-connect']);
  const contracts = await import('../contracts/contracts.ts');
  return contracts.verifyPact(pactFile, target);
}

async function pactOf(pactFile: string | undefined): Promise<PactFile> {
  needPackages('the contract', [
    '@pact-foundation/pact',
    ...(pactFile === undefined ? ['@aws-sdk/client-connect'] : []),
  ]);
  if (pactFile !== undefined) {
    const { readPact } = await import('../contracts/pact/pact-file.ts');
    return readPact(pactFile);
  }
  const { pactAt } = await import('../contracts/contracts.ts');
  return pactAt(undefined);
}
