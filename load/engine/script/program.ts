/** A bundle compiled once and instantiated for each VU: module state is per VU, code is shared. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { globalObject, HIDDEN, K6_GLOBALS, type K6Global } from './globals.ts';
import { BUNDLE_NAMES, type Bundle, type ScriptExports } from './script.ts';
import { SourcePositions } from './source-positions.ts';

/** What one instance of a script is given. */
export interface Surroundings {
  /** A member of a k6 module. */
  readonly member: (module: string, name: string) => unknown;
  /** Runs the body of a function that the bundle made wait, and gives what its callers must await. */
  readonly waits: (name: string, body: () => Promise<unknown>) => unknown;
  /** Notes the folder of the module whose code follows; gives the one before. */
  readonly folder: (folder: string) => string;
  /** Live values: `iteration` is `__ITER`. */
  readonly vu: { readonly iteration: number };
  readonly globals: Readonly<Record<Exclude<K6Global, 'globalThis'>, unknown>>;
  /** Takes the place of Math where the script seeds it. */
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
    // Unlike any other program's, so that a stack tells whose it is.
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

  /** Runs the init code. Rejects with what it throws. */
  async instantiate({
    member,
    waits,
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
      [BUNDLE_NAMES.vu]: vu,
      [BUNDLE_NAMES.resolve]: resolveFrom,
      [BUNDLE_NAMES.folder]: folder,
      [BUNDLE_NAMES.takeExports]: (namespace: ScriptExports) => {
        exports = namespace;
      },
    };
    await this.#function(...this.#names.map((name) => values[name]));
    return exports;
  }
}

/** What `import.meta.resolve` gives. */
function resolveFrom(folder: string, path: string): string {
  return URL.canParse(path) ? path : pathToFileURL(resolve(folder, path)).href;
}
