/** The example of a provider, and what becomes of it if its answers change. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callerKeys } from '../../cli/options/caller-keys.ts';
import type { Selection } from '../../contracts/agreement/selection.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { type AnyPact, readAnyPact } from '../../contracts/pact/any-pact.ts';
import type { Acceptance } from '../../contracts/provider/outcome.ts';
import { verifyProvider } from '../../contracts/provider/verify-provider.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { MISTAKES, type Mistake } from '../../examples/provider-campaigns/mistakes.ts';
import { createProvider } from '../../examples/provider-campaigns/provider.ts';
import { troubleSaid } from '../../reports/english/contracts.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { listen } from '../support/listen.ts';
import { committedPact } from './committed-pact.ts';
import { type Change, otherProvider, RIGHT, RIGHT_CAMPAIGNS, WRONG } from './other-provider.ts';

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
const ACCEPTED = JSON.parse(
  readFileSync(join(EXAMPLES, 'provider-campaigns', 'accepted.json'), 'utf8'),
) as { readonly accept: readonly Acceptance[] };
/** Enough to tell each mistake by: how their descriptions end. */
const SOME_OF_CAMPAIGNS = [
  'a dial request that is accepted',
  'dial requests without attributes, and without a token',
  'a dial request that fails with UnknownError, as the state asks',
  'Batch with 26 items, one too many',
  'dial requests for a campaign that is Paused',
  'CreateCampaign without any optional member',
  'CreateCampaign beyond the quota of an instance',
  'DescribeCampaign of a campaign without any optional member',
  'GetCampaignState of a campaign that is Running',
  'GetCampaignStateBatch of 1 campaigns that do not exist',
  'ListCampaigns of an instance that has none',
  'StartCampaign of a campaign that is Initialized',
];
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
    .filter((row) => row.required && row.verdict === 'fail' && row.accepted === null)
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

test('the page of the example of outbound campaigns has every mistake, and no other', () => {
  const page = readFileSync(join(EXAMPLES, 'provider-campaigns', 'README.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (.+) \| `/gm)].map(([, name]) => name);
  expect(rows).toEqual(Object.keys(MISTAKES));
});

describe.each(['ConnectCampaigns', 'ConnectCampaignsV2'] as const)('a provider of %s', (name) => {
  const contract = contractNamed(name);
  const pact = readAnyPact(committedPact(contract));
  const some = pact.interactions.filter(({ description }) =>
    SOME_OF_CAMPAIGNS.some((one) => description.endsWith(one)),
  );

  const changed = async (mistake?: Mistake, of: AnyPact['interactions'] = some) => {
    const server = createProvider(mistake);
    const port = await listen(server);
    closers.push(() => server.close());
    const url = `http://127.0.0.1:${port}`;
    const { accept } = ACCEPTED;
    return verify(url, { ...pact, interactions: of }, accept, `${url}/_states`, contract.pairs);
  };

  test('is right, but for what it accepts', async () => {
    const { verdict, said, outcome } = await changed(undefined, pact.interactions);
    expect(said).toEqual([]);
    expect(verdict).toBe('pass');
    expect(outcome.passed).toBe(outcome.required);
    expect(outcome.required).toBeGreaterThan(90);
    expect(outcome.needless).toEqual([]);
    expect(outcome.rows.filter(({ accepted }) => accepted !== null)).toHaveLength(4);
  });

  test('the emulator is right too', async () => {
    const { url, controlUrl, close } = await startEmulator({ profile: 'stress' });
    const states = new URL('/provider-states', controlUrl).href;
    const whole = { ...pact, interactions: some };
    const { verdict, said } = await verify(url, whole, [], states, contract.pairs).finally(close);
    expect(said).toEqual([]);
    expect(verdict).toBe('pass');
  });

  test.each(Object.entries(RIGHT_CAMPAIGNS))('is right: %s', async (_, change) => {
    const { verdict, said } = await changed(change);
    expect(said).toEqual([]);
    expect(verdict).toBe('pass');
  });

  test.each(Object.entries(MISTAKES))('is wrong: %s', async (_, { make, said: wanted }) => {
    expect(some).toHaveLength(SOME_OF_CAMPAIGNS.length + 1);
    const { verdict, said } = await changed(make);
    expect(verdict).toBe('fail');
    expect(said.join('\n')).toMatch(wanted);
  });
});
