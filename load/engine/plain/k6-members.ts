/** Finds the expressions of a bundle that mean a member of a k6 module, under any name that the script gives it. */

import { type Binding, bare, type Node, propertyName, type Tree } from './tree.ts';

const BLOCKING: Readonly<Record<string, readonly string[]>> = {
  k6: ['sleep'],
  'k6/http': ['get', 'head', 'post', 'put', 'patch', 'del', 'options', 'request', 'batch'],
};

/** Methods that are likely blocking ones where a module is passed on, by module. The body of a group may block. */
export const LIKELY_METHODS: Readonly<Record<string, readonly string[]>> = {
  ...BLOCKING,
  k6: ['sleep', 'group'],
};

const HTTP = 'k6/http.default';

/** Functions of esbuild and tsc that give the module which they are given, in another form. */
const SAME_MODULE = /^__(toCommonJS|toESM|importDefault|importStar)$/;

export class K6Members {
  readonly #tree: Tree;
  /** The member that each binding refers to, such as `k6/http.get`; `k6/http.default` is the whole module. */
  readonly #known = new Map<Binding, string>();

  /** @param memberCall name of the function that the bundle calls to get a member. */
  constructor(tree: Tree, memberCall: string) {
    this.#tree = tree;
    for (const node of tree.nodes) {
      const { name, value } = nameAndValue(node);
      const callee = value?.callee as Node | undefined;
      if (name && value?.type === 'CallExpression' && callee?.name === memberCall) {
        const [module, member] = (value.arguments as Node[]).map((argument) => argument.value);
        this.#name(name, `${module}.${member}`);
      }
    }
    for (const node of tree.nodes) {
      if (node.type === 'CallExpression') this.#readNamespace(node);
    }
    for (const node of tree.nodes) {
      if (node.type === 'VariableDeclarator' && node.init) this.#readAlias(node);
    }
  }

  /** `k6.sleep`, `k6/http.default`, ...; undefined where the node is not a member of a k6 module. */
  of(node: Node): string | undefined {
    if (node.type === 'Identifier') {
      const binding = this.#tree.bindingOf(node);
      return binding && this.#known.get(binding);
    }
    if (node.type === 'SequenceExpression') return this.of(bare(node));
    if (node.type === 'CallExpression') {
      const [only] = node.arguments as Node[];
      const { name } = node.callee as Node;
      return only && SAME_MODULE.test(String(name)) ? this.of(only) : undefined;
    }
    if (node.type !== 'MemberExpression') return undefined;
    const name = propertyName(node);
    const object = this.of(node.object as Node);
    return name && object?.endsWith('.default') ? object.replace(/default$/, name) : undefined;
  }

  /** Whether the node refers to a function that blocks in k6. */
  isBlocking(node: Node): boolean {
    const member = this.of(node);
    if (member) {
      const at = member.lastIndexOf('.');
      return BLOCKING[member.slice(0, at)]?.includes(member.slice(at + 1)) ?? false;
    }
    // The method in http[method] is known only at run time. Most methods block, so it counts as blocking.
    return (
      node.type === 'MemberExpression' && !propertyName(node) && this.isHttp(node.object as Node)
    );
  }

  /** Whether the node refers to the module k6/http itself. */
  isHttp(node: Node): boolean {
    return this.of(node) === HTTP;
  }

  /** The name of the k6 module that the node refers to as a whole; undefined if it refers to none. */
  wholeModule(node: Node): string | undefined {
    const member = this.of(node);
    return member?.endsWith('.default') ? member.slice(0, -'.default'.length) : undefined;
  }

  #name(id: Node, member: string): void {
    const binding = this.#tree.bindingOf(id);
    if (binding) this.#known.set(binding, member);
  }

  /** Reads `__export(names, { default: () => value })`: esbuild writes it if `* as names` is used as an object. */
  #readNamespace({ callee, arguments: given }: Node): void {
    const [names, getters] = given as Node[];
    if ((callee as Node).name !== '__export' || !names || !getters) return;
    const whole = (getters.properties as Node[]).find(
      ({ key }) => (key as Node).name === 'default',
    );
    const member = whole && this.of((whole.value as Node).body as Node);
    if (member?.endsWith('.default')) this.#name(names, member);
  }

  /** Reads aliases such as `const h = http` and `const { get } = http`. */
  #readAlias({ id, init }: Node): void {
    const member = this.of(init as Node);
    const names = id as Node;
    if (!member) return;
    if (names.type === 'Identifier') this.#name(names, member);
    if (names.type !== 'ObjectPattern' || !member.endsWith('.default')) return;
    for (const one of names.properties as Node[]) {
      const key = (one.key as Node | undefined)?.name;
      const value = one.value as Node | undefined;
      if (key && value?.type === 'Identifier') {
        this.#name(value, member.replace(/default$/, String(key)));
      }
    }
  }
}

/** A name and the value that it gets, in a declaration or an assignment. */
function nameAndValue(node: Node): { readonly name?: Node; readonly value?: Node | null } {
  if (node.type === 'VariableDeclarator') {
    return { name: node.id as Node, value: node.init as Node | null };
  }
  if (node.type !== 'AssignmentExpression') return {};
  return { name: node.left as Node, value: node.right as Node };
}
