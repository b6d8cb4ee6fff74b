/** What the CI says about the build that this process is part of. */

import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Ci {
  readonly name: string;
  /**
   * The commit that was pushed. Of a pull request it is the head commit, not the merge commit that the CI
   * made for the build. Null where the CI does not tell it.
   */
  readonly commit: string | null;
  /** Of a pull request, its own branch. */
  readonly branch: string | null;
  /** Page of the build. */
  readonly buildUrl: string | null;
  /** Whether the build may be of a merge commit, which the CI made for a pull request. */
  readonly ofMerge: boolean;
}

interface Kind {
  readonly name: string;
  /** The variable that only this CI sets. */
  readonly sign: string;
  readonly commit: (env: Environment) => string | null | undefined;
  /** The first that is set counts: of a pull request, its own branch. */
  readonly branch: readonly string[];
  readonly buildUrl: (env: Environment) => string | undefined;
  /** Absent where the CI checks out the head commit, or does not say. */
  readonly ofMerge?: (env: Environment) => boolean;
}

/** Variables as the CIs document them. */
const KINDS: readonly Kind[] = [
  {
    name: 'GitHub Actions',
    sign: 'GITHUB_ACTIONS',
    // In a pull request, GITHUB_SHA is the merge commit.
    commit: (env) =>
      isGithubPull(env)
        ? (githubEvent(env)?.pull_request?.head?.sha ?? null)
        : text(env.GITHUB_SHA),
    branch: ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME'],
    buildUrl: ({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id }) =>
      server && repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined,
    ofMerge: isGithubPull,
  },
  {
    name: 'GitLab CI',
    sign: 'GITLAB_CI',
    // In a merged results pipeline, CI_COMMIT_SHA is the merge commit.
    commit: (env) => text(env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA) ?? text(env.CI_COMMIT_SHA),
    branch: ['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_REF_NAME'],
    buildUrl: ({ CI_JOB_URL }) => CI_JOB_URL,
    ofMerge: ({ CI_MERGE_REQUEST_IID }) => Boolean(CI_MERGE_REQUEST_IID),
  },
  {
    name: 'Jenkins',
    sign: 'JENKINS_URL',
    commit: ({ GIT_COMMIT }) => text(GIT_COMMIT),
    branch: ['CHANGE_BRANCH', 'BRANCH_NAME', 'GIT_BRANCH'],
    buildUrl: ({ BUILD_URL }) => BUILD_URL,
  },
  {
    name: 'CircleCI',
    sign: 'CIRCLECI',
    commit: ({ CIRCLE_SHA1 }) => text(CIRCLE_SHA1),
    branch: ['CIRCLE_BRANCH'],
    buildUrl: ({ CIRCLE_BUILD_URL }) => CIRCLE_BUILD_URL,
  },
  {
    name: 'Azure Pipelines',
    sign: 'TF_BUILD',
    // In a pull request, BUILD_SOURCEVERSION is the merge commit.
    commit: (env) => text(env.SYSTEM_PULLREQUEST_SOURCECOMMITID) ?? text(env.BUILD_SOURCEVERSION),
    branch: ['SYSTEM_PULLREQUEST_SOURCEBRANCH', 'BUILD_SOURCEBRANCH'],
    buildUrl: ({ SYSTEM_COLLECTIONURI: server, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id }) =>
      server && project && id
        ? `${server}${encodeURIComponent(project)}/_build/results?buildId=${id}`
        : undefined,
    ofMerge: ({ SYSTEM_PULLREQUEST_PULLREQUESTID }) => Boolean(SYSTEM_PULLREQUEST_PULLREQUESTID),
  },
  {
    name: 'Buildkite',
    sign: 'BUILDKITE',
    commit: ({ BUILDKITE_COMMIT }) => text(BUILDKITE_COMMIT),
    branch: ['BUILDKITE_BRANCH'],
    buildUrl: ({ BUILDKITE_BUILD_URL }) => BUILDKITE_BUILD_URL,
  },
];

/** The build, by the environment. Null outside a CI. */
export function ciOf(env: Environment): Ci | null {
  const kind = KINDS.find(({ sign }) => env[sign]);
  if (!kind) return null;
  const named = kind.branch.map((name) => text(env[name])).find((name) => name !== undefined);
  return {
    name: kind.name,
    commit: kind.commit(env) ?? null,
    branch: named === undefined ? null : bare(named),
    buildUrl: text(kind.buildUrl(env)) ?? null,
    ofMerge: kind.ofMerge?.(env) ?? false,
  };
}

/** The members that are used of the event that started a workflow. */
export interface GithubEvent {
  readonly pull_request?: {
    readonly number?: number;
    readonly head?: {
      readonly sha?: string;
      readonly repo?: { readonly full_name?: string } | null;
    };
    readonly base?: { readonly repo?: { readonly full_name?: string } };
  };
}

/** The event in the file that GITHUB_EVENT_PATH names. Null where there is none that can be read. */
export function githubEvent({ GITHUB_EVENT_PATH: path }: Environment): GithubEvent | null {
  if (!path) return null;
  try {
    const event: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof event === 'object' ? event : null;
  } catch {
    // Without the event, the facts that only it has are not known.
    return null;
  }
}

/**
 * Why this build gets no secrets, and a token that may only read: it is of a fork, or of Dependabot. Null where that is
 * not known.
 */
export function untrustedBecause(env: Environment): string | null {
  if (env.GITHUB_ACTOR === 'dependabot[bot]') return 'this build is of Dependabot';
  const pull = githubEvent(env)?.pull_request;
  // A fork that was deleted has no repository.
  if (pull?.head && pull.head.repo?.full_name !== pull.base?.repo?.full_name) {
    return 'this pull request is from a fork';
  }
  const { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: from, CI_MERGE_REQUEST_PROJECT_ID: to } = env;
  return from && to && from !== to ? 'this merge request is from a fork' : null;
}

/** GITHUB_HEAD_REF is set only by the events of pull requests. */
function isGithubPull({ GITHUB_HEAD_REF }: Environment): boolean {
  return Boolean(GITHUB_HEAD_REF);
}

/** Some CIs set a variable to nothing. */
function text(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** `refs/heads/main` and `origin/main` are both called main. */
function bare(branch: string): string {
  return branch.replace(/^refs\/heads\//, '').replace(/^origin\//, '');
}
