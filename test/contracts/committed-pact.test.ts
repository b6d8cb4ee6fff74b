/** A change of the contract shows against the committed pact; consumer.pact.test.ts compares it with the real one. */

import { readFileSync, statSync } from 'node:fs';
import { allContracts, contractNamed } from '../../contracts/contract-list.ts';
import type { WrittenInteraction } from '../../contracts/pact/pact-file.ts';
import {
  changesOf,
  committedForm,
  committedPact,
  type WholePact,
  wholePact,
} from './committed-pact.ts';

const committed = wholePact(committedPact(contractNamed('BatchPutContact')));
const NAME = committed.interactions[3]?.description ?? '';

/** The pact with one interaction changed. */
function changed(change: (one: WrittenInteraction) => WrittenInteraction): WholePact {
  const interactions = committed.interactions.map((one, i) => (i === 3 ? change(one) : one));
  return { ...committed, interactions };
}

test.each(allContracts().map((contract) => [contract.name, committedPact(contract)]))(
  'the committed file of %s is in its own form, names no version of a tool, and is small',
  (_, file) => {
    const pact = wholePact(file);
    expect(readFileSync(file, 'utf8')).toBe(committedForm(pact));
    expect(pact.metadata).toEqual({ pactSpecification: { version: '4.0' } });
    expect(statSync(file).size).toBeLessThan(800_000);
  },
);

test.each<[string, (one: WrittenInteraction) => WrittenInteraction]>([
  ['a status', (one) => ({ ...one, response: { ...one.response, status: 418 } })],
  ['a path', (one) => ({ ...one, request: { ...one.request, path: '/elsewhere' } })],
  ['a rule', (one) => ({ ...one, response: { ...one.response, matchingRules: {} } })],
  ['a state', (one) => ({ ...one, providerStates: [] })],
  ['provenance', (one) => ({ ...one, comments: {} })],
])('an interaction that changes by %s is named', (_, change) => {
  expect(changesOf(committed, changed(change))).toEqual([`"${NAME}" is another`]);
});

test('an interaction that comes or goes is named', () => {
  const interactions = committed.interactions.filter(({ description }) => description !== NAME);
  const without = { ...committed, interactions };
  expect(changesOf(committed, without)).toEqual([`"${NAME}" is gone`]);
  expect(changesOf(without, committed)).toEqual([`"${NAME}" is new`]);
});

test('a change outside the interactions is told', () => {
  const metadata = { pactSpecification: { version: '5.0' } };
  expect(changesOf(committed, { ...committed, metadata })).toEqual([
    'the pact differs outside its interactions',
  ]);
});

test('neither order nor versions of tools are a change', () => {
  const { interactions, metadata, ...rest } = committed;
  const same = {
    metadata: { ...metadata, 'pact-js': { version: '99.0.0' } },
    interactions: [...interactions].reverse(),
    ...rest,
  };
  expect(changesOf(committed, same)).toEqual([]);
  expect(committedForm(same)).toBe(committedForm(committed));
});
