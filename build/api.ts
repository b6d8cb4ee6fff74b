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

  const resolved = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const isOurs = (node: ts.Node) => !relative(root, node.getSourceFile().fileName).startsWith('..');
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
        const text = printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());
        const bare = text.replace(/^(export |declare )+/, '');
        texts.push(`${name === undefined ? '/* not exported */ ' : 'export '}${bare}`);
        named(node, (identifier) => {
          const found = checker.getSymbolAtLocation(identifier);
          const target = found && resolved(found);
          if (target?.declarations?.some((one) => isOurs(one) && isTop(one))) seen.add(target);
        });
      }
    }
    const augmentations = file.statements
      .filter((node) => ts.isModuleDeclaration(node) && isAugmentation(node))
      .map((node) => printer.printNode(ts.EmitHint.Unspecified, node, file));
    return `${[...augmentations, ...texts.toSorted()].join('\n\n')}\n`;
  });
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
