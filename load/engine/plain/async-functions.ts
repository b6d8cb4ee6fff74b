/**
 * Finds the functions of a bundled script that have to be awaited. It follows each of them to the names by which
 * it is called and to the code that it is passed to.
 */

import { HTTP_METHODS, type K6Members } from './k6-members.ts';
import { type Binding, isFunction, type Node, propertyName, type Tree } from './tree.ts';

/** Methods of built-in objects. A call of a method with such a name may be a call of the built-in one. */
const BUILT_IN_METHODS: ReadonlySet<string> = new Set(
  [Array, Map, Set, String, RegExp, Promise].flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype),
  ),
);

/** Methods that the language itself calls. It does not await them. */
const CALLED_BY_LANGUAGE = ['toString', 'valueOf', 'toJSON', 'then'];

const HANDED_ON =
  'a function with blocking calls is handed on, and who calls it would not wait for it: write a for…of loop, or call it by its name';
export const IN_CONSTRUCTOR = 'a blocking call in a constructor: make it in a method';

export class AsyncFunctions {
  /** The functions that are made asynchronous. */
  readonly functions = new Set<Node>();
  readonly #tree: Tree;
  readonly #members: K6Members;
  readonly #refuse: (offset: number, sentence: string) => never;
  /** What refers to an async function: names in scope, names of properties, and other expressions. */
  readonly #asyncBindings = new Set<Binding>();
  readonly #asyncNames = new Set<string>();
  readonly #asyncValues = new Set<Node>();
  /** The method names of k6/http, if the script stores or passes the module itself. */
  readonly #likelyNames = new Set<string>();

  /** @param refuse throws a refusal of the code at an offset of the bundle. */
  constructor(tree: Tree, members: K6Members, refuse: (offset: number, sentence: string) => never) {
    this.#tree = tree;
    this.#members = members;
    this.#refuse = refuse;
    for (const node of tree.nodes) this.#readHandedOn(node);
  }

  /** The number of entries in all sets. While it grows, another pass may find more. */
  get size(): number {
    const sets = [this.functions, this.#asyncNames, this.#asyncBindings, this.#asyncValues];
    return sets.reduce((sum, { size }) => sum + size, 0);
  }

  isAsync(value: Node): boolean {
    if (this.functions.has(value) || this.#asyncValues.has(value)) return true;
    if (this.#members.isBlocking(value)) return true;
    if (value.type === 'MemberExpression') {
      const name = propertyName(value) ?? '';
      return this.#asyncNames.has(name) || this.#likelyNames.has(name);
    }
    const binding = value.type === 'Identifier' ? this.#tree.bindingOf(value) : undefined;
    return binding !== undefined && this.#asyncBindings.has(binding);
  }

  /** Whether only the name of the callee suggests that it blocks. Other functions may have the same name. */
  isGuess(call: Node): boolean {
    const callee = call.callee as Node;
    if (callee.type !== 'MemberExpression' || this.#members.isBlocking(callee)) return false;
    if (this.#asyncValues.has(callee)) return false;
    const name = propertyName(callee) ?? '';
    return BUILT_IN_METHODS.has(name) || !this.#asyncNames.has(name);
  }

  makeAsync(node: Node, call: Node): void {
    if (this.functions.has(node)) return;
    this.functions.add(node);
    if (node.type === 'FunctionDeclaration') this.#flow(node.id as Node);
    else this.#give(node, call);
  }

  /** Finds the uses of k6's functions, and of k6/http itself, that store or pass them instead of calling them. */
  #readHandedOn(node: Node): void {
    if (!/^(Identifier|MemberExpression)$/.test(node.type) || this.#isName(node)) return;
    const parent = this.#parent(node);
    if (this.#members.isBlocking(node)) this.#give(node, node);
    if (!this.#members.isHttp(node) || this.#isExport(node)) return;
    if (parent?.object === node || parent?.type === 'VariableDeclarator') return;
    for (const name of HTTP_METHODS) this.#likelyNames.add(name);
  }

  /** Refuses `list.map(client.get)`. An argument of such a method is always a function, and the method does not await it. */
  refuseEscapes(): void {
    for (const node of this.#tree.nodes) {
      if (node.type !== 'MemberExpression' || !this.isAsync(node)) continue;
      const call = this.#parent(node);
      const callee = call?.callee as Node | undefined;
      if (call?.type !== 'CallExpression' || callee === node) continue;
      const takes = /^(map|forEach|filter|find\w*|some|every|reduce\w*|sort|flatMap)$/;
      if (callee && takes.test(propertyName(callee) ?? '')) this.#refuse(node.start, HANDED_ON);
    }
  }

  groupBody(call: Node): Node | undefined {
    if (this.#members.of(call.callee as Node) !== 'k6.group') return undefined;
    return (call.arguments as Node[])[1];
  }

  /** Whether the node is an argument of a function that is not the script's own, such as `map`. */
  isForeignCallback(node: Node): boolean {
    const call = this.#parent(node);
    if (call?.type !== 'CallExpression' || call.callee === node) return false;
    if (this.groupBody(call) === node || this.#waitsForCallback(call)) return false;
    return this.#calledBy(call.callee as Node).length === 0;
  }

  /** Whether the identifier only names something here, and its value is not used. */
  #isName(use: Node): boolean {
    const parent = this.#parent(use);
    if (!parent) return false;
    const isWritten = /^(Assignment|For)/.test(parent.type) && parent.left === use;
    const isKey =
      !parent.computed && (parent.property === use || (parent.key === use && parent.value !== use));
    return isWritten || isKey || parent.id === use || (isFunction(parent) && parent.body !== use);
  }

  /** Follows every use of a name that refers to an async function. */
  #flow(id: Node): void {
    const binding = this.#tree.bindingOf(id);
    if (!binding || this.#asyncBindings.has(binding)) return;
    this.#asyncBindings.add(binding);
    for (const use of binding.uses) if (use !== id && !this.#isName(use)) this.#give(use, use);
  }

  /** Follows an expression whose value is an async function. */
  #pass(value: Node, where: Node): void {
    if (this.#asyncValues.has(value)) return;
    this.#asyncValues.add(value);
    this.#give(value, where);
  }

  /** Follows an async function to the code that takes it, and refuses the script if its caller is not known. */
  #give(value: Node, where: Node): void {
    const parent = this.#parent(value);
    if (!parent || !this.#isTaken(value, parent, where)) this.#refuse(where.start, HANDED_ON);
  }

  /** @returns false if it is not known who calls the function. */
  #isTaken(value: Node, parent: Node, where: Node): boolean {
    switch (parent.type) {
      case 'CallExpression':
        if (parent.callee === value || this.groupBody(parent) === value) return true;
        return this.#waitsForCallback(parent) || this.#isTakenAsArgument(value, parent);
      case 'NewExpression':
        return parent.callee === value && this.#refuse(where.start, IN_CONSTRUCTOR);
      case 'VariableDeclarator':
        return this.#isTakenByName(parent.id as Node);
      case 'AssignmentPattern':
        return this.#isTakenByName(parent.left as Node);
      case 'AssignmentExpression':
        this.#pass(parent, where);
        return this.#isTakenByName(parent.left as Node);
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
        return this.#isTakenAsMember(parent, where);
      case 'ConditionalExpression':
        if (parent.test !== value) this.#pass(parent, where);
        return true;
      case 'LogicalExpression':
        if (parent.operator !== '&&' || parent.right === value) this.#pass(parent, where);
        return true;
      case 'SequenceExpression':
        if ((parent.expressions as Node[]).at(-1) === value) this.#pass(parent, where);
        return true;
      case 'MemberExpression':
        return this.#isTakenByMethod(parent, where);
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
        if (!this.#isExport(value)) return this.#isTakenAsResult(parent, where);
        // Another module may use it as a property of this module's namespace.
        return this.#isTakenAsMember(this.#parent(parent) as Node, where);
      default:
        return /^(ExpressionStatement|IfStatement|UnaryExpression|BinaryExpression)$/.test(
          parent.type,
        );
    }
  }

  #isTakenByName(name: Node): boolean {
    if (name.type === 'Identifier') {
      this.#flow(name);
      return true;
    }
    const property = propertyName(name);
    if (property === undefined) return false;
    this.#asyncNames.add(property);
    return true;
  }

  #isTakenAsMember(member: Node, where: Node): boolean {
    const key = member.key as Node;
    const name = member.computed ? key.value : (key.name ?? key.value);
    if (typeof name !== 'string') return false;
    if (this.#isCheck(member)) {
      this.#refuse(
        where.start,
        'a blocking call inside a check: make it before, and check its answer',
      );
    }
    if (CALLED_BY_LANGUAGE.includes(name)) {
      this.#refuse(where.start, `a blocking call in ${name}(): give the method another name`);
    }
    this.#asyncNames.add(name);
    return true;
  }

  /** `go.call(…)` and `go.apply(…)` call the function. `go.bind(…)` returns another one. `go.length` only reads it. */
  #isTakenByMethod(method: Node, where: Node): boolean {
    const name = propertyName(method);
    const call = this.#parent(method);
    const isCalled = call?.type === 'CallExpression' && call.callee === method;
    if (name === 'bind' && isCalled) this.#pass(call, where);
    return name === 'bind' || name === 'call' || name === 'apply' ? isCalled : true;
  }

  /** Whether the callee is a timer or a promise method. Those wait for the promise that a callback returns. */
  #waitsForCallback({ callee }: Node): boolean {
    const one = callee as Node;
    if (one.type === 'MemberExpression') {
      return /^(then|catch|finally|setTimeout|setInterval)$/.test(propertyName(one) ?? '');
    }
    if (one.type !== 'Identifier') return false;
    const name = this.#tree.bindingOf(one) ? this.#members.of(one) : `k6/timers.${one.name}`;
    return /^k6\/timers\.set(Timeout|Interval)$/.test(name ?? '');
  }

  /** Follows the function into the parameter of the script's function that gets it as an argument. */
  #isTakenAsArgument(value: Node, call: Node): boolean {
    const given = call.arguments as Node[];
    const place = given.indexOf(value);
    const takers = this.#calledBy(call.callee as Node);
    if (takers.length === 0 || given.slice(0, place).some(({ type }) => type === 'SpreadElement')) {
      return false;
    }
    return takers.every(({ params }) => {
      const param = (params as Node[])[place];
      const name = param?.type === 'AssignmentPattern' ? (param.left as Node) : param;
      if (name?.type !== 'Identifier') return false;
      this.#flow(name);
      return true;
    });
  }

  /** Follows an async function that another function returns to the calls of that function. */
  #isTakenAsResult(from: Node, where: Node): boolean {
    let maker: Node | undefined = from;
    while (maker && !isFunction(maker)) maker = this.#parent(maker);
    const parent = maker && this.#parent(maker);
    if (!maker || !parent || maker.async || maker.generator) return false;
    if (parent.type === 'CallExpression' && parent.callee === maker) {
      this.#pass(parent, where);
      return true;
    }
    const id = (maker.type === 'FunctionDeclaration' ? maker.id : parent.id) as Node | undefined;
    const binding = id?.type === 'Identifier' ? this.#tree.bindingOf(id) : undefined;
    if (!binding || this.#tree.functionOf(binding) !== maker) return false;
    const uses = binding.uses.filter((use) => !this.#isName(use) && !this.#isExport(use));
    return uses.every((use) => {
      const call = this.#parent(use);
      if (call?.type !== 'CallExpression' || call.callee !== use) return false;
      this.#pass(call, where);
      return true;
    });
  }

  /** The functions of the script that a callee may refer to; empty if they are not known. */
  #calledBy(callee: Node): readonly Node[] {
    if (isFunction(callee)) return [callee];
    if (callee.type === 'Identifier') {
      const binding = this.#tree.bindingOf(callee);
      const found = binding && this.#tree.functionOf(binding);
      return found ? [found] : [];
    }
    const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
    if (name === undefined || BUILT_IN_METHODS.has(name)) return [];
    return this.#tree.nodes.flatMap((node) => {
      const isMember = /^(Property|MethodDefinition|PropertyDefinition)$/.test(node.type);
      if (!isMember || node.computed || (node.key as Node).name !== name) return [];
      const value = node.value as Node | null;
      const exported = value?.body as Node | undefined;
      if (exported && this.#isExport(exported)) return this.#calledBy(exported);
      return value && isFunction(value) ? [value] : [];
    });
  }

  #isCheck(property: Node): boolean {
    const object = this.#parent(property);
    const call = object && this.#parent(object);
    return call?.type === 'CallExpression' && this.#members.of(call.callee as Node) === 'k6.check';
  }

  /** Whether the value is an export in `__export(names, { default: () => value })`, which esbuild writes. */
  #isExport(value: Node): boolean {
    const arrow = this.#parent(value);
    if (arrow?.type !== 'ArrowFunctionExpression' || arrow.body !== value) return false;
    const property = this.#parent(arrow);
    const object = property && this.#parent(property);
    const call = object && this.#parent(object);
    return (call?.callee as Node | undefined)?.name === '__export';
  }

  #parent(node: Node): Node | undefined {
    return this.#tree.parents.get(node);
  }
}
