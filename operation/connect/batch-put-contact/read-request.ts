/** Parsed JSON -> a request that keeps every bound, or what is wrong with it. Pure. */

import { cleanTest, isObject } from '../../aws/clean-form.ts';
import { LIMITS } from '../limits.ts';
import { BODY_SHAPE, CONTACT_SHAPE, type Shape } from './request-shape.ts';
import type { BatchPutContactBody, ContactDataRequest } from './shapes.ts';

/**
 * What reading a request gives.
 *
 * A `request` has only modelled members, null ones left out.
 */
export type ReadAs<Request> =
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly refusal: 'SerializationException'; readonly message: string }
  | { readonly ok: false; readonly refusal: 'InvalidRequestException'; readonly message: string };

export type ReadBody = ReadAs<BatchPutContactBody>;

/** Contacts are nearly all of a body, and nearly all of them are clean. */
const isCleanContact = cleanTest(CONTACT_SHAPE);

/** Thrown inside this file only, to leave the walk at the first wrong JSON type. */
class WrongType extends Error {}

/** AWS answers with no more than this many breaches in one message. */
const MAX_BREACHES = 10;

/** Reads a parsed body of BatchPutContact against the model. */
export function readBody(json: unknown): ReadBody {
  return readAs(json, BODY_SHAPE);
}

/**
 * Reads parsed JSON as a shape.
 *
 * A wrong JSON type is a SerializationException, a broken bound an InvalidRequestException
 * (assumed: which error Connect gives is unpublished; the wording is that of AWS's other services).
 *
 * @typeParam Request the type that values of the shape have.
 */
export function readAs<Request>(json: unknown, shape: Shape): ReadAs<Request> {
  const walk: Walk = { names: [], breaches: [] };
  try {
    const request = read(json, shape, walk) as Request;
    if (walk.breaches.length === 0) return { ok: true, request };
  } catch (error) {
    if (!(error instanceof WrongType)) throw error;
    return { ok: false, refusal: 'SerializationException', message: error.message };
  }
  const shown = walk.breaches.slice(0, MAX_BREACHES);
  const plural = shown.length === 1 ? 'error' : 'errors';
  return {
    ok: false,
    refusal: 'InvalidRequestException',
    message: `${shown.length} validation ${plural} detected: ${shown.join('; ')}`,
  };
}

/** UTF-8 bytes of all attribute keys and values of a contact together. */
export function attributesBytes(contact: ContactDataRequest): number {
  let bytes = 0;
  for (const key in contact.Attributes) {
    bytes += utf8Length(key) + utf8Length(contact.Attributes[key] as string);
  }
  return bytes;
}

/** Where the walk stands, as names from the body down, and what it found. */
interface Walk {
  readonly names: string[];
  readonly breaches: string[];
}

function read(value: unknown, shape: Shape, walk: Walk): unknown {
  switch (shape.kind) {
    case 'string':
      if (typeof value !== 'string') throw wrongType(walk, 'a string');
      if (shape.limit) checkLength(characters(value, shape.limit.max), shape.limit, walk);
      return value;
    case 'integer':
      if (typeof value !== 'number' || !Number.isInteger(value)) {
        throw wrongType(walk, 'an integer');
      }
      return value;
    case 'list':
      return readList(value, shape, walk);
    case 'map':
      return readMap(value, shape, walk);
    case 'structure':
      return readStructure(value, shape, walk);
  }
}

function readList(value: unknown, shape: Extract<Shape, { kind: 'list' }>, walk: Walk): unknown[] {
  if (!Array.isArray(value)) throw wrongType(walk, 'a list');
  if (shape.limit) checkLength(value.length, shape.limit, walk);
  return value.map((member, i) => {
    if (shape.of === CONTACT_SHAPE && isCleanContact(member)) return member;
    walk.names.push(`${i + 1}.member`);
    const clean = read(member, shape.of, walk);
    walk.names.pop();
    return clean;
  });
}

function readMap(
  value: unknown,
  shape: Extract<Shape, { kind: 'map' }>,
  walk: Walk,
): Record<string, string> {
  if (!isObject(value)) throw wrongType(walk, 'a map');
  // No prototype: "__proto__" is a legal attribute key and must stay an ordinary one.
  const clean: Record<string, string> = Object.create(null);
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === null) continue;
    walk.names.push(key);
    if (typeof member !== 'string') throw wrongType(walk, 'a string');
    checkLength(characters(key, shape.key.max), shape.key, walk);
    checkLength(characters(member, shape.value.max), shape.value, walk);
    walk.names.pop();
    clean[key] = member;
  }
  return clean;
}

function readStructure(
  value: unknown,
  shape: Extract<Shape, { kind: 'structure' }>,
  walk: Walk,
): Record<string, unknown> {
  if (!isObject(value)) throw wrongType(walk, 'a structure');
  const clean: Record<string, unknown> = {};
  for (const name in shape.members) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined || member === null) continue;
    walk.names.push(name);
    clean[name] = read(member, shape.members[name] as Shape, walk);
    walk.names.pop();
  }
  for (const name of shape.required ?? []) {
    if (name in clean) continue;
    walk.names.push(name);
    breach(walk, 'null ', 'Member must not be null');
    walk.names.pop();
  }
  return clean;
}

function checkLength(length: number, limit: { min?: number; max?: number }, walk: Walk): void {
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

/** Length in Unicode characters; exact only where it matters, which is past `max` UTF-16 units. */
function characters(text: string, max = Number.POSITIVE_INFINITY): number {
  if (text.length <= max) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    bytes += 1;
    // A surrogate pair is 4 bytes: 2 for each of its units. Any other unit past U+07FF is 3.
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 1;
  }
  return bytes;
}

function wrongType({ names }: Walk, expected: string): WrongType {
  return new WrongType(
    `Expected ${expected} at '${names.length ? memberPath(names) : 'the body'}'`,
  );
}

/** As AWS writes it: member names begin in lower case. */
function memberPath(names: readonly string[]): string {
  return names.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).join('.');
}

/** Whether a contact's attributes are over the published 32,768 bytes. */
export function hasOversizeAttributes(contact: ContactDataRequest): boolean {
  return attributesBytes(contact) > LIMITS.attributesBytes.max;
}
