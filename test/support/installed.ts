/**
 * The packed package, installed outside the checkout, once for all files of a run. Nobody writes into it: a test works
 * in a folder of its own, which finds the installation by a link.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { madeOnce } from './made-once.ts';
import { packedTarball } from './tarball.ts';
import { tempDir } from './temp-dir.ts';

const ASK = ['view', 'acorn@8.19.0', 'version', '--fetch-timeout=10000', '--fetch-retries=0'];

/** Whether packages can be had; offline they cannot. One file of the run asks. */
export function hasRegistry(): boolean {
  const answer = madeOnce('registry', (path) =>
    writeFileSync(path, String(spawnSync('npm', ASK).status === 0)),
  );
  return readFileSync(answer, 'utf8') === 'true';
}

/**
 * Installs packages as a stranger does.
 *
 * @param what packages, and options of npm.
 * @throws Error with npm's output if they cannot be installed.
 */
export function npmInstall(into: string, ...what: readonly string[]): void {
  const quietly = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stdout, stderr } = spawnSync('npm', ['install', ...quietly, ...what], {
    cwd: into,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm install ended with ${status}:\n${stdout}${stderr}`);
}

/** A folder in which the package is installed from the registry, and nothing else. */
export function bareInstallation(): string {
  const tarball = packedTarball();
  return madeOnce('installed', (folder) => {
    mkdirSync(folder);
    writeIn(folder, 'package.json', '{"private": true}');
    npmInstall(folder, tarball);
  });
}

/** What the tests of a project need beside the package. */
const TOOLS = ['@types/jest', '@types/node', 'jest', 'typescript', 'vitest'];

/**
 * A folder in which npm has installed the tarball, with what it depends on and every optional peer. Only the tarball is
 * unpacked: the others are links to those of the checkout, so that it takes no registry.
 */
export function wholeInstallation(): string {
  const tarball = packedTarball();
  return madeOnce('installed-whole', (folder) => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'),
    ) as Readonly<Record<'dependencies' | 'peerDependencies', Readonly<Record<string, string>>>>;
    const linked = [...Object.keys(dependencies), ...Object.keys(peerDependencies), ...TOOLS].map(
      (name) => [name, `file:${join(PACKAGE_ROOT, 'node_modules', name)}`] as const,
    );
    const manifest = {
      private: true,
      dependencies: { dialproof: `file:${tarball}`, ...Object.fromEntries(linked) },
    };
    writeIn(folder, 'package.json', JSON.stringify(manifest));
    npmInstall(folder, '--offline', '--no-package-lock');
  });
}

/** A new folder of a stranger, in which the package and its optional packages are installed. The tests of the file remove it. */
export function strangersProject(): string {
  const project = tempDir();
  symlinkSync(join(wholeInstallation(), 'node_modules'), join(project, 'node_modules'));
  return project;
}

/** The same, with a manifest. */
export function newProject(manifest: object = {}): string {
  const project = strangersProject();
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
  [join(project, 'node_modules', '.bin'), dirname(process.execPath), process.env.PATH].join(
    delimiter,
  );
