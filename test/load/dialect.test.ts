/** What k6's interpreter cannot run must not get into a load script, nor into what scripts import. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { PACKAGE_ROOT } from '../../system/package.ts';

const FOLDERS = ['operation', 'load/scenarios', 'load/lib'];
const SOURCES = FOLDERS.flatMap((folder) =>
  readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

/** Constructs of a source that k6 hangs on, rejects, or silently gets wrong. */
function foreign(source: string): string[] {
  const file = ts.createSourceFile('script.ts', source, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isForOfStatement(node) && node.awaitModifier) found.push('for await');
    if (ts.isRegularExpressionLiteral(node) && /\\[pP]\{/.test(node.text)) {
      found.push('unicode property escape');
    }
    if (
      ts.isRegularExpressionLiteral(node) &&
      /v[a-z]*$/.test(node.text.slice(node.text.lastIndexOf('/')))
    ) {
      found.push('regex v flag');
    }
    if (ts.isDecorator(node)) found.push('decorator');
    if (ts.isVariableDeclarationList(node) && node.flags & ts.NodeFlags.Using) found.push('using');
    if (ts.isImportDeclaration(node) && node.attributes) found.push('import attributes');
    if (
      (ts.isFunctionDeclaration(node) ||
        ts.isFunctionExpression(node) ||
        ts.isMethodDeclaration(node)) &&
      node.asteriskToken &&
      node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
    ) {
      found.push('async generator');
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('the dialect of load scripts', () => {
  it.each(SOURCES)('%s has nothing that k6 cannot run', (path) => {
    expect(foreign(readFileSync(join(PACKAGE_ROOT, path), 'utf8'))).toEqual([]);
  });

  it.each([
    ['for await', 'async function f(x) { for await (const y of x) {} }'],
    ['async generator', 'async function* f() {}'],
    ['unicode property escape', 'const r = /\\p{L}/u;'],
    ['regex v flag', 'const r = /a/v;'],
    ['decorator', '@d class A {}'],
    ['using', '{ using x = y; }'],
    ['import attributes', "import d from './d.json' with { type: 'json' };"],
  ])('is guarded against: %s', (name, source) => {
    expect(foreign(source)).toEqual([name]);
  });
});
