/** The version that a contract or a result belongs to, found from the CI's environment and from git. */

import { execFileSync } from 'node:child_process';
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

type Environment = Readonly<Record<string, string | undefined>>;

interface Ci {
  readonly name: string;
  /** The variable that only this CI sets. */
  readonly sign: string;
  readonly commit: string;
  /** The first that is set counts: of a pull request, its own branch. */
  readonly branch: readonly string[];
  readonly buildUrl: (env: Environment) => string | undefined;
}

/** Variables as the CIs document them. */
const CIS: readonly Ci[] = [
  {
    name: 'GitHub Actions',
    sign: 'GITHUB_ACTIONS',
    commit: 'GITHUB_SHA',
    branch: ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME'],
    buildUrl: ({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id }) =>
      server && repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined,
  },
  {
    name: 'GitLab CI',
    sign: 'GITLAB_CI',
    commit: 'CI_COMMIT_SHA',
    branch: ['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_REF_NAME'],
    buildUrl: ({ CI_JOB_URL }) => CI_JOB_URL,
  },
  {
    name: 'Jenkins',
    sign: 'JENKINS_URL',
    commit: 'GIT_COMMIT',
    branch: ['CHANGE_BRANCH', 'BRANCH_NAME', 'GIT_BRANCH'],
    buildUrl: ({ BUILD_URL }) => BUILD_URL,
  },
  {
    name: 'CircleCI',
    sign: 'CIRCLECI',
    commit: 'CIRCLE_SHA1',
    branch: ['CIRCLE_BRANCH'],
    buildUrl: ({ CIRCLE_BUILD_URL }) => CIRCLE_BUILD_URL,
  },
  {
    name: 'Azure Pipelines',
    sign: 'TF_BUILD',
    commit: 'BUILD_SOURCEVERSION',
    branch: ['SYSTEM_PULLREQUEST_SOURCEBRANCH', 'BUILD_SOURCEBRANCH'],
    buildUrl: ({ SYSTEM_COLLECTIONURI: server, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id }) =>
      server && project && id
        ? `${server}${encodeURIComponent(project)}/_build/results?buildId=${id}`
        : undefined,
  },
  {
    name: 'Buildkite',
    sign: 'BUILDKITE',
    commit: 'BUILDKITE_COMMIT',
    branch: ['BUILDKITE_BRANCH'],
    buildUrl: ({ BUILDKITE_BUILD_URL }) => BUILDKITE_BUILD_URL,
  },
];

/**
 * Given values have priority over those of the CI, which have priority over those of git.
 *
 * @throws UserError if no source knows the version or the branch.
 */
export function versionFacts(given: GivenFacts, env: Environment, git: GitFacts): VersionFacts {
  const ci = CIS.find(({ sign }) => env[sign]);
  const version = given.version ?? (ci && text(env[ci.commit])) ?? git.commit;
  if (!version) {
    throw new UserError(
      'no version is known: run this in a git checkout or a CI, or give --sha COMMIT',
    );
  }
  const named = ci?.branch.map((name) => text(env[name])).find((name) => name !== undefined);
  const branch = given.branch ?? (named && bare(named)) ?? git.branch;
  if (!branch) {
    throw new UserError(
      'no branch is known (HEAD is detached, and no CI names one): give --branch NAME',
    );
  }
  return { version, branch, buildUrl: given.buildUrl ?? ci?.buildUrl(env) ?? null };
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

/** Some CIs set a variable to nothing. */
function text(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** `refs/heads/main` and `origin/main` are both called main. */
function bare(branch: string): string {
  return branch.replace(/^refs\/heads\//, '').replace(/^origin\//, '');
}
