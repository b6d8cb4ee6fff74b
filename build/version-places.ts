/** The places outside package.json that name the version of the package. `npm version` writes them. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../system/package.ts';

/** What stands before the version. */
const NAMED =
  /(dialproof:|newTag: |ARG VERSION=|ENGINE_VERSION = '|"dialproof": ")\d+\.\d+\.\d+(?:-[\w.]+)?/g;

/** Relative to the root. Each names the version at least once. */
export const VERSIONED_FILES: readonly string[] = [
  'Dockerfile',
  'deploy/compose/compose.yaml',
  'deploy/kustomize/base/kustomization.yaml',
  'docs/containers.md',
  'load/engine/version.ts',
  ...readdirSync(join(PACKAGE_ROOT, 'examples'))
    .map((name) => `examples/${name}/package.json`)
    .filter((file) => existsSync(join(PACKAGE_ROOT, file)))
    .filter((file) => isVersioned(readFileSync(join(PACKAGE_ROOT, file), 'utf8'))),
];

export function withVersion(text: string, version: string): string {
  return text.replace(NAMED, (_, before: string) => `${before}${version}`);
}

function isVersioned(text: string): boolean {
  return withVersion(text, '') !== text;
}
