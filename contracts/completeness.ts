/** Checks over the written pact: nothing lost, nothing doubled, every name pinned literally. */

import type { ItemLists } from '../operation/aws/definition/model.ts';
import type { AnyOperation } from '../operation/operations.ts';
import { check } from '../run/check.ts';
import type { CheckResult } from '../run/run.ts';
import type { Problem } from '../run/statements/contracts.ts';
import type { Interaction } from './agreement/interaction.ts';
import { STATE_NAMES } from './agreement/states.ts';
import { operationIdOf } from './pact/operation-of.ts';
import type { PactFile, Rule, WrittenInteraction } from './pact/pact-file.ts';

/** What the pact must hold: the declared interactions, and the tables they were made from. */
export interface Expected {
  readonly interactions: readonly Pick<Interaction, 'description'>[];
  readonly operations: readonly AnyOperation[];
  /** Names of members that an answer need not pin literally. */
  readonly freeMembers: readonly string[];
}

export function checkPact(
  pact: PactFile,
  { interactions, operations, freeMembers }: Expected,
): CheckResult[] {
  const { interactions: inPact } = pact;
  const codes = codesOf(operations);
  const errors = errorsOf(operations);
  return [
    ...checkDescriptions(pact, interactions),
    check(
      'every failure code has an interaction of its own',
      { counted: 'codes', count: codes.length },
      codes
        .filter(({ code, ...of }) => !inPact.some((one) => onlyCode(one, of) === code))
        .map(({ code }) => ({ kind: 'code without interaction', code })),
    ),
    check(
      'every modelled error has an interaction',
      { counted: 'errors', count: errors.length },
      errors
        .filter((error) => !inPact.some((one) => isErrorOf(one, error)))
        .map(([error, status]) => ({ kind: 'error without interaction', error, status })),
    ),
    check(
      'every name is pinned literally',
      { counted: 'rules', count: inPact.length },
      inPact.flatMap((one) => loosened(one, freeMembers)),
    ),
    check(
      'every provider state is known',
      { counted: 'known states', count: STATE_NAMES.length },
      inPact.flatMap(strangeStates),
    ),
  ];
}

/** Nothing lost, nothing doubled. */
export function checkDescriptions(
  pact: PactFile,
  interactions: Expected['interactions'],
): CheckResult[] {
  const written = pact.interactions.map(({ description }) => description);
  const declared = interactions.map(({ description }) => description);
  return [
    check('every interaction is in the pact', { counted: 'interactions', count: declared.length }, [
      ...declared
        .filter((name) => !written.includes(name))
        .map((name) => ({ kind: 'interaction lost' as const, interaction: name })),
      ...written
        .filter((name) => !declared.includes(name))
        .map((name) => ({ kind: 'interaction undeclared' as const, interaction: name })),
      ...(declared.length === 0 ? [{ kind: 'nothing declared' as const }] : []),
    ]),
    check(
      'every description is unique',
      { counted: 'descriptions', count: written.length },
      [...repeated(declared), ...repeated(written)].map((name) => ({
        kind: 'interaction repeated',
        interaction: name,
      })),
    ),
  ];
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

interface CodeOf {
  readonly operation: string;
  readonly lists: ItemLists;
}

/** The failure codes of each operation that answers item by item. */
function codesOf(operations: readonly AnyOperation[]): (CodeOf & { readonly code: string })[] {
  return operations.flatMap(({ id: operation, lists }) =>
    lists ? Object.keys(lists.failures).map((code) => ({ operation, lists, code })) : [],
  );
}

/** Every modelled error with its status, once. */
function errorsOf(operations: readonly AnyOperation[]): [name: string, status: number][] {
  return Object.entries(Object.assign({}, ...operations.map(({ errors }) => errors)));
}

/** The code of an interaction in whose answer exactly one item failed. */
function onlyCode(interaction: WrittenInteraction, { operation, lists }: CodeOf): unknown {
  if (operationIdOf(interaction) !== operation) return null;
  const { content = {} } = interaction.response.body ?? {};
  const failed = ((content as Record<string, unknown>)[lists.failed] ?? []) as Item[];
  return failed.length === 1 ? failed[0]?.[lists.code] : null;
}

type Item = Readonly<Record<string, unknown>>;

function isErrorOf(
  { response: { status, headers } }: WrittenInteraction,
  [name, statusOf]: readonly [string, number],
): boolean {
  return headers?.['x-amzn-errortype']?.[0] === name && status === statusOf;
}

/**
 * Rules that turn a pinned literal into a mere type: one on the literal itself, or a type rule on
 * what holds it. The one harmless type rule stands beside `arrayContains`, which pins the items.
 */
function loosened(
  { description, response }: WrittenInteraction,
  free: readonly string[],
): Problem[] {
  const body = Object.entries(response.matchingRules?.body ?? {}).flatMap(([path, rule]) =>
    loose(path, rule, free),
  );
  const header = Object.entries(response.matchingRules?.header ?? {})
    .filter(([name, rule]) => name.toLowerCase() === 'x-amzn-errortype' && !listsNames(rule))
    .map(([name]) => name);
  return [...body, ...header].map((where) => ({
    kind: 'loosened',
    interaction: description,
    where,
  }));
}

/** Whether a rule allows some names and no other. */
function listsNames({ matchers }: Rule): boolean {
  return matchers.every(({ regex = '' }) => /^\^\(\w+(\|\w+)*\)\$$/.test(regex));
}

function loose(path: string, { matchers }: Rule, free: readonly string[]): string[] {
  const pinning = matchers.find(({ match }) => match === 'arrayContains');
  if (pinning) {
    return (pinning.variants ?? []).flatMap(({ rules }) =>
      Object.entries(rules).flatMap(([inner, rule]) => loose(path + inner.slice(1), rule, free)),
    );
  }
  return free.some((name) => path.endsWith(`.${name}`)) ? [] : [path];
}

function strangeStates({ description, providerStates = [] }: WrittenInteraction): Problem[] {
  if (providerStates.length === 0) return [{ kind: 'no state', interaction: description }];
  return providerStates
    .filter(({ name }) => !STATE_NAMES.some((known) => known === name))
    .map(({ name }) => ({ kind: 'unknown state', interaction: description, state: name }));
}
