import { allContracts, contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { answerMutants, exampleAnswer } from '../../contracts/mutation/answer-mutants.ts';
import { jsonMutants } from '../../contracts/mutation/json-mutants.ts';
import { lawMutants } from '../../contracts/mutation/law-mutants.ts';
import { type Mutated, mutate } from '../../contracts/mutation/mutate.ts';
import { requestMutants } from '../../contracts/mutation/request-mutants.ts';
import type { Survival } from '../../contracts/mutation/survivors.ts';
import { vocabularyOf } from '../../contracts/mutation/vocabulary.ts';
import {
  type PactFile,
  readPact,
  type WrittenInteraction,
} from '../../contracts/pact/pact-file.ts';
import { checkSaid } from '../../reports/english/checks.ts';
import { mutantSaid } from '../../reports/english/contracts.ts';
import { tempDir } from '../support/temp-dir.ts';
import { expectTest } from './named-test.ts';

const CONTRACT = contractNamed('BatchPutContact');
const SURVIVALS = CONTRACT.survivals;
const WORDS = vocabularyOf(CONTRACT.operations);

const dir = tempDir();
let pact: PactFile;

beforeAll(async () => {
  pact = readPact((await writePact(CONTRACT, dir)).pactFile);
});

/** The one interaction whose description begins so. */
function one(beginning: string): WrittenInteraction {
  const found = pact.interactions.filter(({ description }) => description.startsWith(beginning));
  expect(found).toHaveLength(1);
  return found[0] as WrittenInteraction;
}

const run = (
  interactions: readonly WrittenInteraction[],
  survivals: readonly Survival[] = SURVIVALS,
) => mutate({ interactions }, { now: () => 0, survivals, vocabulary: WORDS });

const unexplained = ({ result }: Mutated) =>
  result.survivors.flatMap(({ side, mutation, reason }) =>
    reason === null ? [`${side} ${mutantSaid(mutation)}`] : [],
  );

/** A copy with another rule at a place of the answer's body. */
function ruled(interaction: WrittenInteraction, path: string, matchers: object[]) {
  const copy = structuredClone(interaction);
  Object.assign(copy.response.matchingRules ?? {}, {
    body: { ...copy.response.matchingRules?.body, [path]: { combine: 'AND', matchers } },
  });
  return copy;
}

test('every place is broken, in lists the first item and what tells the others apart', () => {
  const value = {
    Message: 'm',
    FailedRequestList: [
      { RequestIdentifier: 'a', FailureReasonCode: 'INVALID_QUEUE' },
      { RequestIdentifier: 'b', FailureReasonCode: 'INTERNAL_ERROR' },
    ],
  };
  const told = jsonMutants(value, WORDS).map(({ where, how }) => `${where} ${how}`);
  expect(new Set(told).size).toBe(told.length);
  expect(told).toEqual(
    expect.arrayContaining([
      '$.Message missing',
      '$.Message wrong type',
      '$.Message another text',
      '$.Message empty',
      '$ member more',
      '$.FailedRequestList missing',
      '$.FailedRequestList emptied',
      '$.FailedRequestList reordered',
      '$.FailedRequestList member answered twice',
      '$.FailedRequestList identifiers exchanged',
      '$.FailedRequestList[0] member more',
      '$.FailedRequestList[0].RequestIdentifier missing',
      '$.FailedRequestList[1].RequestIdentifier missing',
      '$.FailedRequestList[1].FailureReasonCode another code',
    ]),
  );
  expect(told).not.toContain('$.FailedRequestList[1] member more');
  for (const mutant of jsonMutants(value, WORDS)) expect(mutant.value).not.toEqual(value);
});

test('no mutant is the example itself', () => {
  for (const interaction of pact.interactions) {
    const good = JSON.stringify(exampleAnswer(interaction));
    for (const { broken } of answerMutants(interaction, WORDS)) {
      expect(JSON.stringify(broken)).not.toBe(good);
    }
    expect(requestMutants(interaction, WORDS).length).toBeGreaterThan(20);
  }
});

test('what the pact pins is killed, and each survivor has a reason', async () => {
  const words = ['a batch sent again', 'a contact that fails with INVALID_QUEUE: ', 'a full batch'];
  const { result, checks } = await run([
    ...words.map(one),
    one('a call refused with IdempotencyException'),
    one('a call refused with UnrecognizedClientException'),
    one('a call refused with InvalidSignatureException'),
    one('a contact that fails, with a text'),
    one('a batch of one good contact: no optional member'),
    one('a batch with a system endpoint of every listed type'),
  ]);
  expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(result.provider.killed).toBeGreaterThan(200);
  expect(result.client.killed).toBeGreaterThan(200);
  expect(result.survivors.map(({ mutation }) => mutation)).toContainEqual({
    kind: 'mutated',
    where: '$.SuccessfulRequestList',
    how: 'reordered',
    interaction: null,
  });
});

test.each<[string, string, string, object[], string]>([
  [
    'a code that any text satisfies',
    'a contact that fails with INVALID_QUEUE: ',
    '$.FailedRequestList[0].FailureReasonCode',
    [{ match: 'type' }],
    '$.FailedRequestList[*].FailureReasonCode: another code',
  ],
  [
    'a replay with any ContactId',
    'a batch sent again',
    '$.SuccessfulRequestList',
    [{ match: 'type', min: 2, max: 2 }],
    '$.SuccessfulRequestList[*].ContactId: another UUID',
  ],
])('a pact with %s is found out', async (_, beginning, path, matchers, mutation) => {
  const interaction = one(beginning);
  const found = unexplained(await run([ruled(interaction, path, matchers)]));
  expect(found).toContain(`provider ${mutation}, in "${interaction.description}"`);
});

test('each breach of a law is a mutant, and is noticed', async () => {
  const pinned = one('a contact that fails with INVALID_QUEUE, as');
  const mutants = [
    ...lawMutants(pinned, WORDS),
    ...lawMutants(one('a batch sent again'), WORDS),
    ...lawMutants(one('a call refused with IdempotencyException'), WORDS),
  ];
  const hows = [...new Set(mutants.map(({ how }) => how))].sort();
  expect(hows).toEqual([
    'another error than in the header',
    'blank',
    'compressed unasked',
    'nil',
    'of a failed item',
    'that of an earlier call',
    'that of another item',
    'that of the campaign',
  ]);
  const { result } = await run([pinned, one('a batch sent again')]);
  const survived = result.survivors.map(({ mutation }) => mutantSaid(mutation));
  expect(survived.filter((said) => hows.some((how) => said.includes(`: ${how}`)))).toEqual([]);
});

test('a reason that claims another interaction fails if there is none', async () => {
  const { checks } = await run([one('a batch sent again')]);
  const claim = checks.find(({ name }) => name.startsWith('what an explanation says'));
  expect(claim && checkSaid(claim.detail)).toBe(
    'lost: a call refused with InvalidSignatureException',
  );
});

test.each(
  allContracts().flatMap(({ name, survivals }) =>
    survivals.map((survival) => [name, survival.where, survival] as const),
  ),
)('%s: what accounts for %s is there', (_, __, { reason, test: named, pinnedBy }) => {
  // A reason that points elsewhere names the test or the interaction.
  if (named === undefined) expect(reason).not.toMatch(/\.test\.ts|another test/);
  else expectTest(named);
  if (pinnedBy === undefined) expect(reason).not.toMatch(/interaction/);
});

test('a request that is not pinned is found out', async () => {
  const copy = structuredClone(one('a contact that fails with INVALID_QUEUE: '));
  Object.assign(copy.request, {
    matchingRules: {
      body: { '$.ContactDataRequestList[0].QueueId': { matchers: [{ match: 'type' }] } },
    },
  });
  expect(unexplained(await run([copy]))).toContainEqual(
    expect.stringContaining('client $.ContactDataRequestList[*].QueueId: another UUID'),
  );
});

test('a survivor without a reason, and a reason without a survivor, fail', async () => {
  const [first, ...rest] = SURVIVALS;
  const stale: Survival = { side: 'client', where: 'path', how: 'a query', reason: 'none' };
  const { checks } = await run([one('a call refused with IdempotencyException')], [...rest, stale]);
  const failing = checks
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ detail }) => checkSaid(detail));
  expect(failing[0]).toContain(`${first?.side}: ${first?.where}: ${first?.how}`);
  expect(failing[1]).toContain('client: path: a query does not survive');
});

test('an example that its own rules refuse is no ground for a score', async () => {
  const copy = structuredClone(one('a call refused with IdempotencyException'));
  const { response } = ruled(copy, '$.Message', [{ match: 'regex', regex: '^never$' }]);
  const { checks } = await run([{ ...copy, response }]);
  expect(checks[0]).toMatchObject({ name: 'every example passes unbroken', verdict: 'fail' });
});

test('an empty pact has no score', async () => {
  const { checks } = await run([]);
  expect(checks[1]).toMatchObject({
    verdict: 'fail',
    detail: { kind: 'problems', problems: [{ kind: 'nothing broken' }] },
  });
});
