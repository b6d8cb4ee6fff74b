/** The cells of the coverage matrix. The definition of an operation determines what a contract can pin. */

import type { Enum } from '../../operation/aws/shape/enums.ts';
import { bodyOf } from '../../operation/aws/shape/shapes.ts';
import type { Interaction } from '../agreement/interaction.ts';
import { type Place, placesIn, valuesAt } from '../agreement/places.ts';
import { boundCells } from './bound-cells.ts';
import type { Cell } from './cell.ts';
import {
  type AnyDefinition,
  bodyOf as answered,
  type GoodItem,
  has,
  lacks,
  type Reading,
  readingOf,
} from './reading.ts';

export function cellsOf(operation: AnyDefinition, goodItem: GoodItem): Cell[] {
  const reading = readingOf(operation);
  return [
    ...failureCells(operation, reading, goodItem),
    ...errorCells(operation),
    ...enumCells(operation, reading),
    ...requestMemberCells(operation, reading),
    ...responseMemberCells(operation),
    ...answerValueCells(operation),
    ...boundCells(operation, reading),
  ];
}

function failureCells(
  { lists }: AnyDefinition,
  { codesIn, itemsOf, fateOf, isSame }: Reading,
  goodItem: GoodItem,
): Cell[] {
  return Object.entries(lists?.failures ?? {}).flatMap(([code, { provocations }]): Cell[] => [
    {
      group: 'failure code',
      name: code,
      pinnedBy: ({ pins, answer }) => pins === code && codesIn(answer).has(code),
    },
    ...provocations.map(({ how, make }): Cell => {
      // The types of the items differ by operation. `make` and `goodItem` belong to the same operation.
      const provoke = make as (good: object, previous: object) => object;
      return {
        group: 'way to fail',
        name: `${code}: ${how}`,
        pinnedBy: (interaction) =>
          goodItem !== null &&
          itemsOf(interaction).some(
            (item, i) =>
              fateOf(interaction, item) === code &&
              // Examples number their items from one. Some of them begin with a good item.
              [i + 1, i + 2].some((n) => isSame(provoke(goodItem(n), goodItem(n - 1)), item)),
          ),
      };
    }),
  ]);
}

/** The errors that refuse a call, then the errors of the model that no refusal uses. */
function errorCells({ refusals, errors }: AnyDefinition): Cell[] {
  const statuses = Object.entries(refusals).map(([name, { status }]) => [name, status] as const);
  const rest = Object.entries(errors).filter(([name]) => !Object.hasOwn(refusals, name));
  return [...statuses, ...rest].map(([name, status]) => ({
    group: Object.hasOwn(errors, name) ? 'modelled error' : 'front-door error',
    name,
    pinnedBy: ({ pins, answer }) =>
      pins === name && answer.kind === 'error' && answer.name === name && answer.status === status,
  }));
}

function enumCells(operation: AnyDefinition, { isInvalid }: Reading): Cell[] {
  const before = operation.lists ? `${operation.lists.items}[].` : '';
  return placesIn(operation.input).flatMap(({ path, steps, shape }): Cell[] => {
    const text = shape.kind === 'list' ? shape.of : shape;
    if (text.kind !== 'string' || !text.enum) return [];
    const { values }: Enum = text.enum;
    const name = path.startsWith(before) ? path.slice(before.length) : path;
    const named = ({ request }: Interaction): unknown[] => valuesAt(request, steps).flat();
    return [
      ...values.map(({ value }) => ({
        group: 'enum value' as const,
        name: `${name} ${value}`,
        pinnedBy: (interaction: Interaction) =>
          interaction.answer.kind === 'result' && named(interaction).includes(value),
      })),
      {
        group: 'enum value',
        name: `${name} that is not listed`,
        pinnedBy: (interaction) =>
          (text.judgedBy ? interaction.answer.kind === 'result' : isInvalid(interaction.answer)) &&
          named(interaction).some((given) => values.every(({ value }) => value !== given)),
      },
    ];
  });
}

function requestMemberCells({ input }: AnyDefinition, { isInvalid }: Reading): Cell[] {
  return placesIn(bodyOf(input)).flatMap((place): Cell[] => [
    {
      group: 'request member',
      name: `${place.path} present`,
      pinnedBy: ({ request, answer }) => answer.kind === 'result' && has(request, place),
    },
    {
      group: 'request member',
      name: `${place.path} absent`,
      pinnedBy: ({ request, answer }) => {
        if (!lacks(request, place)) return false;
        return place.required ? isInvalid(answer) : answer.kind === 'result';
      },
    },
  ]);
}

function responseMemberCells({ output, status }: AnyDefinition): Cell[] {
  const cell = (place: Place, test: typeof has, word: string): Cell => ({
    group: 'response member',
    name: `${place.path} ${word}`,
    pinnedBy: ({ answer }) => answer.kind === 'result' && test(answered(answer), place),
    toleratedBy: ({ answer }) => answer.status === status && test(answer.body, place),
  });
  return placesIn(output).flatMap((place) => [
    cell(place, has, 'present'),
    cell(place, lacks, 'absent'),
  ]);
}

/** The enum values of an answer. Failure codes have a group of their own. */
function answerValueCells({ output, lists }: AnyDefinition): Cell[] {
  const codes = lists && `${lists.failed}[].${lists.code}`;
  return placesIn(output).flatMap(({ path, steps, shape }): Cell[] => {
    const text = shape.kind === 'list' ? shape.of : shape;
    if (text.kind !== 'string' || !text.enum || path === codes) return [];
    const { values }: Enum = text.enum;
    return values.map(({ value }) => ({
      group: 'answer value',
      name: `${path} ${value}`,
      pinnedBy: ({ answer }) => valuesAt(answered(answer), steps).flat().includes(value),
    }));
  });
}
