/** The cells for the bounds of an operation's shapes. A cell is a value at an edge, or one past it. */

import type { Limit } from '../../operation/aws/shape/limit.ts';
import { wholly } from '../../operation/aws/shape/pattern.ts';
import { bodyOf, type NumberShape } from '../../operation/aws/shape/shapes.ts';
import { edgesOf } from '../agreement/edges.ts';
import type { Interaction } from '../agreement/interaction.ts';
import { type Place, placesIn, valuesAt } from '../agreement/places.ts';
import { type Cell, never } from './cell.ts';
import type { AnyDefinition, Reading } from './reading.ts';

export function boundCells(operation: AnyDefinition, reading: Reading): Cell[] {
  const body = placesIn(bodyOf(operation.input));
  const outside = placesIn(operation.input).filter(
    ({ path }) => !body.some((place) => place.path === path),
  );
  return [
    ...body.flatMap((place) => [
      ...lengthCells(place, reading),
      ...rangeCells(operation, place, reading),
      ...patternCells(place, reading),
    ]),
    ...outside.flatMap((place) => [
      ...lengthCells(place, reading),
      ...patternCells(place, reading),
    ]),
    ...body.flatMap((place) => mapCells(operation, place)),
    ...answerCells(operation),
  ];
}

function cell(name: string, pinnedBy: Cell['pinnedBy'] = never): Cell {
  return { group: 'bound', name, pinnedBy };
}

/** A value that a look-up judges is not refused for its length, so no interaction pins its lengths. */
function lengthCells({ path, steps, shape }: Place, { isInvalid }: Reading): Cell[] {
  if ((shape.kind !== 'string' && shape.kind !== 'list') || !shape.limit) return [];
  const judged = shape.kind === 'string' && shape.judgedBy !== undefined;
  return edgesOf(shape.limit).map(({ length, inside }) =>
    cell(
      `${path} of ${length}`,
      ({ request, answer }) =>
        !judged &&
        valuesAt(request, steps).some((value) => (value as { length: number }).length === length) &&
        (inside ? answer.kind === 'result' : isInvalid(answer)),
    ),
  );
}

function rangeCells(
  { lists }: AnyDefinition,
  { path, steps, shape }: Place,
  { itemsOf, fateOf, isInvalid }: Reading,
): Cell[] {
  if ((shape.kind !== 'integer' && shape.kind !== 'double') || !shape.range) return [];
  const inItem = lists && steps[0] === lists.items ? steps.slice(2) : steps;
  const isJudged = (interaction: Interaction, value: number, inside: boolean): boolean =>
    itemsOf(interaction).some((item) => {
      if (!valuesAt(item, inItem).includes(value)) return false;
      const fate = fateOf(interaction, item);
      return fate !== null && (fate === 'CREATED') === inside;
    });
  return rangeEdges(shape).map(({ value, inside }) =>
    cell(`${inItem === steps ? path : steps.at(-1)} of ${value}`, (interaction) => {
      if (shape.judgedBy === 'item') return isJudged(interaction, value, inside);
      const { request, answer } = interaction;
      return (
        valuesAt(request, steps).includes(value) &&
        (inside ? answer.kind === 'result' : isInvalid(answer))
      );
    }),
  );
}

/** Returns the minimum and the maximum, and the next value outside each. */
function rangeEdges({ range: { min, max } = {} as Limit }: NumberShape) {
  return [
    ...(min === undefined
      ? []
      : [
          { value: min, inside: true },
          { value: min - 1, inside: false },
        ]),
    ...(max === undefined
      ? []
      : [
          { value: max, inside: true },
          { value: max + 1, inside: false },
        ]),
  ];
}

function patternCells({ path, steps, shape }: Place, { isInvalid }: Reading): Cell[] {
  if (shape.kind !== 'string' || shape.pattern === undefined || shape.judgedBy) return [];
  const pattern = wholly(shape.pattern);
  return [
    cell(
      `${path} outside its pattern`,
      ({ request, answer }) =>
        isInvalid(answer) && valuesAt(request, steps).some((value) => !pattern.test(String(value))),
    ),
  ];
}

function mapCells({ lists }: AnyDefinition, { path, shape }: Place): Cell[] {
  if (shape.kind !== 'map') return [];
  const before = lists ? `${lists.items}[].` : '';
  const name = path.startsWith(before) ? path.slice(before.length) : path;
  const bounds: readonly (readonly [string, Limit | undefined])[] = [
    ['a key', shape.key.limit],
    ['a value', 'limit' in shape.value ? shape.value.limit : undefined],
    ['UTF-8 bytes in all', shape.bytes],
  ];
  return bounds.flatMap(([what, limit]) =>
    limit ? edgesOf(limit).map(({ length }) => cell(`${name}: ${what} of ${length}`)) : [],
  );
}

/** A member of the answer that shares its bound with a member of the request gets no cells here. */
function answerCells({ input, output }: AnyDefinition): Cell[] {
  const asked = new Set(placesIn(input).map(limitOf));
  return placesIn(output).flatMap((place) => {
    const limit = limitOf(place);
    if (!limit || asked.has(limit)) return [];
    return edgesOf(limit).map(({ length }) => cell(`${place.path} of ${length}`));
  });
}

function limitOf({ shape }: Place): Limit | undefined {
  return 'limit' in shape ? shape.limit : undefined;
}
