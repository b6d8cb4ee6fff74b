/** The folder and version of this package; works both from source and from dist. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findRoot(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : findRoot(dirname(from));
}

/** Folder of dialproof's own package.json. */
export const PACKAGE_ROOT = findRoot(__dirname);

/** The node options that running a module of this package needs: in a checkout, modules are TypeScript. */
export const NODE_ARGS: readonly string[] = __filename.endsWith('.ts')
  ? ['-r', join(PACKAGE_ROOT, 'system', 'typescript.js')]
  : [];

const manifest = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
  version: string;
  devDependencies: Readonly<Record<string, string>>;
};

export const DIALPROOF_VERSION = manifest.version;

/** The version of a package that this one is tested with. */
export function wantedVersionOf(name: string): string {
  return manifest.devDependencies[name] ?? 'latest';
}

/** The version of an installed dependency, from its package.json. */
export function versionOf(dependency: string): string {
  for (let at = PACKAGE_ROOT; ; at = dirname(at)) {
    const path = join(at, 'node_modules', dependency, 'package.json');
    if (existsSync(path)) {
      return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
    }
    if (at === dirname(at)) return 'unknown';
  }
}
