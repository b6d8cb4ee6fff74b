/** The public API as text: the declarations that an entry exports, and those that they name. */

import { relative } from 'node:path';
import ts from 'typescript';

/**
 * @param entries paths of .d.ts or .d.mts files.
 * @param root folder of the package: declarations outside it are named, not shown.
 * @returns a text for each entry, without comments, sorted by name.
 */
export function apiOf(entries: readonly string[], root: string): readonly string[] {
  const program = ts.createProgram([...entries], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    skipLibCheck: true,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter({ removeComments: true });
  const print = (node: ts.Node) => {
    const file = node.getSourceFile();
    return printer.printNode(ts.EmitHint.Unspecified, normalised(node, file), file);
  };

  const resolved = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const isOurs = (node: ts.Node) => {
    const path = relative(root, node.getSourceFile().fileName);
    return !path.startsWith('..') && !path.startsWith('node_modules');
  };
  /** The names of a table's rows: the rows themselves, with what they say, are no part of the API. */
  const namesOf = (node: ts.Node) => {
    if (!ts.isTypeAliasDeclaration(node) || !/^keyof typeof \w+$/.test(node.type.getText())) {
      return null;
    }
    const type = checker.getTypeAtLocation(node.name);
    const names = type.isUnion() ? type.types : [type];
    const texts = names.map((one) => checker.typeToString(one)).toSorted();
    return `type ${node.name.text} = ${texts.join(' | ')};`;
  };
  const statementOf = (node: ts.Declaration): ts.Node =>
    ts.isVariableDeclaration(node) ? node.parent.parent : node;

  return entries.map((entry) => {
    const file = program.getSourceFile(entry);
    const module = file && checker.getSymbolAtLocation(file);
    if (!file || !module) throw new Error(`${entry} exports nothing`);
    const exported = new Map(
      checker.getExportsOfModule(module).map((symbol) => [resolved(symbol), symbol.name]),
    );
    const seen = new Set(exported.keys());
    const texts: string[] = [];
    for (const symbol of seen) {
      const own = (symbol.declarations ?? []).filter(
        (node) => isOurs(node) && !ts.isSourceFile(node) && !ts.isTypeParameterDeclaration(node),
      );
      const name = exported.get(symbol);
      for (const node of own.map(statementOf)) {
        const names = namesOf(node);
        const bare = (names ?? print(node)).replace(/^(export |declare )+/, '');
        texts.push(`${name === undefined ? '/* not exported */ ' : 'export '}${bare}`);
        if (names === null)
          named(node, (identifier) => {
            const found = checker.getSymbolAtLocation(identifier);
            const target = found && resolved(found);
            if (target?.declarations?.some((one) => isOurs(one) && isTop(one))) seen.add(target);
          });
      }
    }
    const augmentations = file.statements
      .filter((node) => ts.isModuleDeclaration(node) && isAugmentation(node))
      .map(print);
    return `${[...augmentations, ...texts.toSorted()].join('\n\n')}\n`;
  });
}

/**
 * Without what may change though the API does not: the order of an inferred union's members, which is that in
 * which the compiler happened to look at them, and the sentences in tables of constants.
 */
function normalised(node: ts.Node, file: ts.SourceFile): ts.Node {
  const sorted = (context: ts.TransformationContext) => {
    const visit = (one: ts.Node): ts.Node => {
      const seen = ts.visitEachChild(one, visit, context);
      if (ts.isPropertySignature(seen) && isSentence(seen)) {
        const text = ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
        const { modifiers, name, questionToken } = seen;
        return ts.factory.updatePropertySignature(seen, modifiers, name, questionToken, text);
      }
      if (!ts.isUnionTypeNode(one) || !ts.isUnionTypeNode(seen)) return seen;
      const order = new Map(one.types.map((type, i) => [seen.types[i], type.getText(file)]));
      const text = (type: ts.TypeNode) => order.get(type) ?? '';
      return ts.factory.createUnionTypeNode(
        seen.types.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)),
      );
    };
    return (root: ts.Node) => ts.visitNode(root, visit);
  };
  return ts.transform(node, [sorted]).transformed[0] ?? node;
}

/** A member of a table of constants whose value is a text for people. */
function isSentence({ name, type }: ts.PropertySignature): boolean {
  if (!type || !ts.isLiteralTypeNode(type) || !ts.isIdentifier(name)) return false;
  return ['meaning', 'values', 'why', 'message'].includes(name.text);
}

function isTop(node: ts.Declaration): boolean {
  const { parent } = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return ts.isSourceFile(parent);
}

function isAugmentation(node: ts.ModuleDeclaration): boolean {
  return ts.isStringLiteral(node.name) || node.name.text === 'global';
}

function named(node: ts.Node, tell: (identifier: ts.Identifier) => void): void {
  if (ts.isIdentifier(node)) tell(node);
  ts.forEachChild(node, (child) => named(child, tell));
}
