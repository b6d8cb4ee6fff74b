/** What a version is called at a Pact Broker: commit, branch and build, from options, the CI or git. */

import { UserError } from '../../errors.ts';

export interface VersionFacts {
  /** The commit: a Broker's versions must be unique to what was built. */
  readonly version: string;
  /** Null on a detached HEAD, and where a CI builds a tag. */
  readonly branch: string | null;
  readonly buildUrl: string | null;
}

/** What the user said; it goes before everything that is found. */
export interface GivenFacts {
  readonly sha?: string | undefined;
  readonly branch?: string | undefined;
  readonly buildUrl?: string | undefined;
}

export interface GitAnswers {
  readonly sha: string;
  /** Null on a detached HEAD. */
  readonly branch: string | null;
  /** A tracked file differs from the commit. */
  readonly dirty: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;
type Fact = (env: Env) => string | undefined;

interface Ci {
  readonly name: string;
  /** The variable that only this CI sets. */
  readonly mark: string;
  readonly sha: Fact;
  /** Of a pull request the branch that it comes from, not the one it goes to. */
  readonly branch: Fact;
  readonly buildUrl: Fact;
}

/** Variables as each CI documents them. */
export const CIS: readonly Ci[] = [
  {
    name: 'GitHub Actions',
    mark: 'GITHUB_ACTIONS',
    sha: (env) => env.GITHUB_SHA,
    branch: (env) =>
      env.GITHUB_HEAD_REF || (env.GITHUB_REF_TYPE === 'tag' ? undefined : env.GITHUB_REF_NAME),
    buildUrl: (env) =>
      joined([env.GITHUB_SERVER_URL, env.GITHUB_REPOSITORY, 'actions/runs', env.GITHUB_RUN_ID]),
  },
  {
    name: 'GitLab CI',
    mark: 'GITLAB_CI',
    sha: (env) => env.CI_COMMIT_SHA,
    branch: (env) => env.CI_MERGE_REQUEST_SOURCE_BRANCH_NAME || env.CI_COMMIT_BRANCH,
    buildUrl: (env) => env.CI_JOB_URL || env.CI_PIPELINE_URL,
  },
  {
    name: 'Jenkins',
    mark: 'JENKINS_URL',
    sha: (env) => env.GIT_COMMIT,
    // A multibranch job names a tag in BRANCH_NAME too.
    branch: (env) =>
      env.TAG_NAME
        ? undefined
        : env.CHANGE_BRANCH || env.BRANCH_NAME || env.GIT_BRANCH?.replace(/^origin\//, ''),
    buildUrl: (env) => env.BUILD_URL,
  },
  {
    name: 'CircleCI',
    mark: 'CIRCLECI',
    sha: (env) => env.CIRCLE_SHA1,
    branch: (env) => env.CIRCLE_BRANCH,
    buildUrl: (env) => env.CIRCLE_BUILD_URL,
  },
  {
    name: 'Azure Pipelines',
    mark: 'TF_BUILD',
    sha: (env) => env.BUILD_SOURCEVERSION,
    branch: (env) =>
      /^refs\/heads\/(.+)$/.exec(
        env.SYSTEM_PULLREQUEST_SOURCEBRANCH || env.BUILD_SOURCEBRANCH || '',
      )?.[1],
    buildUrl: (env) =>
      env.BUILD_BUILDID &&
      joined([
        env.SYSTEM_COLLECTIONURI,
        env.SYSTEM_TEAMPROJECT && encodeURIComponent(env.SYSTEM_TEAMPROJECT),
        `_build/results?buildId=${env.BUILD_BUILDID}`,
      ]),
  },
  {
    name: 'Buildkite',
    mark: 'BUILDKITE',
    // A build of no commit in particular says HEAD.
    sha: (env) => (env.BUILDKITE_COMMIT === 'HEAD' ? undefined : env.BUILDKITE_COMMIT),
    branch: (env) => (env.BUILDKITE_TAG ? undefined : env.BUILDKITE_BRANCH),
    buildUrl: (env) => env.BUILDKITE_BUILD_URL,
  },
];

/**
 * What was given, else what the CI says, else what git says.
 *
 * @param git null outside a repository, or without git.
 * @throws UserError where nothing names a commit, or git's commit is not what lies there.
 */
export function versionFacts(given: GivenFacts, env: Env, git: GitAnswers | null): VersionFacts {
  const ci = CIS.find(({ mark }) => env[mark]);
  return {
    version: given.sha || ci?.sha(env) || committed(git),
    branch: given.branch || ci?.branch(env) || git?.branch || null,
    buildUrl: given.buildUrl || ci?.buildUrl(env) || null,
  };
}

function committed(git: GitAnswers | null): string {
  if (git === null) {
    throw new UserError(
      'Nothing here names the commit, neither a known CI nor a git repository with one: give --sha.',
    );
  }
  if (git.dirty) {
    throw new UserError(
      `The working tree differs from its commit ${git.sha.slice(0, 12)}: commit the changes, or ` +
        'name the version with --sha.',
    );
  }
  return git.sha;
}

/** An address of its parts; undefined where one is missing. */
function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every(Boolean)
    ? parts.map((part) => part?.replace(/\/$/, '')).join('/')
    : undefined;
}
