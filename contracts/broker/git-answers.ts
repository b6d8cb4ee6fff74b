/** Asks git for the commit, the branch and whether the tree is clean. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { GitAnswers } from './version-facts.ts';

const run = promisify(execFile);

/** @returns null without git, outside a repository, and before its first commit. */
export async function gitAnswers(dir: string): Promise<GitAnswers | null> {
  const git = async (...args: string[]) =>
    (await run('git', args, { cwd: dir, timeout: 10_000 })).stdout.trim();
  try {
    const [sha, branch, changes] = await Promise.all([
      git('rev-parse', '--verify', 'HEAD'),
      git('rev-parse', '--abbrev-ref', 'HEAD'),
      // What git does not track is left by builds, and is no part of the version.
      git('status', '--porcelain', '--untracked-files=no'),
    ]);
    return { sha, branch: branch === 'HEAD' ? null : branch, dirty: changes !== '' };
  } catch {
    return null;
  }
}
