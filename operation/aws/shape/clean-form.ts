/** Tests whether parsed JSON already has the form that reading would give it, so that no copy is needed. */

import { isObject } from '../json.ts';
import type { Limit } from './limit.ts';
import { wholly } from './pattern.ts';
import type { MapShape, NumberShape, Shape, StructureShape, TextShape } from './shapes.ts';
import { momentOf } from './timestamp.ts';

/** Returns true only for a value within every bound. A false result does not mean that the value is wrong. */
export type CleanTest = (value: unknown) => boolean;

/**
 * Makes the test for a shape. A value passes if it has only modelled members and no member is null. Most bodies
 * that clients send pass.
 */
export function cleanTest(shape: Shape): CleanTest {
  switch (shape.kind) {
    case 'string':
      return textTest(shape);
    case 'integer':
    case 'double':
      return numberTest(shape);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'timestamp':
      return (value) => momentOf(value, shape.format) !== null;
    case 'list': {
      const member = cleanTest(shape.of);
      return (value) =>
        Array.isArray(value) && isWithin(value, shape.limit) && value.every((one) => member(one));
    }
    case 'map':
      return mapTest(shape);
    case 'structure':
      return structureTest(shape);
    case 'union': {
      const isClean = structureTest({ kind: 'structure', members: shape.members });
      return (value) => isClean(value) && Object.keys(value as object).length === 1;
    }
  }
}

function textTest(shape: TextShape): CleanTest {
  const { limit, pattern, enum: listed, judgedBy } = shape;
  if (judgedBy || isPlain(shape)) return lengthTest(judgedBy ? undefined : limit);
  const isWithinLimit = lengthTest(limit);
  const matches = pattern === undefined ? null : wholly(pattern);
  const values = listed && new Set(listed.values.map(({ value }) => value));
  return (value) =>
    isWithinLimit(value) &&
    (matches?.test(value as string) ?? true) &&
    (values?.has(value as string) ?? true);
}

/** One function serves every text with only a length bound or no bound: calls are fast if there are few functions. */
function lengthTest(limit: Limit | undefined): CleanTest {
  return (value) => typeof value === 'string' && isWithin(value, limit);
}

function numberTest({ kind, range, judgedBy }: NumberShape): CleanTest {
  const isNumber: CleanTest =
    kind === 'integer' ? Number.isInteger : (value) => typeof value === 'number';
  if (!range || judgedBy) return isNumber;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range;
  return (value) => isNumber(value) && (value as number) >= min && (value as number) <= max;
}

function mapTest({ key, value, limit }: MapShape): CleanTest {
  if (value.kind === 'string' && isPlain(key) && isPlain(value) && !limit) {
    return plainMapTest(key.limit, value.limit);
  }
  const [isKey, isValue] = [textTest(key), cleanTest(value)];
  return (map) => {
    if (!isObject(map)) return false;
    let length = 0;
    for (const name in map) {
      if (!isValue(map[name]) || !isKey(name)) return false;
      length += 1;
    }
    return isWithin({ length }, limit);
  };
}

/** Whether a text has no bound other than that of its length. */
function isPlain({ pattern, enum: listed, judgedBy }: TextShape): boolean {
  return pattern === undefined && listed === undefined && judgedBy === undefined;
}

/** Most of a body is maps, so this loop calls no function for an entry. */
function plainMapTest(keyLimit: Limit | undefined, valueLimit: Limit | undefined): CleanTest {
  return (map) => {
    if (!isObject(map)) return false;
    for (const name in map) {
      const value = map[name];
      if (typeof value !== 'string' || !isWithin(value, valueLimit)) return false;
      if (!isWithin(name, keyLimit)) return false;
    }
    return true;
  };
}

function structureTest(shape: StructureShape): CleanTest {
  const names = Object.keys(shape.members);
  const tests = Object.values(shape.members).map(cleanTest);
  const required = shape.required ?? [];
  return (value) => {
    if (!isObject(value)) return false;
    for (const name in value) {
      const test = tests[names.indexOf(name)];
      if (test === undefined || !test(value[name])) return false;
    }
    return required.every((name) => Object.hasOwn(value, name));
  };
}

/** Counts UTF-16 units: a text has at least as many units as characters. */
function isWithin({ length }: { length: number }, limit: Limit | undefined): boolean {
  return limit === undefined || (length >= (limit.min ?? 0) && length <= (limit.max ?? length));
}
