/** What a CI says of the build that it runs: commit, branch, page. */

export type Variables = Readonly<Record<string, string | undefined>>;

export interface CiSource {
  readonly commit: string | null;
  /** Of a pull request, its own branch. */
  readonly branch: string | null;
  readonly buildUrl: string | null;
}

interface Ci {
  readonly name: string;
  /** The variable that only this CI sets. */
  readonly sign: string;
  readonly commit: string;
  /** The first that is set counts: of a pull request, its own branch. */
  readonly branch: readonly string[];
  readonly buildUrl: (env: Variables) => string | undefined;
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

/** What the variables of a CI tell; null outside the known ones. */
export function sourceInCi(env: Variables): CiSource | null {
  const ci = CIS.find(({ sign }) => env[sign]);
  if (!ci) return null;
  const named = ci.branch.map((name) => text(env[name])).find((name) => name !== undefined);
  return {
    commit: text(env[ci.commit]) ?? null,
    branch: named === undefined ? null : bare(named),
    buildUrl: text(ci.buildUrl(env)) ?? null,
  };
}

/** Some CIs set a variable to nothing. */
function text(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function bare(branch: string): string {
  return branch.replace(/^refs\/heads\//, '').replace(/^origin\//, '');
}
