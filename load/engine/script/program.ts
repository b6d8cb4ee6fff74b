/** A bundle that is compiled once and instantiated for each VU. VUs share the code. Each VU has its own module state. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { globalObject, HIDDEN, K6_GLOBALS, type K6Global } from './globals.ts';
import { BUNDLE_NAMES, type Bundle, type ScriptExports } from './script.ts';
import { SourcePositions } from './source-positions.ts';

/** The values that one instance of a script gets. */
export interface Surroundings {
  /** A member of a k6 module. */
  readonly member: (module: string, name: string) => unknown;
  /** Runs the body of a function that the bundler made asynchronous. Returns the promise that callers must await. */
  readonly waits: (name: string, body: () => Promise<unknown>, own?: boolean) => unknown;
  /** Whether a value is a promise that `waits` or a blocking call returned. */
  readonly isOurs: (value: unknown) => boolean;
  /** A list whose methods wait for the functions that they call. Other values stay as they are. */
  readonly list: (value: unknown) => unknown;
  /** Records the folder of the module whose code follows. Returns the previous folder. */
  readonly folder: (folder: string) => string;
  /** Live values: `iteration` is `__ITER`. */
  readonly vu: { readonly iteration: number };
  readonly globals: Readonly<Record<Exclude<K6Global, 'globalThis'>, unknown>>;
  /** Replaces Math if the script seeds it; else null. */
  readonly math: Math | null;
}

type Compiled = (...values: unknown[]) => Promise<void>;

const PREFIX = '"use strict";return(async()=>{';
let compiled = 0;

export class Program {
  readonly positions: SourcePositions;
  /** Whether the script calls randomSeed. Each VU then needs its own Math. */
  readonly seedsMath: boolean;
  readonly #names: readonly string[];
  readonly #function: Compiled;

  constructor(bundle: Bundle) {
    compiled += 1;
    // The name is unique, so that a stack trace shows which program its frames belong to.
    const filename = `${bundle.entry}#${compiled}`;
    this.positions = new SourcePositions(filename, bundle);
    this.seedsMath = bundle.code.includes('"randomSeed"');
    this.#names = [
      ...Object.values(BUNDLE_NAMES),
      ...K6_GLOBALS,
      ...(this.seedsMath ? ['Math'] : []),
      ...HIDDEN,
    ];
    this.#function = compileFunction(`${PREFIX}${bundle.code}\n})()`, [...this.#names], {
      filename,
      columnOffset: -PREFIX.length,
    }) as Compiled;
  }

  /** Runs the init code. Rejects with the error that it throws. */
  async instantiate({
    member,
    waits,
    isOurs,
    list,
    folder,
    vu,
    globals,
    math,
  }: Surroundings): Promise<ScriptExports> {
    let exports: ScriptExports = {};
    const values: Record<string, unknown> = {
      ...globals,
      globalThis: globalObject(globals),
      Math: math,
      [BUNDLE_NAMES.member]: member,
      [BUNDLE_NAMES.waits]: waits,
      [BUNDLE_NAMES.isOurs]: isOurs,
      [BUNDLE_NAMES.list]: list,
      [BUNDLE_NAMES.vu]: vu,
      [BUNDLE_NAMES.resolve]: resolveFrom,
      [BUNDLE_NAMES.folder]: folder,
      [BUNDLE_NAMES.takeExports]: (namespace: ScriptExports) => {
        exports = exportsOf(namespace);
      },
    };
    await this.#function(...this.#names.map((name) => values[name]));
    return exports;
  }
}

/** The exports of a script. Those of a CommonJS script are its `module.exports`, which esbuild gives as the default. */
function exportsOf(namespace: ScriptExports): ScriptExports {
  const whole = namespace.default;
  const isCommonJs =
    (typeof whole === 'object' && whole !== null) ||
    Object.getPrototypeOf(namespace) === Function.prototype;
  return isCommonJs ? (whole as ScriptExports) : namespace;
}

/** The result of `import.meta.resolve`. */
function resolveFrom(folder: string, path: string): string {
  return URL.canParse(path) ? path : pathToFileURL(resolve(folder, path)).href;
}
