/** The packed package, made once for all files of a run: packing builds, and two builds at a time spoil each other. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';

const PAUSE_MS = 100;
const PATIENCE_MS = 4 * 60_000;

/**
 * Path of the tarball. It blocks until it is there.
 *
 * @throws Error with npm's output if it cannot be packed, or if the file that packs it does not finish.
 */
export function packedTarball(): string {
  const folder = process.env.DIALPROOF_TEST_RUN;
  if (!folder) throw new Error('the folder of the run is made by test/support/before-all.ts');
  const tarball = join(folder, 'dialproof.tgz');
  const until = Date.now() + PATIENCE_MS;
  while (!existsSync(tarball)) {
    if (isFirst(join(folder, 'packing'))) return pack(folder, tarball);
    if (Date.now() > until) throw new Error(`${tarball} was not packed by the file that began it`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  return tarball;
}

/** Whoever makes the folder is the first. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function pack(folder: string, tarball: string): string {
  const args = ['pack', '--json', '--pack-destination', folder];
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: PACKAGE_ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm pack ended with ${status}:\n${stdout}${stderr}`);
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [{ filename: string }];
  renameSync(join(folder, filename), tarball);
  return tarball;
}
