/** Examples and breaches of a published model, made from its extract alone: nothing here reads the definition. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Extract, ModelShape, Reference } from '../../models/model.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';

export function readExtract(name: string): Extract {
  return JSON.parse(
    readFileSync(join(PACKAGE_ROOT, 'models', 'extracts', `${name}.json`), 'utf8'),
  ) as Extract;
}

/** Texts, of which at least one fits each pattern of the models. */
const TEXTS = [
  'arn:aws:connect-campaigns:us-east-1:123456789012:campaign/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  '0123456789abcdef0123456789abcdef',
  'arn:aws:lambda:us-east-1:123456789012:function:name',
  'campaigns@example.com',
  '+12065550100',
  'a b/c?d&e=f%C3%A9é💬',
  'Europe/Berlin',
  'PT5H',
  'P1D',
  'T23:11',
  '2026-11-29',
  'name',
];

/** How many variants are enough to have each member of each union, and both ends of each bound. */
export const VARIANTS = 8;

export function fits({ pattern, min = 0, max = 1e6 }: ModelShape, text: string): boolean {
  const length = [...text].length;
  const matches = pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text);
  return matches && length >= min && length <= max;
}

/** A value that the model allows. Timestamps are Dates, as in the input of the SDK. */
export function exampleOf(extract: Extract, { shape: name }: Reference, variant: number): unknown {
  const shape = extract.shapes[name] as ModelShape;
  const { min, max } = shape;
  const of = (part: Reference | undefined, by = 0) =>
    exampleOf(extract, part as Reference, variant + by);
  switch (shape.type) {
    case 'string':
      return textOf(shape, name, variant);
    case 'boolean':
      return variant % 2 === 0;
    case 'timestamp':
      return new Date(Date.UTC(2026, 10, 29, 12, 34, 56, variant % 2 === 0 ? 0 : 789));
    case 'list': {
      const length = variant % 2 === 0 ? Math.max(min ?? 0, 1) : Math.min(max ?? 3, 3);
      return Array.from({ length }, (_, i) => of(shape.member, i));
    }
    case 'map':
      return Object.fromEntries([0, 1].map((i) => [of(shape.key, i), of(shape.value, i)]));
    case 'structure': {
      const members = Object.entries(shape.members ?? {});
      const chosen = shape.union
        ? [members[variant % members.length] as (typeof members)[number]]
        : members.filter(([member]) => variant % 5 !== 4 || shape.required?.includes(member));
      return Object.fromEntries(chosen.map(([member, part]) => [member, of(part)]));
    }
    default:
      return variant % 2 === 0 ? (min ?? 0) : (max ?? (min ?? 0) + 1);
  }
}

function textOf(shape: ModelShape, name: string, variant: number): string {
  if (shape.enum) return shape.enum[variant % shape.enum.length] as string;
  const fitting = TEXTS.filter((text) => fits(shape, text));
  const found = fitting[variant % fitting.length];
  if (found === undefined) throw new Error(`no text of the examples fits ${name}`);
  return found;
}

/** A value as JSON has it: dates as the SDKs write them. */
export function asJson(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'string' ? one.replace(/^(\d{4}-.*)\.000Z$/, '$1Z') : one,
    ),
  );
}

export interface Breach {
  /** The place, and what is wrong. */
  readonly what: string;
  readonly value: unknown;
}

/** Copies of a good value, each with one breach of a bound, at each place inside the value. */
export function breachesOf(extract: Extract, { shape: name }: Reference, good: unknown): Breach[] {
  const shape = extract.shapes[name] as ModelShape;
  const inside = (part: Reference, value: unknown, at: string, put: (value: unknown) => unknown) =>
    breachesOf(extract, part, value).map((one) => ({
      what: `${at}${one.what}`,
      value: put(one.value),
    }));
  const wrong = (what: string, value: unknown): Breach => ({ what: `: ${what}`, value });
  const { min, max } = shape;
  switch (shape.type) {
    case 'string':
      return [
        ...(shape.enum ? [wrong('a value that is not listed', 'Never')] : []),
        ...(max === undefined ? [] : [wrong('too long', 'x'.repeat(max + 1))]),
        ...(min ? [wrong('too short', 'x'.repeat(min - 1))] : []),
        ...(shape.pattern === undefined
          ? []
          : TEXTS.concat(' ', '')
              .filter((text) => !fits(shape, text))
              .map((text) => wrong(`the text ${text}`, text))),
      ];
    case 'integer':
    case 'double':
      return [
        ...(max === undefined ? [] : [wrong('too high', max + 1)]),
        ...(min === undefined ? [] : [wrong('too low', min - 1)]),
      ];
    case 'list': {
      const list = good as readonly unknown[];
      return [
        ...(max === undefined ? [] : [wrong('too many', Array(max + 1).fill(list[0]))]),
        ...(min ? [wrong('too few', list.slice(0, min - 1))] : []),
        ...inside(shape.member as Reference, list[0], '[]', (value) => [value, ...list.slice(1)]),
      ];
    }
    case 'map': {
      const [[key, value]] = Object.entries(good as object) as [[string, unknown]];
      return [
        ...inside(shape.key as Reference, key, '{key}', (other) => ({ [other as string]: value })),
        ...inside(shape.value as Reference, value, '{value}', (other) => ({ [key]: other })),
      ];
    }
    case 'structure': {
      const value = good as Readonly<Record<string, unknown>>;
      const { members = {}, required = [] } = shape;
      return [
        ...required.map((member) => {
          const { [member]: _, ...rest } = value;
          return wrong(`without ${member}`, rest);
        }),
        ...Object.entries(value).flatMap(([member, one]) =>
          inside(members[member] as Reference, one, `.${member}`, (other) => ({
            ...value,
            [member]: other,
          })),
        ),
      ];
    }
    default:
      return [];
  }
}
