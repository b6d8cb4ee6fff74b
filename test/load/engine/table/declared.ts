/** What @types/k6 declares, read by the TypeScript compiler. */

import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const TYPES = dirname(require.resolve('@types/k6/package.json'));

export interface DeclaredModule {
  /** `k6`, `k6/http`, ... */
  readonly name: string;
  /** Exports that exist at run time: no types. */
  readonly values: readonly string[];
  /** Own members of what it declares, by interface, class or object. */
  members(of: string): readonly string[];
}

export interface Declared {
  readonly modules: readonly DeclaredModule[];
  readonly globals: readonly string[];
}

let known: Declared | undefined;

export function declared(): Declared {
  known ??= read();
  return known;
}

function read(): Declared {
  const files = declarationFiles(TYPES);
  const program = ts.createProgram(files, { skipLibCheck: true, types: [], noEmit: true });
  const checker = program.getTypeChecker();
  const modules = files
    .filter((file) => file.endsWith('index.d.ts'))
    .map((file) => moduleOf(file, program, checker));
  const globals = globalsOf(program.getSourceFile(join(TYPES, 'global.d.ts')));
  return { modules, globals };
}

function declarationFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return declarationFiles(path);
      return entry.name.endsWith('.d.ts') ? [path] : [];
    })
    .sort();
}

function moduleOf(file: string, program: ts.Program, checker: ts.TypeChecker): DeclaredModule {
  const folder = relative(TYPES, dirname(file)).replaceAll('\\', '/');
  const source = program.getSourceFile(file);
  const symbol = source && checker.getSymbolAtLocation(source);
  if (!symbol) throw new Error(`${file} declares no module`);
  const exported = checker.getExportsOfModule(symbol);
  return {
    name: folder === '' ? 'k6' : `k6/${folder}`,
    values: exported
      .filter(({ flags, name }) => flags & ts.SymbolFlags.Value && name !== 'default')
      .map(({ name }) => name)
      .sort(),
    members(of) {
      const one = exported.find(({ name }) => name === of);
      if (!one) throw new Error(`${file} has no ${of}`);
      const type =
        one.flags & ts.SymbolFlags.Variable
          ? checker.getTypeOfSymbol(one)
          : checker.getDeclaredTypeOfSymbol(one);
      return type
        .getProperties()
        .filter(isPublic)
        .map(({ name }) => name)
        .sort();
    },
  };
}

function isPublic(symbol: ts.Symbol): boolean {
  return !symbol.name.startsWith('__');
}

function globalsOf(source: ts.SourceFile | undefined): string[] {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name) names.add(node.name.text);
    else if (ts.isVariableDeclaration(node)) names.add(node.name.getText());
    else if (ts.isInterfaceDeclaration(node) && node.name.text === 'ImportMeta') {
      for (const member of node.members) names.add(`import.meta.${member.name?.getText()}`);
    } else ts.forEachChild(node, visit);
  };
  if (!source) throw new Error('there is no global.d.ts');
  visit(source);
  return [...names].sort();
}
