/**
 * Finds the functions of a bundled script that have to be awaited. It follows each of them to the names by which
 * it is called and to the code that it is passed to.
 */

import { type K6Members, LIKELY_METHODS } from './k6-members.ts';
import { isListCall } from './list-calls.ts';
import { type Binding, bare, isFunction, type Node, propertyName, type Tree } from './tree.ts';
import { BUILT_IN_METHODS, isOfBundler, Uses } from './uses.ts';

/** Methods that the language itself calls. It does not await them. */
const CALLED_BY_LANGUAGE = ['toString', 'valueOf', 'toJSON', 'then'];

const HANDED_ON =
  'a function with blocking calls is handed on, and who calls it would not wait for it: write a for…of loop, or call it by its name';
export const IN_CONSTRUCTOR = 'a blocking call in a constructor: make it in a method';

/** The guess that made a function asynchronous; null if it is no guess. */
export type Origin = Node | null;

/** Thrown if a guess leads to a refusal. The call is then left as it is, and run time shows whether it blocks. */
export class WrongGuess extends Error {
  readonly guess: Node;

  constructor(guess: Node) {
    super('a guess was wrong');
    this.guess = guess;
  }
}

/** How a call blocks, as far as its callee tells. */
export interface Blocks {
  /** Whether it always blocks. Otherwise its result shows at run time whether it has to be awaited. */
  readonly certain: boolean;
  /** Whether the callee may as well be another function. */
  readonly guess: boolean;
  readonly origin: Origin;
}

export class AsyncFunctions {
  /** The functions that are made asynchronous. */
  readonly functions = new Map<Node, Origin>();
  /** The guess from which the calls that are followed now result. */
  origin: Origin = null;
  readonly #tree: Tree;
  readonly #members: K6Members;
  readonly #uses: Uses;
  readonly #refuse: (offset: number, sentence: string) => never;
  /** What refers to an async function: names in scope, names of properties, and other expressions. */
  readonly #asyncBindings = new Map<Binding, Origin>();
  readonly #asyncNames = new Map<string, Origin>();
  readonly #asyncValues = new Map<Node, Origin>();
  /** The method names of k6 modules, if the script stores or passes a module itself. */
  readonly #likelyNames = new Set<string>();
  /** Whether an async function is in a list, from which any computed call may take it. */
  #isStored = false;
  /** Whether an async function is a property, from which a call by a computed name may take it. */
  #isProperty = false;

  /**
   * @param takeExports name of the function that takes the exports of the script.
   * @param refuse throws a refusal of the code at an offset of the bundle.
   */
  constructor(
    tree: Tree,
    members: K6Members,
    takeExports: string,
    refuse: (offset: number, sentence: string) => never,
  ) {
    this.#tree = tree;
    this.#members = members;
    this.#uses = new Uses(tree, members, takeExports);
    this.#refuse = refuse;
    for (const node of tree.nodes) this.#readHandedOn(node);
  }

  /** The number of entries in all sets. While it grows, another pass may find more. */
  get size(): number {
    const sets = [this.functions, this.#asyncNames, this.#asyncBindings, this.#asyncValues];
    return sets.reduce((sum, { size }) => sum + size, 0);
  }

  isAsync(value: Node): boolean {
    const blocks = this.blocks(value);
    return blocks !== undefined && !blocks.guess;
  }

  /** Undefined if a call of the value does not block. */
  blocks(value: Node): Blocks | undefined {
    const callee = bare(value);
    const known = this.functions.get(callee);
    if (known !== undefined) return { certain: !mayPassOn(callee), guess: false, origin: known };
    const passed = this.#asyncValues.get(value) ?? this.#asyncValues.get(callee);
    if (passed !== undefined) return { certain: false, guess: false, origin: passed };
    if (isFunction(callee)) return undefined;
    if (this.#members.isBlocking(callee)) {
      return { certain: this.#members.of(callee) !== undefined, guess: false, origin: null };
    }
    switch (callee.type) {
      case 'MemberExpression':
        return this.#blocksAsMember(callee);
      case 'Identifier':
        return this.#blocksByName(callee);
      case 'ConditionalExpression':
        return this.#blocksOneOf(callee.consequent as Node, callee.alternate as Node);
      case 'LogicalExpression':
        return this.#blocksOneOf(callee.left as Node, callee.right as Node);
      default:
        return this.#guess(this.#isStored);
    }
  }

  #blocksOneOf(...values: readonly Node[]): Blocks | undefined {
    const found = values.map((one) => this.blocks(one)).find((one) => one !== undefined);
    return found && { ...found, certain: false };
  }

  #blocksAsMember(callee: Node): Blocks | undefined {
    const name = propertyName(callee);
    if (name === undefined) {
      const isTable = this.#isProperty && !this.#uses.isList(callee.object as Node);
      return this.#guess(this.#isStored || isTable);
    }
    const origin = this.#asyncNames.get(name);
    const guess = BUILT_IN_METHODS.has(name) || origin === undefined;
    if (guess && origin === undefined && !this.#likelyNames.has(name)) return undefined;
    return { certain: false, guess, origin: guess ? null : (origin ?? null) };
  }

  #blocksByName(callee: Node): Blocks | undefined {
    const binding = this.#tree.bindingOf(callee);
    if (!binding) return undefined;
    const only = this.#tree.functionOf(binding);
    const origin = this.#asyncBindings.get(binding);
    if (origin !== undefined) {
      const certain = only !== undefined && this.functions.has(only) && !mayPassOn(only);
      return { certain, guess: false, origin };
    }
    if (only !== undefined || this.#members.of(callee) !== undefined) return undefined;
    if (isOfBundler(binding.name)) return undefined;
    return this.#guess(this.#isStored || this.#isTakenFromProperty(binding));
  }

  /** Whether a name gets its value from a property that may be an async function: `{ go } = api`, `go = table[name]`. */
  #isTakenFromProperty({ uses }: Binding): boolean {
    return uses.some((use) => {
      const above = this.#parent(use);
      const holder = above?.type === 'AssignmentPattern' ? this.#parent(above) : above;
      if (holder?.type === 'Property' && this.#parent(holder)?.type === 'ObjectPattern') {
        const key = holder.key as Node;
        return !holder.computed && this.#asyncNames.has(String(key.name ?? key.value));
      }
      const value = above?.type === 'VariableDeclarator' && above.id === use ? above.init : null;
      const isRead = /^(Member|Conditional|Logical)Expression$/.test(
        (value as Node | null)?.type ?? '',
      );
      return isRead && this.blocks(value as Node) !== undefined;
    });
  }

  /** A callee that only run time knows, such as an element of an array. */
  #guess(mayBlock: boolean): Blocks | undefined {
    return mayBlock ? { certain: false, guess: true, origin: null } : undefined;
  }

  makeAsync(node: Node, call: Node): void {
    if (this.functions.has(node)) return;
    this.functions.set(node, this.origin);
    if (node.type === 'FunctionDeclaration') this.#flow(node.id as Node);
    else this.#give(node, call);
  }

  /** Finds the uses of k6's functions, and of k6/http itself, that store or pass them instead of calling them. */
  #readHandedOn(node: Node): void {
    if (!/^(Identifier|MemberExpression)$/.test(node.type) || this.#uses.isName(node)) return;
    const parent = this.#parent(node);
    if (this.#members.isBlocking(node)) this.#give(node, node);
    const whole = this.#members.wholeModule(node);
    if (whole === undefined || this.#uses.isExport(node) || this.#uses.isNamespace(node)) return;
    if (parent?.object === node || parent?.type === 'VariableDeclarator') return;
    if (parent?.type === 'CallExpression' && this.#members.of(parent) !== undefined) return;
    for (const name of LIKELY_METHODS[whole] ?? []) this.#likelyNames.add(name);
  }

  /** Refuses `list.sort(client.get)`. An argument of such a method is always a function, and the method does not await it. */
  refuseEscapes(): void {
    for (const node of this.#tree.nodes) {
      if (node.type !== 'MemberExpression' || !this.isAsync(node)) continue;
      const call = this.#parent(node);
      const callee = call?.callee as Node | undefined;
      if (call?.type !== 'CallExpression' || callee === node || !callee) continue;
      this.origin = this.blocks(node)?.origin ?? null;
      if (/^(sort|toSorted)$/.test(propertyName(callee) ?? '')) this.#fail(node.start, HANDED_ON);
    }
  }

  /** Refuses the code at an offset, unless a guess has led to it. */
  #fail(offset: number, sentence: string): never {
    if (this.origin) throw new WrongGuess(this.origin);
    return this.#refuse(offset, sentence);
  }

  groupBody(call: Node): Node | undefined {
    const callee = bare(call.callee as Node);
    const isLikely = propertyName(callee) === 'group' && this.#likelyNames.has('group');
    if (this.#members.of(callee) !== 'k6.group' && !isLikely) return undefined;
    return (call.arguments as Node[])[1];
  }

  /** Whether the node is an argument of a function that is not the script's own, such as `map`. */
  isForeignCallback(node: Node): boolean {
    const call = this.#parent(node);
    if (call?.type !== 'CallExpression' || call.callee === node) return false;
    if (this.groupBody(call) === node || this.#waitsForCallback(call)) return false;
    if (isListCall(call) || this.#uses.stores(call)) return false;
    return this.#uses.calledBy(bare(call.callee as Node)).length === 0;
  }

  /** Follows every use of a name that refers to an async function. */
  #flow(id: Node): void {
    const binding = this.#tree.bindingOf(id);
    if (!binding || this.#asyncBindings.has(binding)) return;
    this.#asyncBindings.set(binding, this.origin);
    for (const use of binding.uses) if (use !== id && !this.#uses.isName(use)) this.#give(use, use);
  }

  /** Follows an expression whose value is an async function. */
  #pass(value: Node, where: Node): void {
    if (this.#asyncValues.has(value)) return;
    this.#asyncValues.set(value, this.origin);
    this.#give(value, where);
  }

  /** Follows an async function to the code that takes it, and refuses the script if its caller is not known. */
  #give(value: Node, where: Node): void {
    const parent = this.#parent(value);
    if (!parent || !this.#isTaken(value, parent, where)) this.#fail(where.start, HANDED_ON);
  }

  /** @returns false if it is not known who calls the function. */
  #isTaken(value: Node, parent: Node, where: Node): boolean {
    switch (parent.type) {
      case 'CallExpression':
        if (parent.callee === value || this.groupBody(parent) === value) return true;
        if (this.#waitsForCallback(parent) || isListCall(parent)) return true;
        return this.#isTakenAsArgument(value, parent) || this.#store(this.#uses.stores(parent));
      case 'NewExpression':
        return parent.callee === value && this.#fail(where.start, IN_CONSTRUCTOR);
      case 'ArrayExpression':
      case 'SpreadElement':
        return this.#store(true);
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
        if (this.#uses.isExport(value)) return this.#isTakenAsExport(value, parent, where);
        return this.#isTakenAsResult(parent, where) || this.#store(this.#isReturned(parent));
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
    if (property !== undefined) this.#addName(property);
    else this.#store(true);
    this.#isProperty = true;
    return name.type === 'MemberExpression';
  }

  /** Another module may use an export as a property of this module's namespace. */
  #isTakenAsExport(value: Node, arrow: Node, where: Node): boolean {
    const property = this.#parent(arrow) as Node;
    if (this.#uses.isOpenNamespace(value)) return this.#isTakenAsMember(property, where);
    const { name } = property.key as Node;
    if (typeof name === 'string') this.#addName(name);
    return true;
  }

  #addName(name: string): void {
    if (!this.#asyncNames.has(name)) this.#asyncNames.set(name, this.origin);
  }

  /** Notes that a function is where a computed call can take it from. */
  #store(isStored: boolean): boolean {
    this.#isStored ||= isStored;
    return isStored;
  }

  /** Whether a function of the script returns the value; a function that the language calls does not count. */
  #isReturned(from: Node): boolean {
    let maker: Node | undefined = from;
    while (maker && !isFunction(maker)) maker = this.#parent(maker);
    return maker !== undefined && !maker.generator && !this.isForeignCallback(maker);
  }

  #isTakenAsMember(member: Node, where: Node): boolean {
    const key = member.key as Node;
    const name = member.computed ? key.value : (key.name ?? key.value);
    this.#isProperty = true;
    this.#store(typeof name !== 'string' || this.#uses.isListed(this.#parent(member)));
    if (typeof name !== 'string') return true;
    if (this.#isCheck(member)) {
      this.#fail(
        where.start,
        'a blocking call inside a check: make it before, and check its answer',
      );
    }
    if (CALLED_BY_LANGUAGE.includes(name)) {
      this.#fail(where.start, `a blocking call in ${name}(): give the method another name`);
    }
    this.#addName(name);
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
    const one = bare(callee as Node);
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
    const takers = this.#uses.calledBy(bare(call.callee as Node));
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
    const uses = binding.uses.filter((use) => !this.#uses.isName(use) && !this.#uses.isExport(use));
    return uses.every((use) => {
      const call = this.#parent(use);
      if (call?.type !== 'CallExpression' || call.callee !== use) return false;
      this.#pass(call, where);
      return true;
    });
  }

  #isCheck(property: Node): boolean {
    const object = this.#parent(property);
    const call = object && this.#parent(object);
    return (
      call?.type === 'CallExpression' && this.#members.of(bare(call.callee as Node)) === 'k6.check'
    );
  }

  #parent(node: Node): Node | undefined {
    return this.#tree.parents.get(node);
  }
}

/** Whether a function may return the result of a call as it is, which may be a promise of the script's own. */
const mayPassOn = ({ body }: Node): boolean => (body as Node).type === 'CallExpression';
