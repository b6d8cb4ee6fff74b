/** Bundles a script and its imports into one file, for this engine or for the user's own k6. */

import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type BuildFailure, build, type Message, type Plugin } from 'esbuild';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { MODULES } from '../modules/table.ts';
import { placesIn, withInsertions } from '../plain/insertions.ts';
import { awaitBlockingCalls } from '../plain/transform.ts';
import { EXIT, notSupported, ScriptRefused } from '../read/refusal.ts';
import { BUNDLE_NAMES, type Bundle } from '../script/script.ts';
import { SourcePositions } from '../script/source-positions.ts';
import { ANCHORED, anchoredFiles, preludeFor } from './anchored-files.ts';
import { moduleFolders } from './module-folders.ts';

/**
 * Bundles a script for the embedded engine.
 *
 * @param entry path of a .ts or .js file.
 * @throws ScriptRefused (107) with file and line: a syntax error, an import that cannot be resolved,
 * a Node module, a k6 module or member that the engine does not support.
 */
export async function bundleForEngine(entry: string): Promise<Bundle> {
  const path = resolve(entry);
  const files = await bundle({
    // The entry passes the script's namespace to a function, so the output can be a function body with top-level await.
    stdin: {
      contents: `import * as script from ${JSON.stringify(`./${basename(path)}`)};\n${BUNDLE_NAMES.takeExports}(script);`,
      resolveDir: dirname(path),
      sourcefile: 'entry',
    },
    target: 'es2023',
    supported: { 'import-meta': false },
    define: { __ITER: `${BUNDLE_NAMES.vu}.iteration` },
    sourcemap: 'external',
    sourcesContent: false,
    outfile: `${path}.bundle.js`,
    plugins: [ownDoor, k6Modules, noNode, resolvingFiles],
  });
  const text = (isMap: boolean) =>
    files.find((file) => file.path.endsWith('.map') === isMap)?.text ?? '';
  const [code, map] = [text(false), text(true)];
  const positions = new SourcePositions('', { entry: path, code, map });
  const placeOf = placesIn(code);
  const where = (offset: number) => positions.whereWritten(...placeOf(offset));
  const awaiting = awaitBlockingCalls(code, BUNDLE_NAMES, {
    refuse(offset, sentence) {
      throw new ScriptRefused(`${where(offset)}: ${sentence}`, EXIT.scriptException);
    },
    isPackage: (offset) => where(offset).split(sep).includes('node_modules'),
  });
  const folders = moduleFolders(code, BUNDLE_NAMES.folder, folderIn(code, positions));
  const insertions = [...folders, ...awaiting].sort((one, other) => one.at - other.at);
  return { entry: path, code: withInsertions(code, insertions), map, insertions };
}

/** The folder of the source file from which a place in the code comes; null where it comes from no source file. */
function folderIn(code: string, positions: SourcePositions): (offset: number) => string | null {
  const placeOf = placesIn(code);
  return (offset) => {
    const file = positions.fileOf(...placeOf(offset));
    return file === null ? null : dirname(file);
  };
}

/**
 * Bundles a script for `k6 run`: one ES module that k6's interpreter can parse.
 *
 * @returns the text of the .js file. Files that the script opens are relative to that file.
 * @throws ScriptRefused (107) with file and line.
 */
export async function bundleForK6(entry: string): Promise<string> {
  const path = resolve(entry);
  const [file] = await bundle({
    entryPoints: [path],
    ...K6_SYNTAX,
    external: ['k6', 'k6/*'],
    outfile: `${path}.bundle.js`,
    plugins: [ownDoor, noNode, noLateK6],
  });
  return file?.text ?? '';
}

/**
 * Bundles a script for `k6 run` from another folder. Files that the script opens are relative to its sources.
 *
 * @param folder folder of the script. The entry may be another file, which imports the script.
 */
export async function bundleForK6Elsewhere(entry: string, folder: string): Promise<string> {
  const path = resolve(entry);
  const files = await bundle({
    entryPoints: [path],
    ...K6_SYNTAX,
    define: { open: ANCHORED.open },
    sourcemap: 'external',
    sourcesContent: false,
    outfile: `${path}.bundle.js`,
    plugins: [ownDoor, noNode, noLateK6, anchoredFiles(folder), resolvingFiles],
  });
  const text = (isMap: boolean) =>
    files.find((file) => file.path.endsWith('.map') === isMap)?.text ?? '';
  const code = text(false);
  const positions = new SourcePositions('', { entry: path, code, map: text(true) });
  const folders = moduleFolders(code, ANCHORED.folder, folderIn(code, positions));
  return preludeFor(folder) + withInsertions(code, folders);
}

/** Syntax that k6's interpreter cannot parse is converted or refused. The newer syntax that it has is enabled. */
const K6_SYNTAX = {
  // The highest target that lowers `for await` and async generators, which k6 cannot run.
  target: 'es2017',
  supported: { 'top-level-await': true, 'import-meta': true, bigint: true },
} as const;

/**
 * The text of a script and its imports, independent of the engine that runs it.
 *
 * @throws ScriptRefused (107) with file and line.
 */
export async function textOf(entry: string): Promise<string> {
  const path = resolve(entry);
  const [file] = await bundle({
    entryPoints: [path],
    target: 'esnext',
    external: ['k6', 'k6/*'],
    outfile: `${path}.bundle.js`,
    plugins: [ownDoor, noNode],
  });
  return file?.text ?? '';
}

type Shared =
  | 'bundle'
  | 'format'
  | 'platform'
  | 'write'
  | 'logLevel'
  | 'mainFields'
  | 'tsconfigRaw';

async function bundle(options: Omit<Parameters<typeof build>[0], Shared>) {
  try {
    const built = await build({
      ...options,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      // As in k6, a tsconfig.json does not affect the result.
      tsconfigRaw: '{}',
      // A user's script imports this installation of dialproof, whatever folder the script is in.
      alias: { dialproof: PACKAGE_ROOT },
      write: false,
      logLevel: 'silent',
    });
    const serious = built.warnings.find(({ id }) => SERIOUS_WARNINGS.includes(id));
    if (serious) throw refused(serious);
    return built.outputFiles ?? [];
  } catch (error) {
    const [first] = (error as Partial<BuildFailure>).errors ?? [];
    throw first ? refused(first) : error;
  }
}

const SERIOUS_WARNINGS = ['import-is-undefined', 'empty-import-meta'];

/** `dialproof/load` is resolved to this installation of dialproof, independent of the script's folder. */
const ownDoor: Plugin = {
  name: 'dialproof/load',
  setup(build) {
    build.onResolve({ filter: /^dialproof\/load$/ }, () => ({
      path: join(PACKAGE_ROOT, 'load', 'lib', 'index.ts'),
    }));
  },
};

/** Provides each supported k6 module as a virtual module, so that esbuild knows its members. */
const k6Modules: Plugin = {
  name: 'k6 modules',
  setup(build) {
    build.onResolve({ filter: /^k6(\/|$)/ }, ({ path }) =>
      Object.hasOwn(MODULES, path)
        ? { path, namespace: 'k6', sideEffects: false }
        : { errors: [{ text: notSupported(`the module ${path}`) }] },
    );
    build.onLoad({ filter: /.*/, namespace: 'k6' }, ({ path }) => ({
      contents: ['default', ...(MODULES[path]?.members ?? [])]
        .map((name) => {
          const value = `/* @__PURE__ */ ${BUNDLE_NAMES.member}(${JSON.stringify(path)}, "${name}")`;
          return name === 'default'
            ? `export default ${value};`
            : `export const ${name} = ${value};`;
        })
        .join('\n'),
    }));
  },
};

/** Adds the source file's folder to each `import.meta.resolve`, because a bundle does not keep it. */
const resolvingFiles: Plugin = {
  name: 'import.meta.resolve',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes(RESOLVE)) return null;
      const from = `${BUNDLE_NAMES.resolve}(${JSON.stringify(dirname(path))}, `;
      const loader = /\.[cm]?ts$/.test(path) ? 'ts' : 'js';
      return { contents: text.replaceAll(`${RESOLVE}(`, from), loader };
    });
  },
};

const RESOLVE = 'import.meta.resolve';

/** Refuses import() of a k6 module, because k6 has no import(). An import() of a file becomes part of the bundle. */
const noLateK6: Plugin = {
  name: 'no import() of k6 modules',
  setup(build) {
    build.onResolve({ filter: /^k6(\/|$)/ }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { errors: [{ text: `k6 has no import(): import ${path} at the top` }] }
        : null,
    );
  },
};

const noNode: Plugin = {
  name: 'no Node modules',
  setup(build) {
    build.onResolve({ filter: /^(node:|[a-z])/ }, ({ path }) =>
      isBuiltin(path)
        ? { errors: [{ text: `${path} is a module of Node: k6 scripts cannot import it` }] }
        : null,
    );
    build.onResolve({ filter: /^https?:/ }, ({ path }) => ({
      errors: [{ text: `${path} would be fetched at run time: keep a copy beside the script` }],
    }));
  },
};

function refused({ text, location }: Message): ScriptRefused {
  const where = location
    ? `${relative(process.cwd(), resolve(location.file))}:${location.line}:${location.column + 1}: `
    : '';
  return new ScriptRefused(where + inOurWords(text), EXIT.scriptException);
}

function inOurWords(text: string): string {
  const [, module, member] =
    /No matching export in "k6:([^"]+)" for import "([^"]+)"/.exec(text) ??
    /Import "([^"]+)" will always be undefined because there is no matching export in "k6:([^"]+)"/
      .exec(text)
      ?.map((part, i, all) => (i === 1 ? (all[2] ?? part) : i === 2 ? (all[1] ?? part) : part)) ??
    [];
  if (module && member) return notSupported(`${member} of ${module}`);
  if (text.includes('"import.meta"')) return notSupported('import.meta');
  return text;
}
