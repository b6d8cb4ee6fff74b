/** An interaction as an operation's definition reads it: its items, what became of each, its answer. */

import type { ItemLists, OperationModel } from '../../operation/aws/definition/model.ts';
import type { Stage } from '../../operation/aws/definition/refusals.ts';
import { type Flat, flattener } from '../../operation/aws/shape/canonical.ts';
import type { Interaction, ResultAnswer } from '../agreement/interaction.ts';
import { type Place, valuesAt } from '../agreement/places.ts';

/** An operation of any service: its refusals are looked at, not asked. */
export interface AnyDefinition extends OperationModel {
  readonly refusals: Readonly<Record<string, { readonly stage: Stage; readonly status: number }>>;
}

type Item = Readonly<Record<string, unknown>>;
type Answer = Interaction['answer'];

/** What the cells need of an operation besides its definition. */
export interface Examples {
  /** The nth good item of a batch; null where an operation has no items. */
  readonly goodItem: ((n: number) => object) | null;
  /** Body of the answer that an interaction stands for. */
  readonly answerBody: (answer: ResultAnswer) => object;
}

export interface Reading {
  readonly itemsOf: (interaction: Interaction) => readonly Item[];
  /** The failure codes of an answer; none where the whole call is refused. */
  readonly codesIn: (answer: Answer) => ReadonlySet<string>;
  /** `CREATED`, or the code that an item fails with; null where the whole call is refused. */
  readonly fateOf: (interaction: Interaction, item: Item) => string | null;
  /** Whether a request was refused for a constraint that it broke. */
  readonly isInvalid: (answer: Answer) => boolean;
  /** Whether two items, or two lists of them, say the same. */
  readonly isSame: (a: unknown, b: unknown) => boolean;
}

export function readingOf(operation: AnyDefinition): Reading {
  const { lists, refusals, errors } = operation;
  const constraintErrors = Object.keys(refusals).filter(
    (name) => refusals[name]?.stage === 'body' && Object.hasOwn(errors, name),
  );
  const failedIn = (answer: Answer): readonly Item[] =>
    answer.kind === 'result' ? (answer.failed as unknown as readonly Item[]) : [];
  const itemsOf = ({ request }: Interaction): readonly Item[] => {
    const items = lists && (request as unknown as Record<string, unknown>)[lists.items];
    return (items ?? []) as readonly Item[];
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

export function has(value: unknown, { steps }: Place): boolean {
  return valuesAt(value, steps).length > 0;
}

/** Something has the parent of the place, and not the place itself. */
export function lacks(value: unknown, { steps }: Place): boolean {
  const member = steps.at(-1) ?? '';
  return valuesAt(value, steps.slice(0, -1)).some(
    (parent) => !Object.hasOwn(Object(parent), member),
  );
}
