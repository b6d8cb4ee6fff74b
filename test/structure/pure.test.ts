/** The campaign engine is pure: its sources name no clock, no timer, no source of chance and no I/O. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSourceFile,
  forEachChild,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  ScriptTarget,
} from 'typescript';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { readSources } from './imports.ts';

const IMPURE = new Set(
  [
    'Date Math.random crypto performance Intl process console fetch require globalThis',
    'setTimeout setInterval setImmediate queueMicrotask',
  ].flatMap((names) => names.split(' ')),
);

/** What a source names that is not pure. Names of members are not read, but for Math.random. */
function impure(source: string): string[] {
  const found: string[] = [];
  const file = createSourceFile('source.ts', source, ScriptTarget.Latest, true);
  const visit = (node: Node): void => {
    if (isPropertyAccessExpression(node)) {
      const name = `${node.expression.getText(file)}.${node.name.text}`;
      if (IMPURE.has(name)) found.push(name);
      visit(node.expression);
      return;
    }
    if (isIdentifier(node) && IMPURE.has(node.text)) found.push(node.text);
    forEachChild(node, visit);
  };
  visit(file);
  return found;
}

it('its sources name nothing impure', () => {
  const { files } = readSources(PACKAGE_ROOT, ['campaigns']);
  expect(files.length).toBeGreaterThan(15);
  const named = files.flatMap((file) =>
    impure(readFileSync(join(PACKAGE_ROOT, file), 'utf8')).map((name) => `${file}: ${name}`),
  );
  expect(named).toEqual([]);
});

it.each([
  ['const now = Date.now();', ['Date']],
  ['return new Date();', ['Date']],
  ['const x = Math\n  .random();', ['Math.random']],
  [`const x = \`a \${f(\`b \${Date.now()}\`)} c\`;`, ['Date']],
  ['setTimeout(() => {}, 1);', ['setTimeout']],
  ['if (process.env.A) console.log(1);', ['process', 'console']],
  ['// Date.now()\nconst processed = endDate(campaign.process, "Date", Math.round(2));', []],
])('%j names %j', (source, names) => {
  expect(impure(source)).toEqual(names);
});
