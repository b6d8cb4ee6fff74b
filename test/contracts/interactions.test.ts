import { readdirSync } from 'node:fs';
import { BATCH_PARTIES } from '../../contracts/agreement/batch-put-contact/batch.ts';
import {
  interactionsFor,
  unprovokedRefusals,
} from '../../contracts/agreement/batch-put-contact/interactions.ts';
import { exampleOf } from '../../contracts/agreement/expected.ts';
import {
  type Interaction,
  markOf,
  type ResultAnswer,
} from '../../contracts/agreement/interaction.ts';
import { isSelected } from '../../contracts/agreement/selection.ts';
import { STATE_NAMES } from '../../contracts/agreement/states.ts';
import { record, recorderFor } from '../../contracts/consumer/record.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { decide } from '../../operation/connect/batch-put-contact/decide.ts';
import {
  FAILURE_CODES,
  FAILURES,
  type FailureRow,
} from '../../operation/connect/batch-put-contact/failures.ts';
import { readBody } from '../../operation/connect/batch-put-contact/read-request.ts';
import {
  MODELLED_ERRORS,
  REFUSAL_NAMES,
} from '../../operation/connect/batch-put-contact/refusals.ts';
import type { BatchPutContactResponse } from '../../operation/connect/batch-put-contact/shapes.ts';
import {
  INJECTED_NUMBERS,
  ORDINARY_INSTANCE,
  ordinaryFacts,
} from '../../operation/connect/facts.ts';
import { tempDir } from '../support/temp-dir.ts';

const TWELFTH: FailureRow = {
  message: 'The contact was made at an unlucky hour.',
  retryable: false,
  provenance: { mark: 'assumed', source: 'this test' },
  applies: () => false,
  provocations: [{ how: 'an unlucky hour', make: (good) => ({ ...good, QueueId: 'unlucky' }) }],
};

const dir = tempDir();

const withTwelfth = { ...FAILURES, UNLUCKY_HOUR: TWELFTH };

const bodyOf = ({ body }: ResultAnswer) => exampleOf(body ?? {}) as BatchPutContactResponse;

const pinning = (interactions: readonly Interaction[], name: string) =>
  interactions.filter(({ pins }) => pins === name);

test('every failure code and modelled error is asked for by a state, and provoked by data if data can', () => {
  const interactions = interactionsFor();
  const unprovoked = unprovokedRefusals().map(({ name }) => name);
  const groupsOf = (name: string) => pinning(interactions, name).map(({ group }) => group);
  for (const code of FAILURE_CODES) {
    const byData = Object.hasOwn(INJECTED_NUMBERS, code) ? [] : ['triggers'];
    expect([code, ...groupsOf(code)]).toEqual([code, 'codes', ...byData]);
  }
  for (const name of REFUSAL_NAMES) {
    const known = unprovoked.some((other) => other === name);
    expect([name, groupsOf(name).length > 0]).toEqual([name, !known]);
  }
  for (const name of MODELLED_ERRORS) expect(groupsOf(name)).toContain('errors');
});

test('what a state asks for is documented, and what data provokes is not', () => {
  for (const one of interactionsFor()) {
    if (one.group === 'triggers')
      expect([one.description, markOf(one)]).not.toContain('documented');
    if (one.group === 'errors' && one.pins !== 'ServiceUnavailable') {
      expect([one.description, markOf(one)]).toContain('documented');
    }
    if (one.group === 'codes' && one.pins !== null) {
      expect([one.description, markOf(one)]).toContain('documented');
    }
  }
});

test('a selection is of what is at least so well founded', () => {
  const kept = interactionsFor().filter((one) =>
    isSelected(
      { mark: markOf(one), choice: one.choice ?? null },
      { only: 'inferred', choices: {} },
    ),
  );
  expect(new Set(kept.map(markOf))).toEqual(new Set(['documented', 'inferred']));
});

test('a choice leaves out what holds for its other values', () => {
  const choices = { throttleError: 'ThrottlingException' };
  const kept = interactionsFor().filter((one) =>
    isSelected({ mark: markOf(one), choice: one.choice ?? null }, { only: 'documented', choices }),
  );
  expect(kept.flatMap(({ choice }) => choice ?? [])).toEqual([
    { name: 'throttleError', value: 'ThrottlingException' },
  ]);
});

test('descriptions and ClientTokens are unique', () => {
  const interactions = interactionsFor();
  const descriptions = interactions.map(({ description }) => description);
  const tokens = interactions.flatMap(({ request }) => request.ClientToken ?? []);
  expect(new Set(descriptions).size).toBe(interactions.length);
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(interactions.length - tokens.length).toBe(1); // the one that leaves it to the SDK
});

test('every interaction begins with an ordinary day, and says where its claims come from', () => {
  for (const { given, provenance } of interactionsFor()) {
    expect(given[0]?.name).toBe('an ordinary day');
    for (const { name } of given) expect(STATE_NAMES).toContain(name);
    expect(provenance.length).toBeGreaterThan(0);
    for (const { what, source } of provenance) expect(what && source).toBeTruthy();
  }
});

test.each(
  interactionsFor().flatMap(({ description, answer, request, given }) =>
    answer.kind === 'result' ? [{ description, answer, request, given }] : [],
  ),
)('the definition decides as the contract says: $description', ({ answer, request, given }) => {
  const injected = Object.fromEntries(
    given.flatMap(({ name, params }) =>
      name === 'a contact fails' ? [[params.customerAddress, params.failureReasonCode]] : [],
    ),
  );
  const read = readBody({ ...request, InstanceId: undefined });
  if (!read.ok) throw new Error(read.message);
  const items = read.request.ContactDataRequestList;
  const facts = ordinaryFacts({ injected });
  const verdicts = decide(items, facts, ORDINARY_INSTANCE);
  const created = items.filter((_, i) => verdicts[i] === 'CREATED');
  const { SuccessfulRequestList = [], FailedRequestList = [] } = bodyOf(answer);
  expect(created.map((item) => item.RequestIdentifier)).toEqual(
    SuccessfulRequestList.map((item) => item.RequestIdentifier),
  );
  expect(
    items.flatMap((item, i) => {
      const { RequestIdentifier } = item;
      return verdicts[i] === 'CREATED' ? [] : { RequestIdentifier, FailureReasonCode: verdicts[i] };
    }),
  ).toEqual(FailedRequestList.map(({ FailureReasonMessage: _, ...item }) => item));
});

test('the full batch has every failure code and is of the greatest size', () => {
  const full = interactionsFor().find(({ description }) => description.startsWith('a full batch'));
  if (full?.answer.kind !== 'result') throw new Error('there is no full batch');
  expect(full.request.ContactDataRequestList).toHaveLength(25);
  expect(bodyOf(full.answer).FailedRequestList?.map((item) => item.FailureReasonCode)).toEqual(
    FAILURE_CODES,
  );
});

test('a twelfth code is one row in the table', async () => {
  const interactions = interactionsFor(withTwelfth);
  expect(interactions).toHaveLength(interactionsFor().length + 2);
  const [asked, added] = pinning(interactions, 'UNLUCKY_HOUR');
  expect(asked?.description).toBe('a contact that fails with UNLUCKY_HOUR, as the state asks');
  if (!added) throw new Error('the row gave no interaction');
  expect(added.description).toBe('a contact that fails with UNLUCKY_HOUR: an unlucky hour');
  await record(recorderFor(contractNamed('BatchPutContact'), dir), added);
  expect(readdirSync(dir)).toEqual([`${BATCH_PARTIES.consumer}-${BATCH_PARTIES.provider}.json`]);
});
