/** The packed package, made once for all files of a run: packing builds, and two builds at a time spoil each other. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { madeOnce } from './made-once.ts';

/**
 * Path of the tarball. It blocks until it is there.
 *
 * @throws Error with npm's output if it cannot be packed.
 */
export const packedTarball = (): string => madeOnce('dialproof.tgz', pack);

function pack(folder: string): string {
  const args = ['pack', '--json', '--pack-destination', folder];
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: PACKAGE_ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm pack ended with ${status}:\n${stdout}${stderr}`);
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [{ filename: string }];
  return join(folder, filename);
}
