/** Sentences are for people: no source asks what one says. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { PACKAGE_ROOT } from '../../system/package.ts';

const ENGLISH = 'reports/english';
/** Folders that say nothing: they have no sentence to look into. */
const SILENT = [
  'system',
  'operation',
  'run',
  'feeders',
  'generators',
  'emulator',
  'contracts',
  'load',
];
const SPEAKING = ['reports', 'cli'];

const sourcesIn = (folders: readonly string[]) =>
  folders.flatMap((folder) =>
    readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );

const SOURCES = sourcesIn([...SILENT, ...SPEAKING]).filter((name) => !name.startsWith(ENGLISH));

const LOOKS = ['includes', 'startsWith', 'endsWith', 'match', 'matchAll', 'search', 'indexOf'];
const TESTS = ['test', 'exec'];
const COMPARES = [
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
];

/** Where a source looks into a sentence, or asks for the kind that stands for an old one. */
function looksIn(source: string): string[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.ESNext, true);
  const sentences = new Set<string>();
  const found: string[] = [];
  const isSentence = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && sentences.has(node.text) && !isMember(node)) ||
    // What the body of a longer function does is its own.
    (!(
      ts.isFunctionLike(node) &&
      'body' in node &&
      node.body &&
      ts.isBlock(node.body as ts.Node)
    ) &&
      (ts.forEachChild(node, (child) => isSentence(child) || undefined) ?? false));
  const gather = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && /\/english\//.test(node.moduleSpecifier.getText())) {
      const names = node.importClause?.namedBindings;
      if (names && ts.isNamedImports(names))
        for (const { name } of names.elements) sentences.add(name.text);
    }
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      if (isSentence(node.initializer)) sentences.add(node.name.text);
    }
    // `sentences.find((one) => …)`: what its function is given is a sentence too.
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      for (const given of isSentence(node.expression.expression) ? node.arguments : []) {
        const [first] = ts.isArrowFunction(given) ? given.parameters : [];
        if (first && ts.isIdentifier(first.name)) sentences.add(first.name.text);
      }
    }
    ts.forEachChild(node, gather);
  };
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression;
      const isLook = LOOKS.includes(name.text) && isSentence(expression);
      const isTest = TESTS.includes(name.text) && node.arguments.some(isSentence);
      if (isLook || isTest) found.push(node.getText());
    }
    if (ts.isBinaryExpression(node) && COMPARES.includes(node.operatorToken.kind)) {
      const sides = [node.left, node.right];
      const isOldKind =
        sides.some((side) => ts.isPropertyAccessExpression(side) && side.name.text === 'kind') &&
        sides.some((side) => ts.isStringLiteral(side) && side.text === 'text');
      // Whether there is a sentence may be asked.
      const isNothing = sides.some(
        (side) =>
          side.kind === ts.SyntaxKind.NullKeyword || (ts.isStringLiteral(side) && side.text === ''),
      );
      if (isOldKind || (!isNothing && sides.some(isSentence))) found.push(node.getText());
    }
    ts.forEachChild(node, look);
  };
  gather(file);
  look(file);
  return found;
}

/** `a.said`, which is a member of that name and no sentence. */
function isMember(node: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

const textOf = (name: string) => readFileSync(join(PACKAGE_ROOT, name), 'utf8');

it.each(SOURCES)('%s looks into no sentence', (name) => {
  expect(looksIn(textOf(name))).toEqual([]);
});

it('only reports and commands say anything', () => {
  const saying = sourcesIn(SILENT).filter((name) => /from '[^']*reports\//.test(textOf(name)));
  expect(saying).toEqual([]);
});

const IMPORTED = "import { runReasonSaid as said, findingSaid } from '../english/run.ts';\n";

it.each([
  "if (run.reasons.some((one) => said(one).includes('is lost'))) fail();",
  "const met = load.findings.map(findingSaid).find((one) => one.startsWith('Faults met'));",
  "const lost = run.reasons.map((one) => said(one)).filter((text) => text.endsWith('lost'));",
  "const all = run.reasons.map(said);\nconst first = all[0];\nif (first.startsWith('Load')) fail();",
  'const odd = /is lost/.test(said(reason));',
  "const same = said(reason) === 'No request was made.';",
  "const old = reason.kind === 'text';",
])('finds what looks into one: %s', (planted) => {
  expect(looksIn(IMPORTED + planted)).toHaveLength(1);
});

it.each([
  "const line = detail === null ? 'no detail' : said(detail);",
  'const shown = found.detail && said(found.detail);\nif (shown !== null) print(shown);',
  "const held = reasons.some(({ kind }) => kind === 'interrupted');",
])('lets be what only says: %s', (fine) => {
  expect(looksIn(IMPORTED + fine)).toEqual([]);
});
