/** Checks over the written pact: nothing lost, nothing doubled, every name pinned literally. */

import type { FailureTable } from '../operation/connect/batch-put-contact/failures.ts';
import {
  MODELLED_ERRORS,
  REFUSALS,
  type RefusalName,
} from '../operation/connect/batch-put-contact/refusals.ts';
import type { BatchPutContactResponse } from '../operation/connect/batch-put-contact/shapes.ts';
import { check } from '../run/check.ts';
import type { CheckResult } from '../run/run.ts';
import type { Problem } from '../run/statements/contracts.ts';
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
  const { interactions: inPact } = pact;
  const codes = Object.keys(failures);
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
    check(
      'every failure code has an interaction of its own',
      { counted: 'codes', count: codes.length },
      missing(codes, inPact.map(onlyCode)).map((code) => ({
        kind: 'code without interaction',
        code,
      })),
    ),
    check(
      'every modelled error has an interaction',
      { counted: 'errors', count: MODELLED_ERRORS.length },
      MODELLED_ERRORS.filter((name) => !inPact.some((one) => isErrorOf(one, name))).map(
        (error) => ({
          kind: 'error without interaction',
          error,
          status: REFUSALS[error].status,
        }),
      ),
    ),
    check(
      'every name is pinned literally',
      { counted: 'rules', count: inPact.length },
      inPact.flatMap(loosened),
    ),
    check(
      'every provider state is known',
      { counted: 'known states', count: Object.keys(STATES).length },
      inPact.flatMap(strangeStates),
    ),
  ];
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

function missing(wanted: readonly string[], found: readonly (string | null)[]): string[] {
  return wanted.filter((name) => !found.includes(name));
}

function bodyOf({ response }: WrittenInteraction): BatchPutContactResponse {
  return (response.body?.content ?? {}) as BatchPutContactResponse;
}

function onlyCode(interaction: WrittenInteraction): string | null {
  const failed = bodyOf(interaction).FailedRequestList ?? [];
  return failed.length === 1 ? (failed[0]?.FailureReasonCode ?? null) : null;
}

function isErrorOf({ response }: WrittenInteraction, name: RefusalName): boolean {
  const { status, headers } = response;
  return headers?.['x-amzn-errortype']?.[0] === name && status === REFUSALS[name].status;
}

const PINNED_MEMBERS = /\.(FailureReasonCode|RequestIdentifier)$/;

/**
 * Rules that turn a pinned literal into a mere type: one on the literal itself, or a type rule on
 * what holds it. The one harmless type rule stands beside `arrayContains`, which pins the items.
 */
function loosened({ description, response }: WrittenInteraction): Problem[] {
  const body = Object.entries(response.matchingRules?.body ?? {}).flatMap(([path, rule]) =>
    loose(path, rule),
  );
  const header = Object.keys(response.matchingRules?.header ?? {}).filter(
    (name) => name.toLowerCase() === 'x-amzn-errortype',
  );
  return [...body, ...header].map((where) => ({
    kind: 'loosened',
    interaction: description,
    where,
  }));
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

function strangeStates({ description, providerStates = [] }: WrittenInteraction): Problem[] {
  if (providerStates.length === 0) return [{ kind: 'no state', interaction: description }];
  return providerStates
    .filter(({ name }) => !Object.hasOwn(STATES, name))
    .map(({ name }) => ({ kind: 'unknown state', interaction: description, state: name }));
}
