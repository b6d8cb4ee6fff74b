/** The nodes of a syntax tree with their parents, and the declaration that each name refers to. */

import { parse } from 'acorn';

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/** One declared name. */
export interface Binding {
  readonly name: string;
  readonly uses: Node[];
}

export interface Tree {
  readonly nodes: readonly Node[];
  readonly parents: ReadonlyMap<Node, Node>;
  /** The declaration in scope that an identifier refers to; undefined if there is none. */
  readonly bindingOf: (identifier: Node) => Binding | undefined;
  /** The function that a binding always refers to; undefined if it may refer to another value. */
  readonly functionOf: (binding: Binding) => Node | undefined;
}

export const isFunction = (node: Node): boolean =>
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);

/** Parses the text of an ES module. */
export function treeOf(code: string): Tree {
  const root = parse(code, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    allowAwaitOutsideFunction: true,
  }) as unknown as Node;
  const nodes: Node[] = [];
  const parents = new Map<Node, Node>();
  collect(root, nodes, parents);
  const scopes = new Map<Node, Map<string, Binding>>();
  const declare = (pattern: unknown, scope: Node) => {
    for (const name of namesIn(pattern as Node | null)) {
      const names = scopes.get(scope) ?? new Map<string, Binding>();
      scopes.set(scope, names);
      if (!names.has(name)) names.set(name, { name, uses: [] });
    }
  };
  const outward = (from: Node, fits: (node: Node) => boolean): Node => {
    let at = parents.get(from) ?? root;
    while (at !== root && !fits(at)) at = parents.get(at) ?? root;
    return at;
  };
  for (const node of nodes) {
    if (node.type === 'VariableDeclaration') {
      const scope = outward(node, node.kind === 'var' ? isFunction : isScope);
      for (const one of node.declarations as Node[]) declare(one.id, scope);
    } else if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
      declare(node.id, outward(node, isScope));
    } else if (node.type === 'CatchClause') declare(node.param, node);
    else if (node.type.endsWith('Expression') && node.id) declare(node.id, node);
    if (isFunction(node)) for (const param of node.params as Node[]) declare(param, node);
  }
  const bindingOf = (identifier: Node) => {
    for (let at: Node | undefined = identifier; at; at = parents.get(at)) {
      const found = scopes.get(at)?.get(identifier.name as string);
      if (found) return found;
    }
    return undefined;
  };
  for (const node of nodes) if (node.type === 'Identifier') bindingOf(node)?.uses.push(node);
  const functionOf = ({ uses }: Binding) => {
    if (uses.some((use) => parents.get(use)?.left === use)) return undefined;
    const declared = uses
      .map((use) => parents.get(use))
      .filter((one) => uses.includes(one?.id as Node));
    const [only] = declared;
    const value = only?.type === 'VariableDeclarator' ? (only.init as Node | null) : only;
    return declared.length === 1 && value && isFunction(value) ? value : undefined;
  };
  return { nodes, parents, bindingOf, functionOf };
}

/** The name of the property that a node reads; undefined if there is none or it is known only at run time. */
export function propertyName(node: Node): string | undefined {
  const property = node.property as Node | undefined;
  if (!property) return undefined;
  const name = node.computed ? property.value : property.name;
  return typeof name === 'string' ? name : undefined;
}

/** The value of `(0, a.b)`: compilers write it to call a function without its object. */
export function bare(node: Node): Node {
  if (node.type !== 'SequenceExpression') return node;
  return bare((node.expressions as Node[]).at(-1) as Node);
}

const isScope = (node: Node): boolean =>
  isFunction(node) ||
  /^(BlockStatement|For\w*Statement|SwitchStatement|StaticBlock)$/.test(node.type);

function collect(node: Node, nodes: Node[], parents: Map<Node, Node>): void {
  nodes.push(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof (child as Node | null)?.type !== 'string') continue;
      parents.set(child as Node, node);
      collect(child as Node, nodes, parents);
    }
  }
}

/** Names that a pattern declares. */
export function namesIn(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name as string];
    case 'ObjectPattern':
      return (pattern.properties as Node[]).flatMap((one) =>
        namesIn((one.value ?? one.argument) as Node),
      );
    case 'ArrayPattern':
      return (pattern.elements as (Node | null)[]).flatMap(namesIn);
    case 'AssignmentPattern':
      return namesIn(pattern.left as Node);
    case 'RestElement':
      return namesIn(pattern.argument as Node);
    default:
      return [];
  }
}
