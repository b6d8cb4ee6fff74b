/** Where the members of a configuration stand in its text. */

import { SourceMap } from 'node:module';
import { type Expression, type Node, type Program, parse, parseExpressionAt } from 'acorn';
import { transformSync } from 'esbuild';

/** Line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the member that a path or a sentence begins with, such as `scenarios.smoke.vus must be …`. A member that is not
 * written out in the text is looked for as far as it is.
 */
export type Places = (path: string) => Position;

/** Where nothing better is known. */
export const START: Position = { line: 1, column: 1 };
const NEWEST = 'latest';
/** What it does not run is rewritten, so that acorn reads it too. */
export const OLDEST_NODE = 'node22';

export function placesInJson(text: string): Places {
  const root = parseExpressionAt(text, 0, { ecmaVersion: NEWEST, locations: true });
  return (path) => positionOf(deepest(root, path, () => null));
}

/** Those of a module whose default export is the configuration. */
export function placesInModule(text: string, file: string): Places {
  // acorn reads no TypeScript: the types go first, and a map leads back.
  const { code, map } = transformSync(text, {
    loader: /\.[cm]?ts$/.test(file) ? 'ts' : 'js',
    target: OLDEST_NODE,
    sourcemap: 'external',
    sourcefile: file,
  });
  const program = parse(code, { ecmaVersion: NEWEST, sourceType: 'module', locations: true });
  const constants = constantsOf(program);
  const root = exported(program);
  const back = new SourceMap(JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0]);
  return (path) => {
    if (!root) return START;
    const { line, column } = positionOf(deepest(root, path, (name) => constants.get(name) ?? null));
    const entry = back.findEntry(line - 1, column - 1);
    if (!('originalLine' in entry)) return START;
    return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  };
}

/** Where text stops to be JSON. */
export function wrongJsonAt(text: string, message: string): Position {
  const [, at] = /at position (\d+)/.exec(message) ?? [];
  if (at !== undefined) return positionAt(text, Number(at));
  // For a wrong word the message quotes the text, and names no position.
  for (let end = 1; end <= text.length; end += 1) {
    if (!couldGoOn(text.slice(0, end))) return positionAt(text, end - 1);
  }
  return positionAt(text, text.length);
}

/** Whether JSON can begin so: what is wrong with it is only that it ends. */
function couldGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const [, at] = /at position (\d+)/.exec(message) ?? [];
    return /end of JSON input|Unterminated string/.test(message) || Number(at) >= text.length;
  }
}

function positionAt(text: string, at: number): Position {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function positionOf(node: Node): Position {
  const { line = 1, column = 0 } = node.loc?.start ?? {};
  return { line, column: column + 1 };
}

type Resolve = (name: string) => Expression | null;

/** The node that the longest part of the path leads to: a key where there is one, else an item of a list. */
function deepest(root: Node, path: string, resolve: Resolve): Node {
  let shown = root;
  let value: Expression | null = plain(root as Expression, resolve);
  let rest = path;
  while (value) {
    const step = stepInto(value, rest);
    if (!step) return shown;
    shown = step.shown;
    rest = step.rest;
    value = plain(step.value, resolve);
  }
  return shown;
}

interface Step {
  readonly shown: Node;
  readonly value: Expression;
  readonly rest: string;
}

function stepInto(value: Expression, path: string): Step | null {
  if (value.type === 'ArrayExpression') {
    const [whole, index] = /^\[(\d+)\]/.exec(path) ?? [];
    const item = index === undefined ? null : value.elements[Number(index)];
    if (whole === undefined || !item || item.type === 'SpreadElement') return null;
    return { shown: item, value: item, rest: path.slice(whole.length) };
  }
  if (value.type !== 'ObjectExpression') return null;
  const steps = value.properties.flatMap((one): (Step & { readonly length: number })[] => {
    if (one.type !== 'Property' || one.computed) return [];
    const key = one.key.type === 'Identifier' ? one.key.name : String(literal(one.key));
    const inside = path.replace(/^\./, '');
    if (!inside.startsWith(key)) return [];
    const rest = inside.slice(key.length);
    // A key may contain dots itself, so the longest one counts.
    if (!/^(?:[.[ ']|$)/.test(rest)) return [];
    return [{ shown: one.key, value: one.value, rest, length: key.length }];
  });
  return steps.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

function literal(node: Expression | { readonly type: string }): unknown {
  return 'value' in node ? node.value : null;
}

/** Constants may be made of each other, and even of themselves. */
const DEEPEST = 20;

/** Behind calls such as `defineConfig(…)`, and constants. */
function plain(node: Expression, resolve: Resolve, depth = 0): Expression | null {
  if (depth > DEEPEST) return null;
  if (node.type === 'CallExpression') {
    const [first] = node.arguments;
    return first && first.type !== 'SpreadElement' ? plain(first, resolve, depth + 1) : null;
  }
  if (node.type === 'Identifier') {
    const known = resolve(node.name);
    return known ? plain(known, resolve, depth + 1) : null;
  }
  return node;
}

function constantsOf({ body }: Program): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === 'Identifier' && init) found.set(id.name, init);
    }
  }
  return found;
}

function exported({ body }: Program): Expression | null {
  for (const one of body) {
    if (one.type === 'ExportDefaultDeclaration') return one.declaration as Expression;
    // In CommonJS: module.exports = …
    if (one.type !== 'ExpressionStatement') continue;
    const { expression } = one;
    if (expression.type !== 'AssignmentExpression') continue;
    const { left, right } = expression;
    const named = left.type === 'MemberExpression' ? left.property : null;
    if (named?.type === 'Identifier' && named.name === 'exports') return right;
  }
  return null;
}
