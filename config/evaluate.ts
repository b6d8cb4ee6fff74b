/** Evaluates a configuration that is a module. */

import { readFileSync } from 'node:fs';
import { createRequire, SourceMap } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { type BuildFailure, buildSync } from 'esbuild';
import { UserError } from '../system/errors.ts';
import { defineConfig } from './config.ts';
import { OLDEST_NODE } from './places.ts';

/** What a configuration imports of the package. It is at hand where a project has no dialproof of its own. */
const OWN = { defineConfig };

/**
 * Runs a module in this process, with the local modules that it imports.
 *
 * @param file absolute path.
 * @returns its default export.
 * @throws UserError with the place, for a module that does not compile, throws, or has no default export.
 */
export function evaluate(file: string, shown: string): unknown {
  const { code, map } = compiled(file, shown);
  const load = createRequire(file);
  const untouched: { readonly default?: unknown } = {};
  const module = { exports: untouched };
  try {
    const run = compileFunction(code, ['exports', 'module', 'require'], { filename: file });
    run(module.exports, module, (name: string) => (name === 'dialproof' ? OWN : load(name)));
  } catch (error) {
    throw new UserError(`${shown}${placeOf(error, file, map)}: ${saidOf(error)}`);
  }
  const { exports } = module;
  const isModule = typeof exports === 'object' && exports !== null && '__esModule' in exports;
  const value = isModule ? exports.default : exports;
  if (value === undefined || value === untouched) {
    throw new UserError(
      `${shown}:1:1: it exports nothing: write export default defineConfig({ … })`,
    );
  }
  if (isPromise(value)) {
    throw new UserError(`${shown}:1:1: it exports a promise: export the object itself`);
  }
  return value;
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function compiled(file: string, shown: string): { code: string; map: string } {
  try {
    const { outputFiles } = buildSync({
      entryPoints: [file],
      bundle: true,
      write: false,
      outfile: 'config.js',
      format: 'cjs',
      platform: 'node',
      target: OLDEST_NODE,
      packages: 'external',
      sourcemap: 'external',
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
      logLevel: 'silent',
    });
    const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    return { code: textOf('.js'), map: textOf('.map') };
  } catch (error) {
    const [first] = (error as BuildFailure).errors ?? [];
    if (!first) throw error;
    const { line = 1, column = 0 } = first.location ?? {};
    const where = first.location && !file.endsWith(first.location.file.replace(/^(\.\.\/)+/, ''));
    const name = where ? first.location?.file : shown;
    throw new UserError(`${name}:${line}:${column + 1}: ${first.text}`);
  }
}

/** `:line:column` of the text that was written, or an empty text. */
function placeOf(error: unknown, file: string, map: string): string {
  const stack = isError(error) ? (error.stack ?? '') : '';
  const at = stack.indexOf(`${file}:`);
  const [, line, column] = /^:(\d+):(\d+)/.exec(at < 0 ? '' : stack.slice(at + file.length)) ?? [];
  if (line === undefined) return ':1:1';
  const payload = JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0];
  const entry = new SourceMap(payload).findEntry(Number(line) - 1, Number(column) - 1);
  if (!('originalLine' in entry)) return ':1:1';
  return `:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

function saidOf(error: unknown): string {
  const text = isError(error) ? error.message : String(error);
  return text.split('\n')[0] ?? '';
}

/** An error of another realm, as jest has them, is none of this realm's. */
function isError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'message' in error && 'stack' in error;
}

export function textIn(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UserError(`cannot read ${shown} (${(error as NodeJS.ErrnoException).code})`);
  }
}
