/** Checks over the written pact: nothing lost, nothing doubled, every name pinned literally. */

import type { FailureTable } from '../operation/connect/batch-put-contact/failures.ts';
import { MODELLED_ERRORS, REFUSALS } from '../operation/connect/batch-put-contact/refusals.ts';
import type { BatchPutContactResponse } from '../operation/connect/batch-put-contact/shapes.ts';
import type { CheckResult } from '../run/run.ts';
import type { Interaction } from './agreement/interaction.ts';
import type { PactFile, Rule, WrittenInteraction } from './pact/pact-file.ts';
import { STATES } from './provider/state-handlers.ts';

/** What the pact must hold: the declared interactions, and the tables they were made from. */
export interface Expected {
  readonly interactions: readonly Pick<Interaction, 'description'>[];
  readonly failures: FailureTable;
}

export function checkPact(pact: PactFile, { interactions, failures }: Expected): CheckResult[] {
  const written = pact.interactions.map(({ description }) => description);
  const declared = interactions.map(({ description }) => description);
  return [
    check('every interaction is in the pact', `${declared.length} declared and written`, [
      ...declared.filter((name) => !written.includes(name)).map((name) => `lost: ${name}`),
      ...written.filter((name) => !declared.includes(name)).map((name) => `undeclared: ${name}`),
      ...(declared.length === 0 ? ['nothing is declared'] : []),
    ]),
    check(
      'every description is unique',
      `${written.length} descriptions`,
      [...repeated(declared), ...repeated(written)].map((name) => `repeated: ${name}`),
    ),
    check(
      'every failure code has an interaction of its own',
      `${Object.keys(failures).length} codes`,
      missing(Object.keys(failures), pact.interactions.map(onlyCode)),
    ),
    check(
      'every modelled error has an interaction',
      `${MODELLED_ERRORS.length} errors, each with its status`,
      missing(
        MODELLED_ERRORS.map((name) => `${REFUSALS[name].status} ${name}`),
        pact.interactions.map(errorOf),
      ),
    ),
    check(
      'every name is pinned literally',
      'no rule loosens a code, an identifier or an error name',
      pact.interactions.flatMap(loosened),
    ),
    check(
      'every provider state is known',
      `${Object.keys(STATES).length} states`,
      pact.interactions.flatMap(strangeStates),
    ),
  ];
}

function check(name: string, good: string, problems: readonly string[]): CheckResult {
  return problems.length === 0
    ? { name, verdict: 'pass', detail: good }
    : { name, verdict: 'fail', detail: problems.join('; ') };
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

function missing(wanted: readonly string[], found: readonly (string | null)[]): string[] {
  return wanted.filter((name) => !found.includes(name)).map((name) => `${name}: 0 interactions`);
}

function bodyOf({ response }: WrittenInteraction): BatchPutContactResponse {
  return (response.body?.content ?? {}) as BatchPutContactResponse;
}

function onlyCode(interaction: WrittenInteraction): string | null {
  const failed = bodyOf(interaction).FailedRequestList ?? [];
  return failed.length === 1 ? (failed[0]?.FailureReasonCode ?? null) : null;
}

function errorOf({ response }: WrittenInteraction): string | null {
  const name = response.headers?.['x-amzn-errortype']?.[0];
  return name === undefined ? null : `${response.status} ${name}`;
}

const PINNED_MEMBERS = /\.(FailureReasonCode|RequestIdentifier)$/;

/**
 * Rules that turn a pinned literal into a mere type: one on the literal itself, or a type rule on
 * what holds it. The one harmless type rule stands beside `arrayContains`, which pins the items.
 */
function loosened({ description, response }: WrittenInteraction): string[] {
  const body = Object.entries(response.matchingRules?.body ?? {}).flatMap(([path, rule]) =>
    loose(path, rule),
  );
  const header = Object.keys(response.matchingRules?.header ?? {}).filter(
    (name) => name.toLowerCase() === 'x-amzn-errortype',
  );
  return [...body, ...header].map((where) => `${where} of "${description}"`);
}

function loose(path: string, { matchers }: Rule): string[] {
  if (PINNED_MEMBERS.test(path)) return [path];
  const pinning = matchers.find(({ match }) => match === 'arrayContains');
  if (pinning) {
    return (pinning.variants ?? []).flatMap(({ rules }) =>
      Object.entries(rules).flatMap(([inner, rule]) => loose(path + inner.slice(1), rule)),
    );
  }
  const leaf = /\.(ContactId|FailureReasonMessage|[Mm]essage)$/.test(path);
  return leaf ? [] : [path];
}

function strangeStates({ description, providerStates = [] }: WrittenInteraction): string[] {
  if (providerStates.length === 0) return [`"${description}" has no state`];
  return providerStates
    .filter(({ name }) => !Object.hasOwn(STATES, name))
    .map(({ name }) => `"${name}" of "${description}"`);
}
