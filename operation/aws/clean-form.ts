/** Whether parsed JSON already has the form that reading gives it, so that it need not be copied. */

import type { Shape } from '../connect/batch-put-contact/request-shape.ts';
import type { Limit } from '../connect/limits.ts';

/** True only for a value that keeps every bound; false says nothing about what is wrong, if anything. */
export type CleanTest = (value: unknown) => boolean;

/** A test for a shape: only modelled members, none of them null. Most bodies that clients send pass it. */
export function cleanTest(shape: Shape): CleanTest {
  switch (shape.kind) {
    case 'string':
      return (value) => typeof value === 'string' && isWithin(value, shape.limit);
    case 'integer':
      return Number.isInteger;
    case 'list': {
      const member = cleanTest(shape.of);
      return (value) =>
        Array.isArray(value) && isWithin(value, shape.limit) && value.every((one) => member(one));
    }
    case 'map':
      return mapTest(shape.key, shape.value);
    case 'structure':
      return structureTest(shape);
  }
}

function mapTest(keyLimit: Limit, valueLimit: Limit): CleanTest {
  return (value) => {
    if (!isObject(value)) return false;
    for (const key in value) {
      const member = value[key];
      if (typeof member !== 'string' || !isWithin(member, valueLimit)) return false;
      if (!isWithin(key, keyLimit)) return false;
    }
    return true;
  };
}

function structureTest(shape: Extract<Shape, { kind: 'structure' }>): CleanTest {
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

/** By UTF-16 units, of which a text has at least as many as characters. */
function isWithin({ length }: { length: number }, limit: Limit | undefined): boolean {
  return limit === undefined || (length >= (limit.min ?? 0) && length <= (limit.max ?? length));
}

/** Whether parsed JSON is an object, not null and not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
