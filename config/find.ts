/** Where the configuration of a project is. */

import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../system/errors.ts';

export const CONFIG_NAMES = [
  'dialproof.config.ts',
  'dialproof.config.js',
  'dialproof.config.json',
] as const;

/**
 * Looks in a folder and in those above it, up to the root of the repository (the folder with `.git`).
 *
 * @returns null where there is none.
 * @throws UserError where a folder has several.
 */
export function findConfig(from: string): string | null {
  for (let at = resolve(from); ; at = dirname(at)) {
    const [found, other] = CONFIG_NAMES.map((name) => join(at, name)).filter((path) =>
      existsSync(path),
    );
    if (found !== undefined && other !== undefined) {
      throw new UserError(`${found} and ${other} are both configurations: keep one of them`);
    }
    if (found !== undefined) return found;
    if (existsSync(join(at, '.git')) || at === dirname(at)) return null;
  }
}

/** @throws UserError where the file that was named cannot be a configuration. */
export function namedConfig(file: string): string {
  const path = resolve(file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new UserError(`there is no file ${file}: name a configuration with --config`);
  }
  if (!/\.(?:json|[cm]?[jt]s)$/.test(path)) {
    throw new UserError(`${file} is no configuration: it must end in .json, .ts or .js`);
  }
  return path;
}
