/** Bundles a script and its imports into one file, for this engine or for the user's own k6. */

import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type BuildFailure, type BuildResult, build, type Message, type Plugin } from 'esbuild';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { placesIn, withInsertions } from '../plain/insertions.ts';
import { awaitBlockingCalls } from '../plain/transform.ts';
import { EXIT, notSupported, ScriptRefused } from '../read/refusal.ts';
import { BUNDLE_NAMES, type Bundle } from '../script/script.ts';
import { SourcePositions } from '../script/source-positions.ts';
import { ANCHORED, anchoredFiles, preludeFor } from './anchored-files.ts';
import { importMap } from './import-map.ts';
import { k6Modules, requiredK6, usesUnsupported } from './k6-modules.ts';
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
  const options = (strict: boolean): OwnOptions => ({
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
    metafile: true,
    plugins: [importMap(path), ownDoor, k6Modules(strict), noNode, resolvingFiles],
  });
  const lenient = await bundle(options(false));
  // The second time, esbuild says where the script imports what is not supported.
  const { outputFiles: files = [] } = usesUnsupported(lenient.metafile)
    ? await bundle(options(true))
    : lenient;
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
    isPackage(offset) {
      const place = where(offset);
      // esbuild's own functions come from no file.
      return place === '' || place.split(sep).includes('node_modules');
    },
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
  const { outputFiles: [file] = [], metafile } = await bundle({
    entryPoints: [path],
    ...K6_SYNTAX,
    external: ['k6', 'k6/*'],
    outfile: `${path}.bundle.js`,
    metafile: true,
    plugins: [importMap(path), ownDoor, noNode, requiredK6, noLateK6],
  });
  refuseCommonJs(metafile);
  return file?.text ?? '';
}

/** Refuses a script in CommonJS form. A bundle for k6 is an ES module, and the names of its exports must be known. */
function refuseCommonJs(metafile: BuildResult['metafile']): void {
  const inputs = metafile?.inputs ?? {};
  const entries = Object.values(metafile?.outputs ?? {}).map(({ entryPoint = '' }) => entryPoint);
  // The entry may be one that was written for the bundle. It exports all that the script exports.
  const scripts = entries.flatMap((entry) => [
    entry,
    ...(inputs[entry]?.imports ?? [])
      .filter(({ original }) => original?.startsWith('/'))
      .map(({ path }) => path),
  ]);
  const found = scripts.find((name) => inputs[name]?.format === 'cjs');
  if (found !== undefined) {
    throw new ScriptRefused(
      `${relative(process.cwd(), resolve(found))}:1:1: a CommonJS script cannot be bundled for k6: write export in place of module.exports, or hand the script to k6 itself`,
      EXIT.scriptException,
    );
  }
}

/**
 * Bundles a script for `k6 run` from another folder. Files that the script opens are relative to its sources.
 *
 * @param folder folder of the script. The entry may be another file, which imports the script.
 */
export async function bundleForK6Elsewhere(entry: string, folder: string): Promise<string> {
  const path = resolve(entry);
  const { outputFiles: files = [], metafile } = await bundle({
    entryPoints: [path],
    ...K6_SYNTAX,
    define: { open: ANCHORED.open },
    sourcemap: 'external',
    sourcesContent: false,
    outfile: `${path}.bundle.js`,
    metafile: true,
    plugins: [
      importMap(join(folder, 'script')),
      ownDoor,
      noNode,
      requiredK6,
      noLateK6,
      anchoredFiles(folder),
      resolvingFiles,
    ],
  });
  refuseCommonJs(metafile);
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
  const { outputFiles: [file] = [] } = await bundle({
    entryPoints: [path],
    target: 'esnext',
    external: ['k6', 'k6/*'],
    outfile: `${path}.bundle.js`,
    plugins: [importMap(path), ownDoor, noNode],
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

type OwnOptions = Omit<Parameters<typeof build>[0], Shared>;

async function bundle(options: OwnOptions): Promise<BuildResult> {
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
    return built;
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
      errors: [
        {
          text: `${path} would be fetched at run time: keep a copy beside the script, and name it in an import map (--import-map FILE)`,
        },
      ],
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
