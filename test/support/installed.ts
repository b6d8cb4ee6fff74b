/** The package as npm installs it from its tarball, once for all files of a run; and projects that have it. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { madeOnce } from './made-once.ts';
import { packedTarball } from './tarball.ts';
import { tempDir } from './temp-dir.ts';

/** What the tests of a project need beside the package. */
const TOOLS = ['@types/jest', '@types/node', 'jest', 'typescript', 'vitest'];

/**
 * Folder in which npm has installed the tarball, with what it depends on and every optional peer. Only the tarball is
 * unpacked: the others are links to those of the checkout, so that it takes no registry.
 *
 * @throws Error with npm's output if it cannot be installed.
 */
export const installedPackage = (): string => madeOnce('installed', install);

function install(folder: string): string {
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'),
  ) as Readonly<Record<'dependencies' | 'peerDependencies', Readonly<Record<string, string>>>>;
  const linked = [...Object.keys(dependencies), ...Object.keys(peerDependencies), ...TOOLS].map(
    (name) => [name, `file:${join(PACKAGE_ROOT, 'node_modules', name)}`] as const,
  );
  const into = join(folder, 'installing');
  mkdirSync(into);
  writeFileSync(
    join(into, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { dialproof: `file:${packedTarball()}`, ...Object.fromEntries(linked) },
    }),
  );
  const args = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stdout, stderr } = spawnSync('npm', [...args, '--no-package-lock'], {
    cwd: into,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm install ended with ${status}:\n${stdout}${stderr}`);
  return into;
}

/** A new project that has the package. It is gone when the tests of the file are done. */
export function newProject(manifest: object = {}): string {
  const project = tempDir();
  symlinkSync(join(installedPackage(), 'node_modules'), join(project, 'node_modules'));
  writeIn(project, 'package.json', JSON.stringify({ name: 'my-dialer', ...manifest }));
  return project;
}

export function writeIn(project: string, name: string, text: string): void {
  const path = join(project, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Where the commands of a project are found: its own, and the Node of the tests. */
export const pathOf = (project: string): string =>
  [join(project, 'node_modules', '.bin'), dirname(process.execPath), process.env.PATH].join(':');
