/**
 * The packed package, installed from the registry outside the checkout, once for all files of a run. Nobody writes
 * into it: a test works in a folder of its own, which finds the installation by a link.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** A folder in which the package is installed, and nothing else. */
export function bareInstallation(): string {
  const tarball = packedTarball();
  return madeOnce('installed', (folder) => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{"private": true}');
    npmInstall(folder, tarball);
  });
}

/** A folder in which its optional packages are too: those of the checkout, so that nothing more is installed. */
function wholeInstallation(): string {
  const bare = bareInstallation();
  return madeOnce('installed-whole', (folder) => {
    cpSync(bare, folder, { recursive: true, verbatimSymlinks: true });
    const { peerDependencies } = JSON.parse(
      readFileSync(join(folder, 'node_modules', 'dialproof', 'package.json'), 'utf8'),
    ) as { readonly peerDependencies: Readonly<Record<string, string>> };
    for (const name of Object.keys(peerDependencies)) {
      const link = join(folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(PACKAGE_ROOT, 'node_modules', name), link);
    }
  });
}

/** What is installed in the project of a test. */
export type Installed = 'bare' | 'whole';

/** A new folder of a stranger, in which the package is installed. @param what without or with its optional packages. */
export function strangersProject(what: Installed = 'whole'): string {
  const project = tempDir();
  const installation = what === 'bare' ? bareInstallation() : wholeInstallation();
  symlinkSync(join(installation, 'node_modules'), join(project, 'node_modules'));
  return project;
}

/** The command that is installed in such a folder, for node. */
export const installedCommand = (project: string) =>
  join(project, 'node_modules', 'dialproof', 'dist', 'cli', 'main.js');
