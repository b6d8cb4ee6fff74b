/**
 * Inserts `await` before the blocking calls of a bundled script, and makes the functions around them asynchronous.
 *
 * It cannot see every call, for example one of a method by a computed name. Such a call is detected at run time:
 * a function that was made asynchronous returns a promise that records whether it was awaited (pending.ts).
 */

import { AsyncFunctions, IN_CONSTRUCTOR } from './async-functions.ts';
import type { Insertion } from './insertions.ts';
import { K6Members } from './k6-members.ts';
import { isFunction, type Node, namesIn, propertyName, type Tree, treeOf } from './tree.ts';

/** Information about the sources, by offset in the bundle. */
export interface Sources {
  /** Refuses the code at the offset. The sentence says why. */
  refuse(offset: number, sentence: string): never;
  /** Whether the code at the offset belongs to a package, which is not written for k6. */
  isPackage(offset: number): boolean;
}

/** Names of the functions that the bundle calls: `MEMBER("k6/http", "get")`, `WAITS("helper", async () => {…})`. */
export interface CallNames {
  readonly member: string;
  readonly waits: string;
}

/**
 * @param code a bundle of bundle.ts.
 * @returns the insertions in order; empty where every blocking call is awaited already.
 */
export function awaitBlockingCalls(code: string, names: CallNames, sources: Sources): Insertion[] {
  return new Plain(code, names, sources).insertions();
}

class Plain {
  readonly #code: string;
  readonly #tree: Tree;
  readonly #waits: string;
  readonly #sources: Sources;
  readonly #async: AsyncFunctions;
  /** Functions that the script itself declares `async`. Their callers already handle their promises. */
  readonly #ownAsync = new Set<Node>();
  readonly #awaited = new Set<Node>();

  constructor(code: string, { member, waits }: CallNames, sources: Sources) {
    this.#code = code;
    this.#tree = treeOf(code);
    this.#waits = waits;
    this.#sources = sources;
    const members = new K6Members(this.#tree, member);
    this.#async = new AsyncFunctions(this.#tree, members, (at, why) => this.#refuse(at, why));
  }

  insertions(): Insertion[] {
    this.#refuseLateImports();
    const calls = this.#tree.nodes.filter(({ type }) => type === 'CallExpression');
    for (let before = -1; before !== this.#found(); ) {
      before = this.#found();
      for (const call of calls) {
        if (!this.#awaited.has(call) && this.#blocks(call)) this.#await(call);
      }
    }
    this.#async.refuseEscapes();
    this.#refuseRedeclared();
    const all: Insertion[] = [];
    for (const node of [...this.#async.functions, ...this.#ownAsync]) {
      all.push(...this.#waiting(node));
    }
    for (const node of this.#ownAsync) all.push(...this.#withoutAsync(node));
    for (const call of this.#awaited) {
      all.push({ at: call.start, text: '(await ' }, { at: call.end, text: ')' });
      const body = this.#async.groupBody(call);
      if (body) all.push({ at: body.end, text: ', true' });
    }
    return all.sort((a, b) => a.at - b.at || rank(a.text) - rank(b.text));
  }

  #refuse(offset: number, sentence: string): never {
    return this.#sources.refuse(offset, sentence);
  }

  #found(): number {
    return this.#awaited.size + this.#ownAsync.size + this.#async.size;
  }

  /** Moves the body of a function into an async arrow function, which keeps the function's `this` and `arguments`. */
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

  /** Comments out `async`. With it, the function would return a plain promise, which does not record an await. */
  #withoutAsync(node: Node): Insertion[] {
    const parent = this.#parent(node);
    const isMethod =
      parent?.value === node && (parent.method || parent.type === 'MethodDefinition');
    const from = isMethod && parent ? parent.start : node.start;
    const at = from + this.#code.slice(from, node.end).search(/\basync\b/);
    return [
      { at, text: '/*' },
      { at: at + 'async'.length, text: '*/' },
    ];
  }

  #nameOf(node: Node): string {
    const parent = this.#parent(node);
    const named = (node.id ?? parent?.id ?? parent?.key) as Node | undefined;
    return typeof named?.name === 'string' ? named.name : '';
  }

  #parent(node: Node): Node | undefined {
    return this.#tree.parents.get(node);
  }

  #blocks(call: Node): boolean {
    if (this.#parent(call)?.type === 'AwaitExpression') return false;
    const callee = call.callee as Node;
    const body = this.#async.groupBody(call);
    if (body) return this.#async.isAsync(body);
    if (this.#async.isAsync(callee)) return true;
    return isCallOrApply(callee) && this.#async.isAsync(callee.object as Node);
  }

  #await(call: Node): void {
    const { waiter, problem } = this.#placeOf(call);
    if (this.#async.isGuess(call)) {
      const cannotWait = problem !== undefined || (waiter && this.#async.isForeignCallback(waiter));
      // If the call does block, this is detected at run time.
      if (cannotWait || this.#sources.isPackage(call.start)) return;
    }
    if (problem) this.#refuse(call.start, problem);
    this.#awaited.add(call);
    if (waiter?.async) this.#ownAsync.add(waiter);
    else if (waiter) this.#async.makeAsync(waiter, call);
  }

  /** The function that has to wait for a call, or the reason why nothing can wait there. */
  #placeOf(call: Node): { readonly waiter?: Node; readonly problem?: string } {
    const parent = this.#parent(call);
    if (parent?.object === call && /^(then|catch|finally)$/.test(propertyName(parent) ?? '')) {
      return {
        problem:
          'in k6 a blocking call gives its result, not a promise: read it in the next statement, or use http.asyncRequest()',
      };
    }
    if (this.#breaksChain(call)) {
      return {
        problem: 'a blocking call inside an optional chain: take its answer first, then read it',
      };
    }
    for (let at = call, above = parent; above; at = above, above = this.#parent(at)) {
      if (above.type === 'PropertyDefinition' && above.value === at) {
        return { problem: 'a blocking call in a class field: make it in a method' };
      }
      if (above.type === 'StaticBlock') {
        return { problem: 'a blocking call in a static block: make it in a method' };
      }
      if (!isFunction(above)) continue;
      if ((above.params as Node[]).includes(at)) {
        return { problem: 'a blocking call in a default parameter value: make it in the body' };
      }
      if (above.generator) {
        return {
          problem: 'a blocking call in a generator: write a plain function that gives an array',
        };
      }
      const member = this.#parent(above);
      const kind = member?.value === above ? String(member.kind) : '';
      if (kind === 'constructor') return { problem: IN_CONSTRUCTOR };
      if (kind === 'get' || kind === 'set') {
        return { problem: `a blocking call in a ${kind}ter: make it in a method` };
      }
      return { waiter: above };
    }
    return {};
  }

  /** Whether an await would break the optional chain, as in `a?.go().x`. Without `a`, `.x` would still be read. */
  #breaksChain(call: Node): boolean {
    const above = this.#parent(call);
    if (!above || above.optional || (above.callee !== call && above.object !== call)) return false;
    for (let at: Node | undefined = call; at; at = (at.callee ?? at.object) as Node | undefined) {
      if (at.optional) return true;
    }
    return false;
  }

  /** Refuses each remaining import(). An import() of a file with a literal path is already part of the bundle. */
  #refuseLateImports(): void {
    const left = this.#tree.nodes.find(({ type }) => type === 'ImportExpression');
    if (left) this.#refuse(left.start, 'import() of a path that is not written out: write it out');
  }

  /** Refuses a `var` with the name of a parameter. In the arrow function it would be another variable. */
  #refuseRedeclared(): void {
    for (const node of this.#tree.nodes) {
      if (node.type !== 'VariableDeclaration' || node.kind !== 'var') continue;
      let holder = this.#parent(node);
      while (holder && !isFunction(holder)) holder = this.#parent(holder);
      if (!holder || !(this.#async.functions.has(holder) || this.#ownAsync.has(holder))) continue;
      const params = (holder.params as Node[]).flatMap(namesIn);
      const names = (node.declarations as Node[]).flatMap(({ id }) => namesIn(id as Node));
      const twice = names.find((name) => params.includes(name));
      if (twice !== undefined) {
        this.#refuse(
          node.start,
          `${twice} is a parameter and a var of a function with blocking calls: leave out the var`,
        );
      }
    }
  }
}

function isCallOrApply(callee: Node): boolean {
  return /^(call|apply)$/.test((callee.type === 'MemberExpression' && propertyName(callee)) || '');
}

/** The order of insertions at one offset: closing text from the inside out, then opening text from the outside in. */
function rank(text: string): number {
  const order = [')', '))', ', true'].indexOf(text);
  if (order >= 0) return order;
  return text === '(await ' ? 4 : 3;
}
