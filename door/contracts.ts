/** `dialproof/contracts`: serves the contract as a mock, writes it to a file, and verifies an endpoint against it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractName } from '../contracts/contract.ts';
import { contractNamed } from '../contracts/contract-list.ts';
import * as contracts from '../contracts/contracts.ts';
import { EVENT_PARTIES } from '../contracts/events/messages.ts';
import { messagesIn } from '../contracts/events/messages-in.ts';
import { verifyEvents } from '../contracts/events/verify-events.ts';
import { type EventHandler, writeEventPact } from '../contracts/events/write-events.ts';
import { mismatchSaid, refusalSaid } from '../contracts/mock/mismatch.ts';
import { openConsumerMock } from '../contracts/mock/mock.ts';
import { otherDataSaid } from '../contracts/mock/other-data.ts';
import { MOCKED, servingOf } from '../contracts/mock/serving.ts';
import { writeConsumerPact } from '../contracts/mock/write-pact.ts';
import { pactFileIn } from '../contracts/pact/pact-file.ts';
import type { ProviderAccess } from '../contracts/provider/provider-door.ts';
import { startEmulator } from '../emulator/emulator.ts';
import { checkSaid } from '../reports/english/checks.ts';
import { troubleSaid } from '../reports/english/contracts.ts';
import { UserError } from '../system/errors.ts';
import { needPackages } from '../system/packages.ts';

export type { EventHandler, ProviderAccess };

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

export type { ContractName };

/** Long enough for a busy machine. With `pact` or `literal`, Pact is loaded. */
const OPENING_MS = 120_000;

export interface ContractMockOptions {
  /** Name of the consumer. With it, the interactions that the tests used become the pact of this consumer. */
  readonly consumer?: string;
  /** Name of the provider in that pact. Default `dialproof-emulator`, or the provider of `pact`. */
  readonly provider?: string;
  /** Folder of that pact. Default `pacts`. The interactions of several test files are merged into one pact. */
  readonly pactDir?: string;
  /** Serves only the operations of this contract. Default: the operations of all. */
  readonly contract?: ContractName;
  /** Serves the interactions of this pact, whoever wrote it, instead of the endpoint's decisions. */
  readonly pact?: string;
  /** Serves the contract to the letter, as Pact's mock server does. Default contract: BatchPutContact. */
  readonly literal?: boolean;
  /** A call that is refused although no provider state asks for it counts as a mismatch. Default false. */
  readonly strict?: boolean;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Told of every mismatch and refusal, in a line or several. Default: they are written to stderr. */
  readonly log?: (line: string) => void;
}

/** The hooks of a test framework: of jest, vitest, or Node's own runner. */
export interface TestHooks {
  readonly beforeAll: (open: () => Promise<void>) => unknown;
  readonly afterEach: (check: () => Promise<void>) => unknown;
  readonly afterAll: (close: () => Promise<void>) => unknown;
}

/** jest and vitest take a time limit too. Node's own runner has none, and ignores the number. */
type TimedHook = (run: () => Promise<void>, timeoutMs: number) => unknown;

export interface ContractMock {
  /** The address, for the `endpoint` of a client. The mock accepts any credentials. */
  readonly url: string;
  /** What did not match so far, a text each. */
  readonly mismatches: readonly string[];
  /** The calls that the endpoint refused, a text each. */
  readonly refusals: readonly string[];
  /** Descriptions of the interactions that were used. */
  readonly used: readonly string[];
  /**
   * Sets a provider state for the calls that follow. docs/provider-states.md has the states. The state `an ordinary
   * day` undoes all others.
   *
   * @throws UserError for a state that is not known, or wrong parameters.
   */
  given(state: string, params?: object): Promise<void>;
}

/** A mock that is opened and closed by hand. */
export interface OpenContractMock extends ContractMock {
  /**
   * Writes the pact of the consumer, merged into the file that is there.
   *
   * @returns path of the file; null without the option `consumer`, after a mismatch, or if no interaction was used.
   */
  writePact(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * Opens the mock before the tests of the file that calls this, and closes it after them. A test in which a call did not
 * match fails, even if it caught the error. After each test, provider states are undone.
 *
 * @param options with `consumer`, the pact is written after the last test, unless a call did not match.
 * @param hooks those of vitest without `globals: true`. Default: the global ones.
 * @throws UserError if there are no global hooks.
 */
export function useContractMock(
  options: ContractMockOptions = {},
  hooks: TestHooks = globalHooks(),
): ContractMock {
  let mock: OpenContractMock | null = null;
  let seen = 0;
  const open = () => {
    if (!mock) throw new Error('the mock is open from beforeAll to afterAll');
    return mock;
  };
  const beforeAll: TimedHook = hooks.beforeAll;
  beforeAll(async () => {
    mock = await openContractMock(options);
  }, OPENING_MS);
  hooks.afterEach(async () => {
    const { mismatches } = open();
    const fresh = mismatches.slice(seen);
    seen = mismatches.length;
    await open().given('an ordinary day');
    if (fresh.length > 0) throw new Error(fresh.join('\n'));
  });
  hooks.afterAll(async () => {
    try {
      await mock?.writePact();
    } finally {
      await mock?.close();
    }
  });
  return {
    get url() {
      return open().url;
    },
    get mismatches() {
      return open().mismatches;
    },
    get refusals() {
      return open().refusals;
    },
    get used() {
      return open().used;
    },
    given: (state, params) => open().given(state, params),
  };
}

/**
 * Opens the mock on 127.0.0.1. It answers as the endpoint decides: a good call succeeds, whatever the ids in it, and any
 * other call gets the endpoint's own refusal.
 *
 * @throws UserError if the pact cannot be read.
 * @throws UnavailableError if the port cannot be opened, or if Pact is needed and not installed.
 */
export async function openContractMock(
  options: ContractMockOptions = {},
): Promise<OpenContractMock> {
  const { consumer, pactDir = 'pacts', port = 0, strict = false } = options;
  const { log: tell = (line: string) => process.stderr.write(`${line}\n`) } = options;
  const serving = await servingOf(options, () => startEmulator(MOCKED));
  const mock = await openConsumerMock(serving, { port, strict, tell });
  return {
    url: mock.url,
    get mismatches() {
      return mock.mismatches.map(mismatchSaid);
    },
    get refusals() {
      return mock.refusals.map(refusalSaid);
    },
    get used() {
      return mock.used.map(({ description }) => description);
    },
    given: (name, params) => mock.setState({ name, ...(params && { params: { ...params } }) }),
    async writePact() {
      if (consumer === undefined || mock.mismatches.length > 0) return null;
      const { provider = mock.provider } = options;
      return writeConsumerPact(mock, pactDir, { consumer, provider }, true, (others) =>
        tell(otherDataSaid(consumer, others)),
      );
    },
    close: () => mock.close(),
  };
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

/** A message of the contract of contact events. */
export interface ContactEventMessage {
  readonly description: string;
  /** An event of EventBridge with the members on which a handler may rely, and no others. */
  readonly event: unknown;
}

/**
 * The messages of the contract of contact events, one for each thing that a handler must cope with: for `test.each`.
 *
 * @param pactFile a written message pact; default the one that comes with the package.
 * @throws UserError if the file cannot be read, or has no messages.
 */
export function contactEventMessages(pactFile?: string): readonly ContactEventMessage[] {
  const checkout = join(__dirname, '..', 'contracts', 'pacts');
  const { SHIPPED: shipped } = contracts;
  const file = pactFile ?? pactFileIn(existsSync(shipped) ? shipped : checkout, EVENT_PARTIES);
  return messagesIn(file);
}

/**
 * Writes the message pact of contact events with Pact's message API: the handler gets every message.
 *
 * @param pactDir the folder of the pact. It is created if missing.
 * @param handler what the team does with an event. Default: nothing.
 * @returns path of the file.
 * @throws what the handler throws; UnavailableError if Pact is not installed.
 */
export async function writeContactEventPact(
  pactDir: string,
  handler: EventHandler = () => {},
): Promise<string> {
  needPackages('the contract', ['@pact-foundation/pact']);
  return writeEventPact(pactDir, handler);
}

/**
 * Verifies that an emulator gives the events of a message pact. The state of the emulator is reset.
 *
 * @throws UserError if the file cannot be read; UnavailableError if Pact is not installed, or the emulator cannot be
 * reached.
 */
export async function verifyContactEvents(
  pactFile: string,
  provider: ProviderAccess,
): Promise<readonly PactVerdict[]> {
  needPackages('the contract', ['@pact-foundation/pact']);
  return verifyEvents(pactFile, provider);
}

/** The hooks of jest, or of vitest with `globals: true`. The package ships the types of neither. */
function globalHooks(): TestHooks {
  const { beforeAll, afterEach, afterAll } = globalThis as unknown as Partial<TestHooks>;
  if (!beforeAll || !afterEach || !afterAll) {
    throw new UserError(
      'there are no global hooks: set globals: true for vitest, or call useContractMock(options, { beforeAll, afterEach, afterAll }) with those of vitest',
    );
  }
  return { beforeAll, afterEach, afterAll };
}
