import { join } from 'node:path';
import { allContracts, contractNamed, coveragePage } from '../../contracts/contract-list.ts';
import { BATCH_ACCOUNTS as ACCOUNTS } from '../../contracts/coverage/batch-accounts.ts';
import { cellsOfBatches } from '../../contracts/coverage/batch-cells.ts';
import { coverageMarkdown } from '../../contracts/coverage/markdown.ts';
import {
  type Covering,
  checkMatrix,
  coverageMatrix,
  keyOf,
} from '../../contracts/coverage/matrix.ts';
import { FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import { problemSaid } from '../../reports/english/contracts.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { expectGolden } from '../support/golden.ts';
import { expectTest } from './named-test.ts';

const CONTRACT = contractNamed('BatchPutContact');
const matrix = coverageMatrix(CONTRACT);
const written = CONTRACT.interactions.map(({ description }) => description);

/** What the checks say of a contract that is changed. */
function problems(change: Partial<Covering>): string[] {
  const contract = { ...CONTRACT, ...change };
  const names = contract.interactions.map(({ description }) => description);
  return checkMatrix(coverageMatrix(contract), names, contract).flatMap(({ detail }) =>
    detail.kind === 'problems' ? detail.problems.map(problemSaid) : [],
  );
}

const without = (...words: string[]) =>
  CONTRACT.interactions.filter(
    ({ description }) => !words.some((word) => description.includes(word)),
  );

test.each(allContracts().map((contract) => [contract.name, contract] as const))(
  'every cell of %s is accounted for, and every name is its own',
  (_, contract) => {
    expect(problems(contract)).toEqual([]);
    const keys = coverageMatrix(contract).map(keyOf);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    expect(keys.length).toBeGreaterThan(180);
  },
);

test('a hole in a contract of several operations is found, and an account that no cell needs', () => {
  const contract = contractNamed('ConnectCampaigns');
  const interactions = contract.interactions.filter(
    ({ description }) => !description.includes('PauseCampaign of a campaign that is Running'),
  );
  const reason = 'none';
  const stale = { cells: /^modelled error: NoSuchCampaign/, account: { reason } };
  const accountsOfMany = [...contract.accountsOfMany, stale];
  expect(problems({ ...contract, accountsOfMany })).toEqual([
    '^modelled error: NoSuchCampaign needs no account, or is no cell',
  ]);
  const others = interactions.filter(({ pins }) => pins !== 'ServiceQuotaExceededException');
  expect(problems({ ...contract, interactions: others })).toEqual([
    'neither pinned nor accounted for: modelled error: CreateCampaign: ServiceQuotaExceededException',
  ]);
});

test.each([
  [
    'the interactions of a code',
    ['INVALID_QUEUE'],
    ['failure code: INVALID_QUEUE', 'way to fail: INVALID_QUEUE: empty queue id'],
  ],
  ['a bound', ['of 81 characters'], ['of 81']],
  ['an edge', ['of 500 characters'], ['bound: ClientToken of 500']],
  ['a modelled error', ['ResourceNotFound'], ['modelled error: ResourceNotFoundException']],
  ['an endpoint type', ['customer endpoint of every'], ['CustomerEndpoint.Type VOIP']],
  [
    'a required member',
    ['required ContactDataRequestList[].OutboundStrategy.Type'],
    ['ContactDataRequestList[].OutboundStrategy.Type absent'],
  ],
  ['the replay', ['sent again'], ['replay: token and batch sent again']],
  ['members left out', ['left out in turn'], ['OutboundStrategy.Config.AgentFirst absent']],
])('a hole is found: without %s', (_, words, holes) => {
  const found = problems({ interactions: without(...words) });
  for (const hole of holes) {
    expect(found).toContainEqual(expect.stringContaining(hole));
  }
});

test('a hole among the tolerated answers is found', () => {
  const tolerances = CONTRACT.tolerances.filter(({ pins }) => !pins.includes('__type, plain'));
  expect(problems({ tolerances })).toEqual([
    'neither pinned nor accounted for: error encoding: __type, plain',
  ]);
});

test('a row more in the table is a hole until an interaction pins it', () => {
  const failures = { ...FAILURES, UNLUCKY_HOUR: FAILURES.MISSING_CAMPAIGN };
  const operation = {
    ...BATCH_PUT_CONTACT,
    lists: { ...BATCH_PUT_CONTACT.lists, failures },
  };
  expect(problems({ cells: cellsOfBatches(operation) })).toContain(
    'neither pinned nor accounted for: failure code: UNLUCKY_HOUR',
  );
});

test('an interaction that was never written pins nothing', () => {
  const kept = written.filter((name) => !name.includes('fails with INVALID_QUEUE'));
  expect(checkMatrix(matrix, kept, CONTRACT)[1]).toEqual({
    name: 'what a cell is pinned by is in the pact',
    verdict: 'fail',
    detail: {
      kind: 'problems',
      problems: [{ kind: 'cell unwritten', cell: 'failure code: INVALID_QUEUE' }],
    },
  });
});

test('an account that is lost, not needed, or of no cell is named', () => {
  const { 'bound: InstanceId of 1': lost, ...rest } = ACCOUNTS;
  expect(lost).toBeDefined();
  expect(problems({ accounts: rest })).toEqual([
    'neither pinned nor accounted for: bound: InstanceId of 1',
  ]);
  const reason = 'no reason';
  const accounts = { ...ACCOUNTS, 'failure code: INVALID_QUEUE': { reason }, 'a: b': { reason } };
  expect(problems({ accounts })).toEqual([
    'failure code: INVALID_QUEUE needs no account, or is no cell',
    'a: b needs no account, or is no cell',
  ]);
});

test.each(
  allContracts().flatMap(({ name, accounts, accountsOfMany }) =>
    [
      ...Object.entries(accounts),
      ...accountsOfMany.map(({ cells, account }) => [cells.source, account] as const),
    ].flatMap(([key, account]) => ('test' in account ? [[name, key, account.test] as const] : [])),
  ),
)('%s: the test that accounts for "%s" exists', (_, __, named) => {
  expectTest(named);
});

/** Words of reasons that point to a check elsewhere. */
const POINTS = /interactions?\b|reader|choice|\btests?\b|answers 501/;

test.each(
  allContracts().flatMap(({ name, accounts, accountsOfMany, interactions }) =>
    [...Object.values(accounts), ...accountsOfMany.map(({ account }) => account)].flatMap(
      (account) => ('reason' in account ? [[name, account, interactions] as const] : []),
    ),
  ),
)('%s: what holds a reason is there: %j', (_, { reason, heldBy }, interactions) => {
  expect(POINTS.test(reason)).toBe(heldBy !== undefined);
  if (heldBy?.startsWith('test/')) expectTest(heldBy);
  else if (heldBy !== undefined) {
    expect(interactions.map(({ description }) => description)).toContainEqual(
      expect.stringMatching(new RegExp(`^${heldBy}`)),
    );
  }
});

test('what is not there is found out', () => {
  expect(() =>
    expectTest(`test/contracts/coverage.test.ts › ${['gone', 'for', 'good'].join(' ')}`),
  ).toThrow();
  expect(() => expectTest('test/contracts/gone.test.ts › x')).toThrow();
});

test.each([
  ['BatchPutContact', 'contract-coverage.md'],
  ['ConnectCampaigns', 'contract-coverage-campaigns.md'],
  ['ConnectCampaignsV2', 'contract-coverage-campaigns-v2.md'],
] as const)('the matrix of %s as it is is docs/%s', (name, page) => {
  const contract = contractNamed(name);
  const cells = coverageMatrix(contract);
  expectGolden(join(PACKAGE_ROOT, 'docs', page), coverageMarkdown(coveragePage(contract, cells)));
});
