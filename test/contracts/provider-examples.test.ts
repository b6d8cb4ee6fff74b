/** The example of a provider, and what becomes of it if its answers change. */

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { callerKeys } from '../../cli/options/caller-keys.ts';
import type { Selection } from '../../contracts/agreement/selection.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { type AnyPact, readAnyPact } from '../../contracts/pact/any-pact.ts';
import type { Acceptance } from '../../contracts/provider/outcome.ts';
import { verifyProvider } from '../../contracts/provider/verify-provider.ts';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { troubleSaid } from '../../reports/english/contracts.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { listen } from '../support/listen.ts';
import { committedPact } from './committed-pact.ts';
import { type Change, otherProvider, RIGHT, WRONG, WRONG_CAMPAIGNS } from './other-provider.ts';

jest.setTimeout(120_000);

const CONTRACT = contractNamed('BatchPutContact');
const whole = readAnyPact(committedPact(CONTRACT));

/** Enough to tell each wrong provider by. */
const FEW = [
  'a batch of one good contact: every optional member',
  'a contact that fails with INVALID_QUEUE, as the state asks',
  'a contact that fails with INVALID_QUEUE: unknown queue id',
  'a batch sent again with its ClientToken: the same ContactIds',
  'a call that gets ResourceNotFoundException, as the state asks',
  'a call refused with InvalidSignatureException: a wrong secret key',
  'a call refused with InvalidRequestException: one contact more than a batch may have',
  'a call over the quota, whatever its error is called',
];

const few: AnyPact = {
  ...whole,
  interactions: whole.interactions.filter(({ description }) => FEW.includes(description)),
};

const EXAMPLES = join(PACKAGE_ROOT, 'examples');
const TYPESCRIPT = [
  process.execPath,
  join(EXAMPLES, 'provider-typescript', 'provider.ts'),
] as const;

const children: ChildProcess[] = [];
const closers: (() => unknown)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

afterAll(() => {
  for (const child of children) child.kill();
});

/** Starts an example on a free port. */
async function started([command, script]: readonly [string, string]): Promise<string> {
  const child = spawn(command, [script, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(data.toString())),
  );
  const { port } = JSON.parse(line) as { port: number };
  return `http://127.0.0.1:${port}`;
}

async function verify(
  url: string,
  pact = whole,
  acceptances: readonly Acceptance[] = [],
  states: string | null = `${url}/_states`,
  pairs = CONTRACT.pairs,
  selection: Selection = { choices: {} },
) {
  const keys = await callerKeys({ region: 'us-east-1', isLoopback: true, env: {} });
  const where = { ...keys, url, statesUrl: states };
  const { outcome, verdict } = await verifyProvider(pact, where, {
    selection,
    acceptances,
    pairs,
    now: () => new Date(),
  });
  const said = outcome.rows
    .filter((row) => row.required && row.verdict === 'fail')
    .map(({ description, detail }) => `${description}: ${detail ? troubleSaid(detail) : ''}`);
  return { outcome, verdict, said };
}

// With its states it is verified in test/examples, as its page says.
test('the provider in TypeScript is right without its states too', async () => {
  const { verdict, said, outcome } = await verify(await started(TYPESCRIPT), whole, [], null);
  expect(said).toEqual([]);
  expect(verdict).toBe('pass');
  expect(outcome.required).toBeGreaterThan(30);
});

describe('a provider with other answers', () => {
  let example: string;
  beforeAll(async () => {
    example = await started(TYPESCRIPT);
  });

  const changed = async (change: Change) => {
    const server = otherProvider(example, change);
    const port = await listen(server);
    closers.push(() => server.close());
    return verify(`http://127.0.0.1:${port}`, few);
  };

  test('takes a request past a bound: that is wrong where only what is documented counts, too', async () => {
    const only = { only: 'documented', choices: {} } as const;
    const documented = (url: string) => verify(url, few, [], `${url}/_states`, [], only);
    const right = await documented(example);
    expect(right.verdict).toBe('pass');
    const past = 'one contact more than a batch may have';
    const rows = right.outcome.rows.filter(({ description }) => description.includes(past));
    // Its error is assumed, and so is left out.
    expect(rows).toMatchObject([{ required: true, written: { group: 'breaches' } }]);
    const server = otherProvider(example, (answer) => {
      answer.status = 200;
    });
    const port = await listen(server);
    closers.push(() => server.close());
    const { said } = await documented(`http://127.0.0.1:${port}`);
    expect(said.join('\n')).toContain(`${past}: refused, whatever the error: it was answered 200`);
  });

  test.each(Object.entries(RIGHT))('is right: %s', async (_, change) => {
    const { verdict, said } = await changed(change);
    expect(said).toEqual([]);
    expect(verdict).toBe('pass');
  });

  test.each(Object.entries(WRONG))('is wrong: %s', async (_, [change, message]) => {
    const { verdict, said } = await changed(change);
    expect(verdict).toBe('fail');
    expect(said.join('\n')).toMatch(message);
  });
});

describe.each(['ConnectCampaigns', 'ConnectCampaignsV2'] as const)('a provider of %s', (name) => {
  const contract = contractNamed(name);
  const pact = readAnyPact(committedPact(contract));
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ profile: 'stress' });
  });
  afterAll(() => emulator.close());

  const changed = async (change: Change) => {
    const server = otherProvider(emulator.url, change);
    const port = await listen(server);
    closers.push(() => server.close());
    const some = pact.interactions.filter(({ description }) =>
      /^(a dial request that is accepted|a dial request that fails with UnknownError, as|dial requests without attributes|a call that gets ThrottlingException)/.test(
        description,
      ),
    );
    expect(some).toHaveLength(4);
    const states = new URL('/provider-states', emulator.controlUrl).href;
    const url = `http://127.0.0.1:${port}`;
    return verify(url, { ...pact, interactions: some }, [], states, contract.pairs);
  };

  test('is right', async () => {
    const { verdict, said, outcome } = await changed(() => {});
    expect(said).toEqual([]);
    expect(verdict).toBe('pass');
    expect(outcome.required).toBe(6);
  });

  test.each(Object.entries(WRONG_CAMPAIGNS))('is wrong: %s', async (_, [change, message]) => {
    const { verdict, said } = await changed(change);
    expect(verdict).toBe('fail');
    expect(said.join('\n')).toMatch(message);
  });
});
