import { checkPact, type Expected } from '../../contracts/completeness.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import {
  type PactFile,
  readPact,
  type WrittenInteraction,
} from '../../contracts/pact/pact-file.ts';
import { FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import { checkSaid } from '../../reports/english/checks.ts';
import { tempDir } from '../support/temp-dir.ts';

const CONTRACT = contractNamed('BatchPutContact');
const expected: Expected = CONTRACT;

// Writing a pact takes long on a busy machine.
jest.setTimeout(120_000);

const dir = tempDir();

let pact: PactFile;

beforeAll(async () => {
  pact = readPact((await writePact(CONTRACT, dir)).pactFile);
});

/** Names and details of the checks that fail. */
const failing = (changed: PactFile, expectations = expected) =>
  checkPact(changed, expectations)
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ name, detail }) => `${name}: ${checkSaid(detail)}`);

const changed = (
  word: string,
  change: (one: WrittenInteraction) => WrittenInteraction,
  wanted = 1,
): PactFile => {
  let hits = 0;
  const interactions = pact.interactions.map((one) => {
    if (!one.description.includes(word)) return one;
    hits += 1;
    return change(structuredClone(one));
  });
  expect(hits).toBe(wanted);
  return { interactions };
};

const ruled = (path: string, match: string) => (one: WrittenInteraction) => ({
  ...one,
  response: {
    ...one.response,
    matchingRules: {
      ...one.response.matchingRules,
      body: { ...one.response.matchingRules?.body, [path]: { matchers: [{ match }] } },
    },
  },
});

test('the pact as written passes', () => {
  expect(failing(pact)).toEqual([]);
  expect(checkPact(pact, expected).length).toBeGreaterThan(1);
});

test('a lost interaction is named', () => {
  const lost = pact.interactions.filter(
    ({ description }) => !description.includes('fails with INVALID_QUEUE'),
  );
  expect(failing({ interactions: lost })).toEqual([
    'every interaction is in the pact: lost: a contact that fails with INVALID_QUEUE, as the state asks; lost: a contact that fails with INVALID_QUEUE: unknown queue id',
    'every failure code has an interaction of its own: INVALID_QUEUE: 0 interactions',
  ]);
});

test('an interaction that nobody declared is named', () => {
  const strange = changed('MISSING_CAMPAIGN: no', (one) => ({
    ...one,
    description: 'a stray',
  }));
  expect(failing(strange)[0]).toContain('undeclared: a stray');
});

test('an empty pact never passes', () => {
  expect(failing({ interactions: [] }, { ...expected, interactions: [] })).toContain(
    'every interaction is in the pact: nothing is declared',
  );
});

test('a repeated description is named, in the pact and among the declared', () => {
  const [first] = pact.interactions;
  if (!first) throw new Error('the pact is empty');
  const name = `every description is unique: repeated: ${first.description}`;
  expect(failing({ interactions: [...pact.interactions, first] })).toContain(name);
  const declared = [...expected.interactions, { description: first.description }];
  expect(failing(pact, { ...expected, interactions: declared })).toContain(name);
});

test('a code more in the table wants an interaction', () => {
  const failures = { ...FAILURES, UNLUCKY_HOUR: FAILURES.INVALID_QUEUE };
  const lists = { ...BATCH_PUT_CONTACT.lists, failures };
  const operations = [{ ...BATCH_PUT_CONTACT, lists }];
  expect(failing(pact, { ...expected, operations })).toEqual([
    'every failure code has an interaction of its own: UNLUCKY_HOUR: 0 interactions',
  ]);
});

test('a modelled error with another status is missed', () => {
  const moved = changed(
    'ResourceNotFoundException',
    (one) => ({ ...one, response: { ...one.response, status: 400 } }),
    2,
  );
  expect(failing(moved)).toEqual([
    'every modelled error has an interaction: 404 ResourceNotFoundException: 0 interactions',
  ]);
});

test.each([
  ['$.FailedRequestList[0].FailureReasonCode', 'regex'],
  ['$.FailedRequestList[0].FailureReasonCode', 'type'],
  ['$.FailedRequestList[0]', 'type'],
  ['$.FailedRequestList[*]', 'type'],
  ['$.FailedRequestList', 'type'],
  ['$', 'type'],
])('a rule that loosens a code is named: %s %s', (path, match) => {
  expect(failing(changed('INVALID_QUEUE: unknown', ruled(path, match)))).toEqual([
    `every name is pinned literally: ${path} of "a contact that fails with INVALID_QUEUE: unknown queue id"`,
  ]);
});

test('a rule that loosens a code inside arrayContains is named', () => {
  const inside = changed('a full batch', (one) => {
    const rule = one.response.matchingRules?.body?.['$.FailedRequestList'];
    const variant = rule?.matchers.find(({ variants }) => variants)?.variants?.[0];
    Object.assign(variant?.rules ?? {}, {
      '$.FailureReasonCode': { matchers: [{ match: 'type' }] },
    });
    return one;
  });
  expect(failing(inside)).toEqual([
    expect.stringContaining('$.FailedRequestList.FailureReasonCode'),
  ]);
});

test('a rule on the error name is named', () => {
  const loose = changed('AccessDeniedException: a', (one) => ({
    ...one,
    response: {
      ...one.response,
      matchingRules: { header: { 'X-Amzn-ErrorType': { matchers: [{ match: 'type' }] } } },
    },
  }));
  expect(failing(loose)).toEqual([expect.stringContaining('X-Amzn-ErrorType')]);
});

test('a state that is not known, and no state at all, are named', () => {
  const states = [{ name: 'a full moon' }];
  const unknown = changed('INVALID_QUEUE: unknown', (one) => ({
    ...one,
    providerStates: states,
  }));
  expect(failing(unknown)).toEqual([expect.stringContaining('"a full moon"')]);
  const none = changed('INVALID_QUEUE: unknown', (one) => ({ ...one, providerStates: [] }));
  expect(failing(none)).toEqual([expect.stringContaining('has no state')]);
});
