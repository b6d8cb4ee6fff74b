/** Reads an interaction by an operation's definition. It finds the items, the result of each item and the answer. */

import type { ItemLists, OperationModel } from '../../operation/aws/definition/model.ts';
import type { Stage } from '../../operation/aws/definition/refusals.ts';
import { type Flat, flattener } from '../../operation/aws/shape/canonical.ts';
import { exampleOf } from '../agreement/expected.ts';
import type { Interaction } from '../agreement/interaction.ts';
import { type Place, valuesAt } from '../agreement/places.ts';

/** An operation of any service. The matrix reads the table of its refusals, but does not run them. */
export interface AnyDefinition extends OperationModel {
  readonly refusals: Readonly<Record<string, { readonly stage: Stage; readonly status: number }>>;
}

type Item = Readonly<Record<string, unknown>>;
type Answer = Interaction['answer'];

/** Returns the nth good item of a batch. Null for an operation without items. */
export type GoodItem = ((n: number) => object) | null;

export interface Reading {
  readonly itemsOf: (interaction: Interaction) => readonly Item[];
  /** Returns the failure codes of an answer. The set is empty if the whole call is refused. */
  readonly codesIn: (answer: Answer) => ReadonlySet<string>;
  /** Returns `CREATED` or the failure code of an item. Null if the whole call is refused. */
  readonly fateOf: (interaction: Interaction, item: Item) => string | null;
  /** Whether the answer refuses a request because it violates a constraint. */
  readonly isInvalid: (answer: Answer) => boolean;
  /** Whether two items, or two lists of items, are equal. */
  readonly isSame: (a: unknown, b: unknown) => boolean;
}

export function readingOf(operation: AnyDefinition): Reading {
  const { lists, refusals, errors } = operation;
  const constraintErrors = Object.keys(refusals).filter(
    (name) => refusals[name]?.stage === 'body' && Object.hasOwn(errors, name),
  );
  const failedIn = (answer: Answer): readonly Item[] =>
    lists && answer.kind === 'result' ? (listIn(bodyOf(answer), lists.failed) as Item[]) : [];
  const itemsOf = ({ request }: Interaction): readonly Item[] => {
    return lists ? (listIn(request, lists.items) as Item[]) : [];
  };
  return {
    itemsOf,
    codesIn: (answer) =>
      new Set(lists ? failedIn(answer).map((item) => String(item[lists.code])) : []),
    fateOf({ answer }, item) {
      if (answer.kind !== 'result' || !lists) return null;
      const failed = failedIn(answer).find((one) => one[lists.id] === item[lists.id]);
      return failed ? String(failed[lists.code]) : 'CREATED';
    },
    isInvalid: (answer) => answer.kind === 'error' && constraintErrors.includes(answer.name),
    isSame: sameItems(operation, lists),
  };
}

function sameItems({ input }: OperationModel, lists: ItemLists | undefined): Reading['isSame'] {
  const list = lists && input.members[lists.items];
  if (list?.kind !== 'list') return () => false;
  const flatten = flattener(list.of);
  const text = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(text).join('\n');
    const flat: Flat = [];
    flatten(value, flat);
    return JSON.stringify(flat);
  };
  return (a, b) => a !== undefined && text(a) === text(b);
}

/** The body of an answer as the mock sends it. */
export function bodyOf(answer: Answer): object {
  return answer.kind === 'result' && answer.body ? (exampleOf(answer.body) as object) : {};
}

/** The list of this name; an empty one if it is absent. */
export function listIn(value: object, name: string): readonly unknown[] {
  return ((value as Record<string, unknown>)[name] ?? []) as readonly unknown[];
}

export function has(value: unknown, { steps }: Place): boolean {
  return valuesAt(value, steps).length > 0;
}

/** Whether the value has a parent of the place that lacks the member. */
export function lacks(value: unknown, { steps }: Place): boolean {
  const member = steps.at(-1) ?? '';
  return valuesAt(value, steps.slice(0, -1)).some(
    (parent) => !Object.hasOwn(Object(parent), member),
  );
}
