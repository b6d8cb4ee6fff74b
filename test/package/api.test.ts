/** The text of the API changes with the API, and with nothing else. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiOf } from '../../build/api.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

function textOf(declarations: string): string {
  const file = join(dir, 'index.d.ts');
  writeFileSync(file, declarations);
  return apiOf([file], dir)[0] ?? '';
}

const BEFORE = `
  interface Hidden { readonly a: 'x' | 'y' }
  declare const ROWS: { readonly one: { readonly meaning: "a sentence" } };
  export type Name = keyof typeof ROWS;
  export declare function f(hidden: Hidden, rows: typeof ROWS): Name;
`;

test.each([
  ['a comment', "readonly a: 'x'", "/** Told. */ readonly a: 'x'"],
  ['the order of a union', "'x' | 'y'", "'y' | 'x'"],
  ['a sentence in a table', 'a sentence', 'another'],
])('%s is none', (_, from, to) => {
  expect(textOf(BEFORE.replace(from, to))).toBe(textOf(BEFORE));
});

test.each([
  ['a member of what an export names', 'readonly a:', 'readonly b:'],
  ['a member of a union', "| 'y'", "| 'z'"],
  ['a row of a table', 'readonly one:', 'readonly two:'],
  ['a parameter', 'hidden: Hidden', 'hidden?: Hidden'],
  ['an export', 'export declare function f', 'export declare function g'],
])('%s is one', (_, from, to) => {
  expect(textOf(BEFORE.replace(from, to))).not.toBe(textOf(BEFORE));
});
