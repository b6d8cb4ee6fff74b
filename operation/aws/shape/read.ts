/** Reads parsed JSON as a value of a shape within every bound, or says what is wrong with it. Pure. */

import { isObject } from '../json.ts';
import { type CleanTest, cleanTest } from './clean-form.ts';
import type { Limit } from './limit.ts';
import { wholly } from './pattern.ts';
import { queryValues } from './query.ts';
import type {
  ListShape,
  MapShape,
  NumberShape,
  RequestShape,
  Shape,
  StructureShape,
  TextShape,
  UnionShape,
} from './shapes.ts';
import { momentOf } from './timestamp.ts';

/**
 * The result of reading a request. A `request` has only modelled members; members that were null are left out.
 *
 * A wrong JSON type is found before any constraint. Which error a service gives for either is unpublished
 * (assumed, by its refusals); the wording is that of AWS's services.
 */
export type ReadAs<Request> =
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly wrong: 'type' | 'constraint'; readonly message: string };

/** The sources of the members of a request. */
export interface Sources {
  /** Labels of the URI by name, decoded. */
  readonly labels: Readonly<Record<string, string>>;
  /** As sent, without `?`. */
  readonly query: string;
  /** The parsed body; ignored if the request has no member in its body. */
  readonly json: unknown;
}

/** Thrown only inside this file, to stop the walk at the first wrong JSON type. */
class WrongType extends Error {}

/** The most breaches that AWS lists in one message. */
const MAX_BREACHES = 10;

/**
 * Reads parsed JSON as a shape.
 *
 * @typeParam Request the type that values of the shape have.
 */
export function readAs<Request>(json: unknown, shape: Shape): ReadAs<Request> {
  return conclude((walk) => read(json, shape, walk) as Request);
}

/**
 * Reads a request from its path, query and body.
 *
 * @typeParam Request the type that values of the shape have.
 */
export function readRequest<Request>(
  shape: RequestShape,
  { labels, query, json }: Sources,
  readsBody: boolean,
): ReadAs<Request> {
  return conclude((walk) => {
    if (readsBody && !isObject(json)) throw wrongType(walk, 'a structure');
    const { path = [], query: parameters = {} } = shape;
    return readMembers(shape, walk, (name) => {
      if (path.includes(name)) return labels[name];
      const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      if (parameter !== undefined) {
        return queryValues(query, parameter, shape.members[name] as Shape);
      }
      return Object.hasOwn(json as object, name) ? (json as Record<string, unknown>)[name] : null;
    }) as Request;
  });
}

/** The text of one breach of a constraint, as AWS services word it. */
export function breachOf(path: string, constraint: string): ReadAs<never> {
  return told([`Value at '${path}' failed to satisfy constraint: ${constraint}`]);
}

function conclude<Request>(reads: (walk: Walk) => Request): ReadAs<Request> {
  const walk: Walk = { names: [], breaches: [] };
  try {
    const request = reads(walk);
    return walk.breaches.length === 0 ? { ok: true, request } : told(walk.breaches);
  } catch (error) {
    if (!(error instanceof WrongType)) throw error;
    return { ok: false, wrong: 'type', message: error.message };
  }
}

function told(breaches: readonly string[]): ReadAs<never> {
  const shown = breaches.slice(0, MAX_BREACHES);
  const plural = shown.length === 1 ? 'error' : 'errors';
  return {
    ok: false,
    wrong: 'constraint',
    message: `${shown.length} validation ${plural} detected: ${shown.join('; ')}`,
  };
}

/** The current place of the walk, as names from the body down, and the breaches found so far. */
interface Walk {
  readonly names: string[];
  readonly breaches: string[];
}

function read(value: unknown, shape: Shape, walk: Walk): unknown {
  switch (shape.kind) {
    case 'string':
      return readText(value, shape, walk);
    case 'integer':
    case 'double':
      return readNumber(value, shape, walk);
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(walk, 'a boolean');
      return value;
    case 'timestamp':
      if (momentOf(value, shape.format) === null) throw wrongType(walk, 'a timestamp');
      return value;
    case 'list':
      return readList(value, shape, walk);
    case 'map':
      return readMap(value, shape, walk);
    case 'structure':
      return readStructure(value, shape, walk);
    case 'union':
      return readUnion(value, shape, walk);
  }
}

function readText(value: unknown, shape: TextShape, walk: Walk): string {
  if (typeof value !== 'string') throw wrongType(walk, 'a string');
  if (!shape.judgedBy) checkText(value, shape, walk);
  return value;
}

function checkText(text: string, { limit, pattern, enum: listed }: TextShape, walk: Walk): void {
  if (limit) checkLength(characters(text, limit.max), limit, walk);
  if (pattern !== undefined && !patternOf(pattern).test(text)) {
    breach(walk, '', `Member must satisfy regular expression pattern: ${pattern}`);
  }
  if (listed && !listed.values.some(({ value }) => value === text)) {
    const values = listed.values.map(({ value }) => value).join(', ');
    breach(walk, '', `Member must satisfy enum value set: [${values}]`);
  }
}

function readNumber(value: unknown, { kind, range, judgedBy }: NumberShape, walk: Walk): number {
  if (typeof value !== 'number' || (kind === 'integer' && !Number.isInteger(value))) {
    throw wrongType(walk, kind === 'integer' ? 'an integer' : 'a number');
  }
  if (judgedBy || !range) return value;
  if (range.max !== undefined && value > range.max) {
    breach(walk, '', `Member must have value less than or equal to ${range.max}`);
  } else if (range.min !== undefined && value < range.min) {
    breach(walk, '', `Member must have value greater than or equal to ${range.min}`);
  }
  return value;
}

/** Nearly all members of a body are clean. Clean members are taken without a copy. */
function readList(value: unknown, shape: ListShape, walk: Walk): unknown[] {
  if (!Array.isArray(value)) throw wrongType(walk, 'a list');
  if (shape.limit) checkLength(value.length, shape.limit, walk);
  const isClean = cleanTestOf(shape.of);
  return value.map((member, i) => {
    if (isClean(member)) return member;
    walk.names.push(`${i + 1}.member`);
    const clean = read(member, shape.of, walk);
    walk.names.pop();
    return clean;
  });
}

function readMap(value: unknown, shape: MapShape, walk: Walk): Record<string, unknown> {
  if (!isObject(value)) throw wrongType(walk, 'a map');
  // The object has no prototype, because "__proto__" is a legal key and must stay an ordinary one.
  const clean: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === null) continue;
    walk.names.push(key);
    checkText(key, shape.key, walk);
    clean[key] = read(member, shape.value, walk);
    walk.names.pop();
  }
  if (shape.limit) checkLength(Object.keys(clean).length, shape.limit, walk);
  return clean;
}

function readStructure(value: unknown, shape: StructureShape, walk: Walk): Record<string, unknown> {
  if (!isObject(value)) throw wrongType(walk, 'a structure');
  return readMembers(shape, walk, (name) => (Object.hasOwn(value, name) ? value[name] : undefined));
}

function readMembers(
  { members, required = [] }: StructureShape,
  walk: Walk,
  memberOf: (name: string) => unknown,
): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const name in members) {
    const member = memberOf(name);
    if (member === undefined || member === null) continue;
    walk.names.push(name);
    clean[name] = read(member, members[name] as Shape, walk);
    walk.names.pop();
  }
  for (const name of required) {
    if (name in clean) continue;
    walk.names.push(name);
    breach(walk, 'null ', 'Member must not be null');
    walk.names.pop();
  }
  return clean;
}

/** Any number of modelled members other than one counts as a wrong type (assumed). */
function readUnion(value: unknown, { members }: UnionShape, walk: Walk): Record<string, unknown> {
  const read = readStructure(value, { kind: 'structure', members }, walk);
  if (Object.keys(read).length !== 1) throw wrongType(walk, 'a union with exactly one member');
  return read;
}

function checkLength(length: number, limit: Limit, walk: Walk): void {
  if (limit.max !== undefined && length > limit.max) {
    breach(walk, '', `Member must have length less than or equal to ${limit.max}`);
  } else if (limit.min !== undefined && length < limit.min) {
    breach(walk, '', `Member must have length greater than or equal to ${limit.min}`);
  }
}

function breach({ names, breaches }: Walk, value: 'null ' | '', constraint: string): void {
  breaches.push(
    `Value ${value}at '${memberPath(names)}' failed to satisfy constraint: ${constraint}`,
  );
}

/** Length in Unicode characters. It is exact only above `max` UTF-16 units, where it matters. */
function characters(text: string, max = Number.POSITIVE_INFINITY): number {
  if (text.length <= max) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function wrongType({ names }: Walk, expected: string): WrongType {
  return new WrongType(
    `Expected ${expected} at '${names.length ? memberPath(names) : 'the body'}'`,
  );
}

/** A place as AWS writes it: member names begin with a lower-case letter. */
function memberPath(names: readonly string[]): string {
  return names.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).join('.');
}

/** Caches what is made for a shape or a pattern. Both are few and last as long as the process. */
const cleanTests = new WeakMap<Shape, CleanTest>();
const patterns = new Map<string, RegExp>();

function cleanTestOf(shape: Shape): CleanTest {
  let test = cleanTests.get(shape);
  if (!test) {
    test = cleanTest(shape);
    cleanTests.set(shape, test);
  }
  return test;
}

function patternOf(pattern: string): RegExp {
  let expression = patterns.get(pattern);
  if (!expression) {
    expression = wholly(pattern);
    patterns.set(pattern, expression);
  }
  return expression;
}
