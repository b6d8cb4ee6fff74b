/**
 * Inserts `await` before the blocking calls of a bundled script, and makes the functions around them asynchronous.
 *
 * It cannot see every call, for example one of a method by a computed name. Such a call is detected at run time:
 * a function that was made asynchronous returns a promise that records whether it was awaited (pending.ts).
 */

import { AsyncFunctions, type Blocks, IN_CONSTRUCTOR, WrongGuess } from './async-functions.ts';
import type { Insertion } from './insertions.ts';
import { K6Members } from './k6-members.ts';
import { isListCall } from './list-calls.ts';
import { bare, isFunction, type Node, namesIn, propertyName, type Tree, treeOf } from './tree.ts';

/** Information about the sources, by offset in the bundle. */
export interface Sources {
  /** Refuses the code at the offset. The sentence says why. */
  refuse(offset: number, sentence: string): never;
  /** Whether the code at the offset is not written for k6: it belongs to a package or to the bundler. */
  isPackage(offset: number): boolean;
}

/** Names of the functions that the bundle calls: `MEMBER("k6/http", "get")`, `WAITS("helper", async () => {…})`. */
export interface CallNames {
  readonly member: string;
  readonly waits: string;
  /** Takes the exports of the script. */
  readonly takeExports: string;
  /** A variable that holds the result of a call. */
  readonly answer: string;
  /** Whether a value is a promise of a blocking call, and not one of the script's own. */
  readonly isOurs: string;
  /** Gives a list whose methods wait for the functions that they call. */
  readonly list: string;
}

/**
 * @param code a bundle of bundle.ts.
 * @returns the insertions in order; empty where every blocking call is awaited already.
 */
export function awaitBlockingCalls(code: string, names: CallNames, sources: Sources): Insertion[] {
  const tree = treeOf(code);
  const wrong = new Set<Node>();
  for (;;) {
    try {
      return new Plain(code, tree, names, sources, wrong).insertions();
    } catch (error) {
      if (!(error instanceof WrongGuess)) throw error;
      wrong.add(error.guess);
    }
  }
}

/** Text to insert around or into a node. */
interface Piece extends Insertion {
  /** The node that the text belongs to. At one offset, the text of an outer node is outside. */
  readonly of: Node;
  readonly opens: boolean;
}

class Plain {
  readonly #code: string;
  readonly #tree: Tree;
  readonly #names: CallNames;
  readonly #sources: Sources;
  readonly #wrong: ReadonlySet<Node>;
  readonly #async: AsyncFunctions;
  /** Functions that the script itself declares `async`. Their callers already handle their promises. */
  readonly #ownAsync = new Set<Node>();
  /** The calls that are awaited, and whether their result is always a promise to await. */
  readonly #awaited = new Map<Node, boolean>();
  /** The calls that each function has to wait for. */
  readonly #callsOf = new Map<Node, Node[]>();

  /** @param wrong calls that are guessed wrongly to block. */
  constructor(
    code: string,
    tree: Tree,
    names: CallNames,
    sources: Sources,
    wrong: ReadonlySet<Node>,
  ) {
    this.#code = code;
    this.#tree = tree;
    this.#names = names;
    this.#sources = sources;
    this.#wrong = wrong;
    const members = new K6Members(this.#tree, names.member);
    this.#async = new AsyncFunctions(this.#tree, members, names.takeExports, (at, why) =>
      this.#refuse(at, why),
    );
  }

  insertions(): Insertion[] {
    this.#refuseLateImports();
    const calls = this.#tree.nodes.filter(({ type }) => type === 'CallExpression');
    // Guesses come last, so that what is known does not count as guessed.
    do {
      while (this.#adds(() => this.#awaitAll(calls, false)));
    } while (this.#adds(() => this.#awaitAll(calls, true)));
    this.#async.refuseEscapes();
    this.#refuseRedeclared();
    const all: Piece[] = [];
    const passing = [...this.#callsOf].filter((one) => this.#passesOn(...one));
    for (const [node, [call]] of passing) {
      this.#async.functions.delete(node);
      if (call) this.#awaited.delete(call);
    }
    for (const node of this.#async.functions.keys()) all.push(...this.#waiting(node, false));
    for (const node of this.#ownAsync) {
      all.push(...this.#waiting(node, true), ...this.#withoutAsync(node));
    }
    for (const [call, certain] of this.#awaited) all.push(...this.#awaiting(call, certain));
    return all.sort((a, b) => a.at - b.at || inOrder(a, b)).map(({ at, text }) => ({ at, text }));
  }

  #adds(pass: () => void): boolean {
    const before = this.#found();
    pass();
    return this.#found() > before;
  }

  #awaitAll(calls: readonly Node[], guesses: boolean): void {
    for (const call of calls) {
      if (this.#awaited.has(call) || this.#wrong.has(call)) continue;
      const blocks = this.#blocks(call);
      if (blocks && blocks.guess === guesses) this.#await(call, blocks);
    }
  }

  #refuse(offset: number, sentence: string): never {
    return this.#sources.refuse(offset, sentence);
  }

  #found(): number {
    return this.#awaited.size + this.#ownAsync.size + this.#async.size;
  }

  /**
   * Whether a function only returns the result of a call, as `(step) => step()` does. It need not wait: its caller does, and
   * a promise of the script's own stays one.
   */
  #passesOn(node: Node, [call, ...others]: readonly Node[]): boolean {
    if (!call || others.length > 0 || node.body !== call || node.async) return false;
    return this.#awaited.get(call) === false && !isListCall(call);
  }

  /** Moves the body of a function into an async arrow function, which keeps the function's `this` and `arguments`. */
  #waiting(node: Node, own: boolean): Piece[] {
    const body = node.body as Node;
    const call = `${this.#names.waits}(${JSON.stringify(this.#nameOf(node))}, async () => `;
    const end = own ? ', true)' : ')';
    const [before, after] =
      body.type === 'BlockStatement' ? [` return ${call}{`, `}${end};`] : [`${call}(`, `)${end}`];
    const inside = body.type === 'BlockStatement' ? 1 : 0;
    return [
      { at: body.start + inside, text: before, of: node, opens: true },
      { at: body.end - inside, text: after, of: node, opens: false },
    ];
  }

  /** Awaits a call. If it is not certain to block, only a promise of a blocking call is awaited. */
  #awaiting(call: Node, certain: boolean): Piece[] {
    const { answer, isOurs, list } = this.#names;
    const [before, after] = certain
      ? ['(await ', ')']
      : [`((${answer} = `, `, ${isOurs}(${answer})) ? await ${answer} : ${answer})`];
    const pieces: Piece[] = [
      { at: call.start, text: before, of: call, opens: true },
      { at: call.end, text: after, of: call, opens: false },
    ];
    if (!isListCall(call)) return pieces;
    const object = (bare(call.callee as Node) as Node).object as Node;
    const isTwo = object.type === 'SequenceExpression';
    return [
      ...pieces,
      { at: object.start, text: `${list}(${isTwo ? '(' : ''}`, of: object, opens: true },
      { at: object.end, text: isTwo ? '))' : ')', of: object, opens: false },
    ];
  }

  /** Comments out `async`. With it, the function would return a plain promise, which does not record an await. */
  #withoutAsync(node: Node): Piece[] {
    const parent = this.#parent(node);
    const isMethod =
      parent?.value === node && (parent.method || parent.type === 'MethodDefinition');
    const from = isMethod && parent ? parent.start : node.start;
    const at = from + this.#code.slice(from, node.end).search(/\basync\b/);
    return [
      { at, text: '/*', of: node, opens: true },
      { at: at + 'async'.length, text: '*/', of: node, opens: true },
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

  #blocks(call: Node): Blocks | undefined {
    if (this.#parent(call)?.type === 'AwaitExpression') return undefined;
    const callee = bare(call.callee as Node);
    const body = this.#async.groupBody(call);
    if (body) return this.#asUncertain(this.#async.blocks(body));
    if (isListCall(call)) {
      for (const given of call.arguments as Node[]) {
        const blocks = this.#isFunctional(given) ? this.#async.blocks(given) : undefined;
        if (blocks) return this.#asUncertain(blocks);
      }
    }
    const direct = this.#async.blocks(call.callee as Node);
    if (direct || !isCallOrApply(callee)) return direct;
    return this.#asUncertain(this.#async.blocks(callee.object as Node));
  }

  #asUncertain(blocks: Blocks | undefined): Blocks | undefined {
    return blocks && { ...blocks, certain: false };
  }

  /** Whether the argument may be a function. A call's result, such as an initial value, is not followed. */
  #isFunctional(given: Node): boolean {
    return isFunction(given) || /^(Identifier|MemberExpression)$/.test(given.type);
  }

  #await(call: Node, { certain, guess, origin }: Blocks): void {
    const { waiter, problem } = this.#placeOf(call);
    if (guess) {
      const cannotWait = problem !== undefined || (waiter && this.#async.isForeignCallback(waiter));
      // If the call does block, this is detected at run time.
      if (cannotWait || this.#sources.isPackage(call.start)) return;
    }
    this.#async.origin = guess ? call : origin;
    if (problem && this.#async.origin) throw new WrongGuess(this.#async.origin);
    if (problem) this.#refuse(call.start, problem);
    this.#awaited.set(call, certain);
    if (waiter) this.#callsOf.set(waiter, [...(this.#callsOf.get(waiter) ?? []), call]);
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
      if (this.#loadsModule(above)) {
        return { problem: 'a blocking call while a module is loaded: make it in a function' };
      }
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

  /** Whether the function is one of esbuild's that hold a module, as in `__commonJS({ "lib.js"(exports) { … } })`. */
  #loadsModule(node: Node): boolean {
    const object = this.#parent(this.#parent(node) ?? node);
    const call = object && this.#parent(object);
    const callee = call?.type === 'CallExpression' ? (call.callee as Node) : undefined;
    return callee !== undefined && /^__(commonJS|esm)$/.test(String(callee.name));
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
      const origin = this.#async.functions.get(holder);
      if (twice !== undefined && origin) throw new WrongGuess(origin);
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

/** The order of pieces at one offset: closing text from the inside out, then opening text from the outside in. */
function inOrder(a: Piece, b: Piece): number {
  if (a.opens !== b.opens) return a.opens ? 1 : -1;
  const inner = a.of.start - b.of.start || b.of.end - a.of.end;
  return a.opens ? inner : -inner;
}
