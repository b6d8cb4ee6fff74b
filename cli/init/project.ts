/** What a project has, as far as the files for it depend on it. */

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { UserError } from '../../system/errors.ts';
import { object, parseJson } from '../../system/read.ts';

export type Runner = 'jest' | 'vitest' | 'node';

export interface Project {
  /** Name of the consumer in its pact: that of the package without its scope. */
  readonly consumer: string;
  /** Runs the tests. `node` is Node's own runner, which every project has. */
  readonly runner: Runner;
  /** Whether tests may be in TypeScript. */
  readonly hasTypeScript: boolean;
  /** Whether a file in TypeScript may have `import` and `export`, and there is a tsconfig.json. */
  readonly typesModules: boolean;
  /** Whether a `.js` file is an ES module. */
  readonly isModule: boolean;
  readonly hasPact: boolean;
  /** Packages that the files need and that are not there. */
  readonly missing: readonly string[];
  /** Whether a package is neither named nor there. */
  readonly lacks: (name: string) => boolean;
  /** Installs what the lock file has, in a CI. */
  readonly install: string;
  readonly hasNpmLock: boolean;
  readonly ci: Ci;
}

export type Ci = 'github' | 'gitlab';

const SDK = '@aws-sdk/client-connect';

/** What lets jest read TypeScript. */
const TYPESCRIPT_IN_JEST = ['ts-jest', '@swc/jest', '@babel/preset-typescript', 'esbuild-jest'];

const INSTALLS: readonly (readonly [file: string, command: string])[] = [
  ['package-lock.json', 'npm ci'],
  ['pnpm-lock.yaml', 'corepack enable && pnpm install --frozen-lockfile'],
  ['yarn.lock', 'corepack enable && yarn install'],
];

/** @throws UserError where the folder has no package.json. */
export function projectIn(dir: string): Project {
  const has = (...path: readonly string[]): boolean => existsSync(join(dir, ...path));
  if (!has('package.json')) {
    throw new UserError(
      'there is no package.json in this folder: run "npm init -y" and "npm install --save-dev dialproof" first',
    );
  }
  const manifest = object(
    parseJson(readFileSync(join(dir, 'package.json'), 'utf8'), 'package.json'),
    'package.json',
  );
  const named = ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((kind) =>
    Object.keys(object(manifest[kind] ?? {}, `package.json ${kind}`)),
  );
  const found = createRequire(join(dir, 'package.json'));
  const isThere = (name: string): boolean => {
    try {
      found.resolve(name);
      return true;
    } catch (error) {
      // A package that only import finds is there.
      return (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND';
    }
  };
  const runner = (['vitest', 'jest'] as const).find((one) => named.includes(one)) ?? 'node';
  const isModule = manifest.type === 'module';
  const hasTypeScript = has('tsconfig.json') || named.includes('typescript');
  // A .ts file of a CommonJS package is none that may import, if the compiler takes it by the word.
  const importsAreRefused =
    !isModule && has('tsconfig.json') && isVerbatim(join(dir, 'tsconfig.json'));
  return {
    consumer: consumerName(manifest.name, dir),
    runner,
    hasTypeScript:
      hasTypeScript &&
      !importsAreRefused &&
      (runner === 'vitest' ||
        (runner === 'jest' && TYPESCRIPT_IN_JEST.some((one) => named.includes(one)))),
    typesModules: has('tsconfig.json') && !importsAreRefused,
    isModule,
    hasPact: isThere('@pact-foundation/pact'),
    missing: isThere(SDK) ? [] : [SDK],
    lacks: (name) => !named.includes(name) && !isThere(`${name}/package.json`),
    install: INSTALLS.find(([file]) => has(file))?.[1] ?? 'npm install',
    hasNpmLock: has('package-lock.json'),
    ci: has('.gitlab-ci.yml') && !has('.github') ? 'gitlab' : 'github',
  };
}

/** Pacts are files: their names have no folder. */
function consumerName(name: unknown, dir: string): string {
  const plain = (typeof name === 'string' ? name : basename(resolve(dir)))
    .replace(/^@[^/]*\//, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^\.+/, '');
  return plain === '' ? 'my-dialer' : plain;
}

/** Whether `verbatimModuleSyntax` is on. The file may have comments, so it is read by its lines. */
function isVerbatim(file: string): boolean {
  return /^\s*(?:\{\s*)?"verbatimModuleSyntax"\s*:\s*true/m.test(readFileSync(file, 'utf8'));
}
