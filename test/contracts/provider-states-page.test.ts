/** The page and the schema of provider states say what the contracts send. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATE_NAMES } from '../../contracts/agreement/states.ts';
import { allContracts } from '../../contracts/contract-list.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';

const read = (name: string): string => readFileSync(join(PACKAGE_ROOT, 'docs', name), 'utf8');

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
}

interface Page {
  readonly properties: { readonly state: Schema };
  readonly allOf: readonly {
    readonly if: { readonly properties: { readonly state: { readonly const: string } } };
    readonly then: { readonly properties: { readonly params: Schema } };
  }[];
}

const SCHEMA = JSON.parse(read('provider-states.schema.json')) as Page;

const paramsOf = (name: string): Schema =>
  SCHEMA.allOf.find((one) => one.if.properties.state.const === name)?.then.properties.params ?? {};

/** Where a value is not what the schema says. Members that the schema does not have are wrong too. */
function wrong(value: unknown, schema: Schema, at = 'params'): string[] {
  if (schema.enum) return schema.enum.includes(value) ? [] : [at];
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const named = type === 'number' && Number.isInteger(value) ? 'integer' : type;
  if (!types.includes(named)) return [at];
  if (Array.isArray(value)) {
    return value.flatMap((one, i) => wrong(one, schema.items ?? {}, `${at}[${i}]`));
  }
  const { properties, required = [], additionalProperties } = schema;
  if (type !== 'object' || (!properties && !additionalProperties)) return [];
  const members = value as Record<string, unknown>;
  return [
    ...required.filter((name) => !Object.hasOwn(members, name)).map((name) => `${at}.${name}`),
    ...Object.entries(members).flatMap(([name, one]) =>
      wrong(one, properties?.[name] ?? additionalProperties ?? {}, `${at}.${name}`),
    ),
  ];
}

test('the page and the schema have every state, and no other', () => {
  const sections = read('provider-states.md').match(/^### `(.+)`$/gm) ?? [];
  const names = sections.map((line) => line.slice(5, -1)).sort();
  expect(names).toEqual([...STATE_NAMES].sort());
  expect([...(SCHEMA.properties.state.enum ?? [])].sort()).toEqual(names);
});

test('every state that a contract sends is as the schema says', () => {
  const given = allContracts().flatMap(({ interactions }) =>
    interactions.flatMap((one) => one.given),
  );
  expect(given.length).toBeGreaterThan(300);
  for (const { name, params } of given) {
    expect([name, ...wrong(JSON.parse(JSON.stringify(params)), paramsOf(name))]).toEqual([name]);
  }
});

test('a parameter that is missing, wrong or strange is found', () => {
  const schema = paramsOf('a contact fails');
  expect(wrong({ customerAddress: 7, strange: 'x' }, schema)).toEqual([
    'params.failureReasonCode',
    'params.customerAddress',
    'params.strange',
  ]);
});
