/** For jest: the contract, served by Pact's mock server to the tests of a file. */

import { pactAt } from './contracts.ts';
import { type MockServer, openMockServer } from './pact/mock-server.ts';

/** jest's own, of whichever version calls this: the package ships without its types. */
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
    mock = openMockServer((await pactAt(pactFile)).interactions);
  });
  afterAll(() => mock?.close());
  return {
    get url() {
      if (!mock) throw new Error('the mock is open from beforeAll to afterAll');
      return mock.url;
    },
  };
}
