/**
 * Makes the blocking calls of a bundled script await, and the functions that contain them wait.
 *
 * What it cannot see, such as a method that is called by a computed name, is found out when it runs: a
 * function made to wait gives a promise that knows whether somebody has awaited it (pending.ts).
 */

import { type Binding, isFunction, type Node, type Tree, treeOf } from './tree.ts';

/** Text put into one line of the bundle; none has a line break. */
export interface Insertion {
  /** Offset in the bundle before any insertion. */
  readonly at: number;
  readonly text: string;
}

/** Refuses with a sentence about the node at an offset of the bundle. */
export type Refuse = (offset: number, sentence: string) => never;

const BLOCKING: Readonly<Record<string, readonly string[]>> = {
  k6: ['sleep'],
  'k6/http': ['get', 'head', 'post', 'put', 'patch', 'del', 'options', 'request', 'batch'],
};

/** What the bundle calls: `MEMBER("k6/http", "get")`, `WAITS("helper", async () => {…})`. */
export interface CallNames {
  readonly member: string;
  readonly waits: string;
}

/**
 * @param code a bundle of bundle.ts.
 * @returns the insertions in order; none where every blocking call is awaited already.
 */
export function awaitBlockingCalls(code: string, names: CallNames, refuse: Refuse): Insertion[] {
  const plain = new Plain(treeOf(code), names, refuse);
  return plain.insertions();
}

class Plain {
  readonly #tree: Tree;
  readonly #waits: string;
  readonly #refuse: Refuse;
  /** `k6/http.get` by binding; `k6/http.default` for the whole module. */
  readonly #members = new Map<Binding, string>();
  readonly #asyncBindings = new Set<Binding>();
  readonly #asyncNames = new Set<string>();
  readonly #asyncFunctions = new Set<Node>();
  readonly #awaited = new Set<Node>();

  constructor(tree: Tree, { member: memberCall, waits }: CallNames, refuse: Refuse) {
    this.#tree = tree;
    this.#waits = waits;
    this.#refuse = refuse;
    for (const node of tree.nodes) {
      if (node.type !== 'VariableDeclarator') continue;
      const init = node.init as Node | null;
      const id = node.id as Node;
      const callee = init?.callee as Node | undefined;
      if (init?.type === 'CallExpression' && callee?.name === memberCall) {
        const [module, name] = (init.arguments as Node[]).map((argument) => argument.value);
        this.#name(id, `${module}.${name}`);
      }
    }
    for (const node of tree.nodes) {
      if (node.type !== 'VariableDeclarator' || !node.init) continue;
      const member = this.#memberOf(node.init as Node);
      if (!member) continue;
      const id = node.id as Node;
      if (id.type === 'Identifier') this.#name(id, member);
      if (id.type !== 'ObjectPattern' || !member.endsWith('.default')) continue;
      for (const one of id.properties as Node[]) {
        const key = (one.key as Node | undefined)?.name;
        const value = one.value as Node | undefined;
        if (key && value?.type === 'Identifier') {
          this.#name(value, member.replace('default', String(key)));
        }
      }
    }
  }

  insertions(): Insertion[] {
    const calls = this.#tree.nodes.filter(({ type }) => type === 'CallExpression');
    for (let before = -1; before !== this.#awaited.size + this.#asyncFunctions.size; ) {
      before = this.#awaited.size + this.#asyncFunctions.size;
      for (const call of calls) {
        if (!this.#awaited.has(call) && this.#blocks(call)) this.#await(call);
      }
    }
    this.#refuseEscapes();
    const all: Insertion[] = [];
    for (const node of this.#asyncFunctions) all.push(...this.#waiting(node));
    for (const call of this.#awaited) {
      all.push({ at: call.start, text: '(await ' }, { at: call.end, text: ')' });
      const body = this.#groupBody(call);
      if (body) all.push({ at: body.end, text: ', true' });
    }
    return all.sort((a, b) => a.at - b.at || rank(a.text) - rank(b.text));
  }

  /** The function's body becomes that of an arrow function, which keeps its `this` and `arguments`. */
  #waiting(node: Node): Insertion[] {
    const body = node.body as Node;
    const open = `${this.#waits}(${JSON.stringify(this.#nameOf(node))}, async () => `;
    return body.type === 'BlockStatement'
      ? [
          { at: body.start + 1, text: ` return ${open}{` },
          { at: body.end - 1, text: '});' },
        ]
      : [
          { at: body.start, text: `${open}(` },
          { at: body.end, text: '))' },
        ];
  }

  #nameOf(node: Node): string {
    const parent = this.#parent(node);
    const named = (node.id ?? parent?.id ?? parent?.key) as Node | undefined;
    return typeof named?.name === 'string' ? named.name : 'a function';
  }

  #name(id: Node, member: string): void {
    const binding = this.#tree.bindingOf(id);
    if (binding) this.#members.set(binding, member);
  }

  #parent(node: Node): Node | undefined {
    return this.#tree.parents.get(node);
  }

  #memberOf(node: Node): string | undefined {
    if (node.type === 'Identifier') {
      const binding = this.#tree.bindingOf(node);
      return binding && this.#members.get(binding);
    }
    if (node.type !== 'MemberExpression') return undefined;
    const name = propertyName(node);
    const object = this.#memberOf(node.object as Node);
    return name && object?.endsWith('.default') ? object.replace(/default$/, name) : undefined;
  }

  #groupBody(call: Node): Node | undefined {
    if (this.#memberOf(call.callee as Node) !== 'k6.group') return undefined;
    return (call.arguments as Node[])[1];
  }

  #isAsync(value: Node): boolean {
    if (this.#asyncFunctions.has(value)) return true;
    if (value.type === 'MemberExpression') return this.#asyncNames.has(propertyName(value) ?? '');
    const binding = value.type === 'Identifier' ? this.#tree.bindingOf(value) : undefined;
    return binding !== undefined && this.#asyncBindings.has(binding);
  }

  #blocks(call: Node): boolean {
    const parent = this.#parent(call);
    if (parent?.type === 'AwaitExpression') return false;
    if (this.#isKept(call)) return false;
    const callee = call.callee as Node;
    const member = this.#memberOf(callee);
    if (member) {
      const body = this.#groupBody(call);
      if (body) return this.#isAsync(body);
      const at = member.lastIndexOf('.');
      return BLOCKING[member.slice(0, at)]?.includes(member.slice(at + 1)) ?? false;
    }
    return this.#isAsync(callee);
  }

  /** The script takes the promise itself: `.then()`, or `Promise.all()` around it. */
  #isKept(call: Node): boolean {
    const parent = this.#parent(call);
    if (parent?.object === call && /^(then|catch|finally)$/.test(propertyName(parent) ?? '')) {
      return true;
    }
    for (let at = call, above = parent; above; at = above, above = this.#parent(at)) {
      const callee = above.callee as Node | undefined;
      const object = callee?.object as Node | undefined;
      if (above.type === 'CallExpression' && object?.name === 'Promise') {
        return /^(all|allSettled|any|race)$/.test(propertyName(callee ?? at) ?? '');
      }
      const passesOn =
        /^(ArrayExpression|SpreadElement|MemberExpression|CallExpression)$/.test(above.type) ||
        (above.type === 'ArrowFunctionExpression' && above.body === at && !above.async);
      if (!passesOn) return false;
    }
    return false;
  }

  #await(call: Node): void {
    this.#awaited.add(call);
    for (let at = call, above = this.#parent(at); above; at = above, above = this.#parent(at)) {
      const isCalled = above.callee === at || above.object === at;
      if (above.type === 'ChainExpression' && at !== call) {
        this.#refuse(
          call.start,
          'a blocking call inside an optional chain: take its answer first, then read it',
        );
      }
      if (above.type === 'ChainExpression' || !isCalled) break;
    }
    for (let at = call, above = this.#parent(at); above; at = above, above = this.#parent(at)) {
      if (above.type === 'PropertyDefinition' && above.value === at) {
        this.#refuse(call.start, 'a blocking call in a class field: make it in a method');
      }
      if (above.type === 'StaticBlock') {
        this.#refuse(call.start, 'a blocking call in a static block: make it in a method');
      }
      if (!isFunction(above)) continue;
      if ((above.params as Node[]).includes(at)) {
        this.#refuse(
          call.start,
          'a blocking call in a default parameter value: make it in the body',
        );
      }
      if (above.generator) {
        this.#refuse(
          call.start,
          'a blocking call in a generator: write a plain function that gives an array',
        );
      }
      if (!above.async) this.#makeAsync(above, call);
      return;
    }
  }

  #makeAsync(node: Node, call: Node): void {
    if (this.#asyncFunctions.has(node)) return;
    this.#asyncFunctions.add(node);
    const parent = this.#parent(node);
    const kind = String(parent?.kind);
    if (parent?.value === node && /^(constructor|get|set)$/.test(kind)) {
      const what = kind === 'constructor' ? 'a constructor' : `a ${kind}ter`;
      this.#refuse(call.start, `a blocking call in ${what}: make it in a method`);
    }
    if (node.type === 'FunctionDeclaration') this.#flow(node.id as Node);
    else this.#give(node, call);
  }

  /** Every use of an async function's name either calls it or hands it on where that is known. */
  #flow(id: Node): void {
    const binding = this.#tree.bindingOf(id);
    if (!binding || this.#asyncBindings.has(binding)) return;
    this.#asyncBindings.add(binding);
    for (const use of binding.uses) {
      const parent = this.#parent(use);
      const isName =
        use === id ||
        parent?.id === use ||
        parent?.left === use ||
        (parent?.key === use && !parent.computed && parent.value !== use) ||
        (parent?.property === use && !parent.computed);
      if (!isName) this.#give(use, use);
    }
  }

  #give(value: Node, where: Node): void {
    const parent = this.#parent(value);
    if (parent?.type === 'CallExpression') {
      if (parent.callee === value || this.#groupBody(parent) === value) return;
    }
    if (parent?.type === 'VariableDeclarator' && (parent.id as Node).type === 'Identifier') {
      this.#flow(parent.id as Node);
      return;
    }
    if (parent?.type === 'AssignmentExpression' && parent.right === value) {
      const left = parent.left as Node;
      const name = propertyName(left);
      if (left.type === 'Identifier') this.#flow(left);
      else if (name) this.#asyncNames.add(name);
      if (left.type === 'Identifier' || name) return;
    }
    const isMember = /^(Property|MethodDefinition|PropertyDefinition)$/.test(parent?.type ?? '');
    if (isMember && parent && !parent.computed) {
      if (this.#isCheck(parent)) {
        this.#refuse(
          where.start,
          'a blocking call inside a check: make it before, and check its answer',
        );
      }
      const key = parent.key as Node;
      this.#asyncNames.add(String(key.name ?? key.value));
      return;
    }
    if (parent?.type === 'ExpressionStatement' || this.#isExport(value)) return;
    this.#refuse(
      where.start,
      'a function with blocking calls is handed on, and who calls it would not wait for it: write a for…of loop, or call it by its name',
    );
  }

  #isCheck(property: Node): boolean {
    const object = this.#parent(property);
    const call = object && this.#parent(object);
    return call?.type === 'CallExpression' && this.#memberOf(call.callee as Node) === 'k6.check';
  }

  /** `__export(names, { default: () => value })`, as esbuild writes it. */
  #isExport(value: Node): boolean {
    const arrow = this.#parent(value);
    if (arrow?.type !== 'ArrowFunctionExpression' || arrow.body !== value) return false;
    const object = this.#parent(this.#parent(arrow) ?? arrow);
    const call = object && this.#parent(object);
    return (call?.callee as Node | undefined)?.name === '__export';
  }

  #refuseEscapes(): void {
    for (const node of this.#tree.nodes) {
      if (node.type !== 'MemberExpression' || !this.#isAsync(node)) continue;
      const parent = this.#parent(node);
      const isArgument = (parent?.arguments as Node[] | undefined)?.includes(node);
      if (isArgument && parent && this.#groupBody(parent) !== node) this.#give(node, node);
    }
  }
}

/** At one place: what ends, from the inside out, before what begins, from the outside in. */
function rank(text: string): number {
  const order = [')', '))', ', true'].indexOf(text);
  if (order >= 0) return order;
  return text === '(await ' ? 4 : 3;
}

function propertyName(node: Node): string | undefined {
  const property = node.property as Node | undefined;
  if (!property) return undefined;
  const name = node.computed ? property.value : property.name;
  return typeof name === 'string' ? name : undefined;
}
