/** How the values of a bundled script are used: what only names them, what exports them, what keeps or calls them. */

import type { K6Members } from './k6-members.ts';
import { isListCall } from './list-calls.ts';
import { bare, isFunction, type Node, propertyName, type Tree } from './tree.ts';

/** Methods of built-in objects. A call of a method with such a name may be a call of the built-in one. */
export const BUILT_IN_METHODS: ReadonlySet<string> = new Set(
  [Array, Map, Set, String, RegExp, Promise].flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype),
  ),
);

/** Methods of arrays and maps that keep a function and do not call it. */
const STORING_METHODS = /^(push|unshift|splice|concat|fill|set|add|with|assign|freeze)$/;

export class Uses {
  readonly #tree: Tree;
  readonly #members: K6Members;
  readonly #takeExports: string;

  /** @param takeExports name of the function that takes the exports of the script. */
  constructor(tree: Tree, members: K6Members, takeExports: string) {
    this.#tree = tree;
    this.#members = members;
    this.#takeExports = takeExports;
  }

  /** Whether the identifier only names something here, and its value is not used. */
  isName(use: Node): boolean {
    const parent = this.#parent(use);
    if (!parent) return false;
    const isWritten = /^(Assignment|For)/.test(parent.type) && parent.left === use;
    const isKey =
      !parent.computed && (parent.property === use || (parent.key === use && parent.value !== use));
    return isWritten || isKey || parent.id === use || (isFunction(parent) && parent.body !== use);
  }

  /** Whether the value is an export in `__export(names, { default: () => value })`, which esbuild writes. */
  isExport(value: Node): boolean {
    const arrow = this.#parent(value);
    if (arrow?.type !== 'ArrowFunctionExpression' || arrow.body !== value) return false;
    const property = this.#parent(arrow);
    const object = property && this.#parent(property);
    const call = object && this.#parent(object);
    return (call?.callee as Node | undefined)?.name === '__export';
  }

  /** Whether the node is the namespace in `__export(names, …)`, or is given to the function that takes the script's exports. */
  isNamespace(node: Node): boolean {
    const call = this.#parent(node);
    const callee = call?.callee as Node | undefined;
    if (call?.type !== 'CallExpression' || callee?.type !== 'Identifier') return false;
    return callee.name === '__export' || callee.name === this.#takeExports;
  }

  /** Whether a module's namespace is used as an object, so that a computed name can reach its exports. */
  isOpenNamespace(value: Node): boolean {
    let call = this.#parent(value);
    while (call && call.type !== 'CallExpression') call = this.#parent(call);
    const [names] = (call?.arguments ?? []) as Node[];
    const binding = names && this.#tree.bindingOf(names);
    return (binding?.uses ?? []).some((use) => {
      const parent = this.#parent(use);
      const isRead = parent?.object === use && propertyName(parent) !== undefined;
      return !isRead && !this.isName(use) && !this.isNamespace(use);
    });
  }

  /** Whether a name always means a list. Properties of objects are not in it. */
  isList(object: Node): boolean {
    const binding = object.type === 'Identifier' ? this.#tree.bindingOf(object) : undefined;
    const declared = binding?.uses
      .map((use) => this.#parent(use))
      .find((one) => one?.id !== undefined && binding.uses.includes(one.id as Node));
    const value = declared?.init as Node | null | undefined;
    return (
      value?.type === 'ArrayExpression' || (value?.type === 'CallExpression' && isListCall(value))
    );
  }

  /** Whether the properties of an object become elements of a list, as `Object.values(table)` makes them. */
  isListed(object: Node | undefined): boolean {
    const parent = object && this.#parent(object);
    if (!parent || object.type !== 'ObjectExpression') return false;
    if (parent.type === 'CallExpression') return isLister(parent);
    const name = parent.type === 'VariableDeclarator' ? (parent.id as Node) : undefined;
    const binding = name?.type === 'Identifier' ? this.#tree.bindingOf(name) : undefined;
    return (binding?.uses ?? []).some((use) => {
      const call = this.#parent(use);
      return call?.type === 'SpreadElement' || (call?.type === 'CallExpression' && isLister(call));
    });
  }

  /** Whether a call keeps its arguments, as `list.push(go)` does, or hands them to a function that only run time knows. */
  stores(call: Node): boolean {
    const callee = bare(call.callee as Node);
    if (callee.type === 'MemberExpression') {
      const name = propertyName(callee);
      return (
        name === undefined ||
        STORING_METHODS.test(name) ||
        (!BUILT_IN_METHODS.has(name) && this.#isAssigned(name))
      );
    }
    if (callee.type !== 'Identifier') return callee.type === 'CallExpression';
    const binding = this.#tree.bindingOf(callee);
    if (!binding || this.#members.of(callee) !== undefined || isOfBundler(binding.name))
      return false;
    return this.#tree.functionOf(binding) === undefined;
  }

  /** Whether the script sets a property of that name to something other than a function that is written there. */
  #isAssigned(name: string): boolean {
    return this.#tree.nodes.some(
      (node) => node.type === 'AssignmentExpression' && propertyName(node.left as Node) === name,
    );
  }

  /** The functions of the script that a callee may refer to; empty if they are not known. */
  calledBy(callee: Node): readonly Node[] {
    if (isFunction(callee)) return [callee];
    if (callee.type === 'Identifier') {
      const binding = this.#tree.bindingOf(callee);
      const found = binding && this.#tree.functionOf(binding);
      return found ? [found] : [];
    }
    const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
    if (name === undefined || BUILT_IN_METHODS.has(name)) return [];
    return this.#tree.nodes.flatMap((node) => {
      if (node.type === 'AssignmentExpression' && propertyName(node.left as Node) === name) {
        const right = node.right as Node;
        return isFunction(right) || right.type === 'Identifier' ? this.calledBy(right) : [];
      }
      const isMember = /^(Property|MethodDefinition|PropertyDefinition)$/.test(node.type);
      if (!isMember || node.computed || (node.key as Node).name !== name) return [];
      const value = node.value as Node | null;
      const exported = value?.body as Node | undefined;
      if (exported && this.isExport(exported)) return this.calledBy(exported);
      return value && isFunction(value) ? [value] : [];
    });
  }

  #parent(node: Node): Node | undefined {
    return this.#tree.parents.get(node);
  }
}

const isLister = (call: Node): boolean =>
  /^(values|entries|assign)$/.test(propertyName(bare(call.callee as Node)) ?? '');

/** Names that esbuild gives to the functions that load a module. */
export const isOfBundler = (name: string): boolean => /^(__|require_|init_|import_)/.test(name);
