/**
 * The examples of docs/in-process.md, docs/dial-lists.md, docs/campaigns.md and
 * docs/contact-events.md are tests: each is run as it stands there.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { readSeed } from '../../emulator/seed.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';

const PAGES = ['in-process.md', 'dial-lists.md', 'campaigns.md', 'contact-events.md'];
const textOf = (page: string) => readFileSync(join(PACKAGE_ROOT, 'docs', page), 'utf8');
const blocks = (page: string, language: string) =>
  [...textOf(page).matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
    ([, text = '']) => text,
  );

/** What the page imports, from the sources. */
const MODULES: Readonly<Record<string, () => unknown>> = {
  dialproof: () => require('../../door/index.ts'),
  'dialproof/contracts': () => require('../../door/contracts.ts'),
  'dialproof/generators': () => require('../../door/generators.ts'),
  'dialproof/jest': () => require('../../door/jest.ts'),
};

test('the pages have examples', () => {
  const counts = PAGES.map((page) => blocks(page, 'ts').length);
  expect(counts).toEqual([expect.any(Number), 1, 3, 2]);
  expect(counts[0]).toBeGreaterThan(5);
});

const EXAMPLES = PAGES.flatMap((page) =>
  blocks(page, 'ts').map((text, i) => [page, i + 1, text] as const),
);

describe.each(EXAMPLES)('%s, example %i', (_page, _number, text) => {
  const { code } = transformSync(text, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const load = (name: string) => MODULES[name]?.() ?? require(name);
  new Function('require', 'exports', code)(load, {});
});

test('the seed on the page is one', () => {
  const [seed = ''] = blocks('in-process.md', 'json');
  const facts = ordinaryFacts();
  const read = readSeed(JSON.parse(seed), facts);
  expect(read.keys).toHaveLength(1);
  expect(read.addedTo(facts).instances[0]?.campaigns).toEqual(['spring', 'autumn']);
});
