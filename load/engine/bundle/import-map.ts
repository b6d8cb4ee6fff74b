/**
 * Points imports of a script at files, as import maps do in browsers: a URL at a copy of the library beside the script.
 *
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#import-maps
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { UserError } from '../../../system/errors.ts';
import { parseWrittenJson } from '../../../system/read.ts';

/** Names the file of the import map. It is in the environment, because workers bundle in processes of their own. */
export const IMPORT_MAP_VARIABLE = 'DIALPROOF_IMPORT_MAP';

/** Specifier, or beginning of specifiers that ends in `/`, -> absolute path of a file or folder. */
type Targets = ReadonlyMap<string, string>;

/**
 * Resolves imports by the map that applies to a script: the file that the variable names, else `dialproof.imports` of
 * the nearest package.json.
 *
 * @throws UserError where a map cannot be read.
 */
export function importMap(entry: string): Plugin {
  const targets = targetsFor(entry);
  return {
    name: 'import map',
    setup(build) {
      if (targets.size === 0) return;
      build.onResolve({ filter: /./ }, ({ path, kind }) => {
        const file = kind === 'entry-point' ? undefined : targetOf(path, targets);
        if (file === undefined) return null;
        return existsSync(file)
          ? { path: file }
          : {
              errors: [{ text: `the import map points ${path} at ${file}, which does not exist` }],
            };
      });
    },
  };
}

/** As in browsers, a whole specifier counts before a beginning, and a longer beginning before a shorter one. */
function targetOf(specifier: string, targets: Targets): string | undefined {
  const exact = targets.get(specifier);
  if (exact !== undefined) return exact;
  const [longest] = [...targets.keys()]
    .filter((key) => key.endsWith('/') && specifier.startsWith(key))
    .sort((a, b) => b.length - a.length);
  if (longest === undefined) return undefined;
  return join(targets.get(longest) ?? '', specifier.slice(longest.length));
}

function targetsFor(entry: string): Targets {
  const named = process.env[IMPORT_MAP_VARIABLE];
  if (named) return targetsIn(named, readJson(named).imports, 'imports');
  for (let folder = dirname(resolve(entry)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const own = readJson(file).dialproof as { readonly imports?: unknown } | undefined;
      return own?.imports === undefined
        ? new Map()
        : targetsIn(file, own.imports, 'dialproof.imports');
    }
    if (folder === dirname(folder)) return new Map();
  }
}

function targetsIn(file: string, imports: unknown, member: string): Targets {
  if (typeof imports !== 'object' || imports === null || Array.isArray(imports)) {
    throw new UserError(
      `${file} is no import map: ${member} must be an object of specifiers to paths, such as {"https://jslib.k6.io/": "./vendor/"}`,
    );
  }
  const folder = dirname(resolve(file));
  return new Map(
    Object.entries(imports).map(([specifier, path]) => {
      if (typeof path !== 'string' || !/^\.{0,2}\//.test(path)) {
        throw new UserError(
          `${file}: ${member} points ${specifier} at ${JSON.stringify(path)}: it must be a path that begins with ./, ../ or /`,
        );
      }
      if (specifier.endsWith('/') !== path.endsWith('/')) {
        throw new UserError(
          `${file}: ${member} points ${specifier} at ${path}: both must end in /, or neither`,
        );
      }
      return [specifier, resolve(folder, path)];
    }),
  );
}

function readJson(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `cannot read the import map ${file} (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  return (parseWrittenJson(text, file) ?? {}) as Record<string, unknown>;
}
