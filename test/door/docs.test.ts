/** The examples of docs/in-process.md are tests: each is run as it stands there. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { readSeed } from '../../emulator/seed.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';

const page = readFileSync(join(PACKAGE_ROOT, 'docs', 'in-process.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
    ([, text = '']) => text,
  );

/** What the page imports, from the sources. */
const MODULES: Readonly<Record<string, () => unknown>> = {
  dialproof: () => require('../../door/index.ts'),
  'dialproof/generators': () => require('../../door/generators.ts'),
  'dialproof/jest': () => require('../../door/jest.ts'),
};

test('the page has examples', () => {
  expect(blocks('ts').length).toBeGreaterThan(5);
});

describe.each(blocks('ts').map((text, i) => [i + 1, text] as const))('example %i', (_, text) => {
  const { code } = transformSync(text, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const load = (name: string) => MODULES[name]?.() ?? require(name);
  new Function('require', 'exports', code)(load, {});
});

test('the seed on the page is one', () => {
  const [seed = ''] = blocks('json');
  const facts = ordinaryFacts();
  const read = readSeed(JSON.parse(seed), facts);
  expect(read.keys).toHaveLength(1);
  expect(read.addedTo(facts).instances[0]?.campaigns).toEqual(['spring', 'autumn']);
});
