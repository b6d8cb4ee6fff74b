/** The version that a contract or a result belongs to, found from the CI's environment and from git. */

import { execFileSync } from 'node:child_process';
import { sourceInCi, type Variables } from '../../system/ci.ts';
import { UserError } from '../../system/errors.ts';

export interface VersionFacts {
  /** The commit. */
  readonly version: string;
  readonly branch: string;
  /** Page of the build; null outside a CI. */
  readonly buildUrl: string | null;
}

export type GivenFacts = Partial<VersionFacts>;

/** What git says in a folder; null where it says nothing. */
export interface GitFacts {
  readonly commit: string | null;
  /** Null with a detached HEAD, as in most CIs. */
  readonly branch: string | null;
}

/**
 * Given values have priority over those of the CI, which have priority over those of git.
 *
 * @throws UserError if no source knows the version or the branch.
 */
export function versionFacts(given: GivenFacts, env: Variables, git: GitFacts): VersionFacts {
  const ci = sourceInCi(env);
  const version = given.version ?? ci?.commit ?? git.commit;
  if (!version) {
    throw new UserError(
      'no version is known: run this in a git checkout or a CI, or give --sha COMMIT',
    );
  }
  const branch = given.branch ?? ci?.branch ?? git.branch;
  if (!branch) {
    throw new UserError(
      'no branch is known (HEAD is detached, and no CI names one): give --branch NAME',
    );
  }
  return { version, branch, buildUrl: given.buildUrl ?? ci?.buildUrl ?? null };
}

/** Asks git about a folder. */
export function gitFacts(folder: string): GitFacts {
  return {
    commit: git(folder, 'rev-parse', 'HEAD'),
    branch: git(folder, 'symbolic-ref', '--quiet', '--short', 'HEAD'),
  };
}

function git(folder: string, ...args: string[]): string | null {
  try {
    const said = execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return said.trim() || null;
  } catch {
    // No git, no checkout, no commit yet, or no branch: all mean that it does not say.
    return null;
  }
}

/** `refs/heads/main` and `origin/main` are both called main. */
