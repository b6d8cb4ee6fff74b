/** Converts a value of a shape to a list. Two lists are equal exactly if the two values mean the same. Pure. */

import type { MapShape, Shape, StructureShape, UnionShape } from './shapes.ts';
import { momentOf } from './timestamp.ts';

/** Values in a fixed order. An absent member is null; lists and maps begin with their size. */
export type Flat = (string | number | boolean | null)[];

/** Adds a value to a flat list. */
export type Flattener = (value: unknown, flat: Flat) => void;

/** Members are added in the order of the model, map entries in the order of their keys. */
export function flattener(shape: Shape): Flattener {
  switch (shape.kind) {
    case 'string':
    case 'integer':
    case 'double':
    case 'boolean':
      return (value, flat) => flat.push(value as string | number | boolean);
    case 'timestamp':
      // The same moment can be written in many ways.
      return (value, flat) => flat.push(momentOf(value, shape.format));
    case 'list': {
      const member = flattener(shape.of);
      return (value, flat) => {
        const members = value as readonly unknown[];
        flat.push(members.length);
        for (const one of members) member(one, flat);
      };
    }
    case 'map':
      return mapFlattener(shape);
    case 'structure':
    case 'union':
      return structureFlattener(shape);
  }
}

function structureFlattener({ members }: StructureShape | UnionShape): Flattener {
  const names = Object.keys(members);
  const flatteners = Object.values(members).map(flattener);
  return (value, flat) => {
    // A structure without members is not the same as an absent one.
    flat.push(names.length);
    for (let i = 0; i < names.length; i += 1) {
      const member = (value as Record<string, unknown>)[names[i] as string];
      if (member === undefined) flat.push(null);
      else flatteners[i]?.(member, flat);
    }
  };
}

function mapFlattener({ value: shape }: MapShape): Flattener {
  const flattenValue = flattener(shape);
  return (value, flat) => {
    const map = value as Record<string, unknown>;
    const keys = Object.keys(map).sort();
    flat.push(keys.length);
    for (const key of keys) {
      flat.push(key);
      flattenValue(map[key], flat);
    }
  };
}
