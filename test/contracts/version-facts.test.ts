import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitFacts, versionFacts } from '../../contracts/broker/version-facts.ts';
import { UserError } from '../../system/errors.ts';
import { tempDir } from '../support/temp-dir.ts';

const NO_GIT = { commit: null, branch: null };

describe('versionFacts', () => {
  it.each([
    [
      'GitHub Actions',
      {
        GITHUB_ACTIONS: 'true',
        GITHUB_SHA: 'c1',
        GITHUB_HEAD_REF: '',
        GITHUB_REF_NAME: 'main',
        GITHUB_SERVER_URL: 'https://github.example',
        GITHUB_REPOSITORY: 'team/dialer',
        GITHUB_RUN_ID: '7',
      },
      'main',
      'https://github.example/team/dialer/actions/runs/7',
    ],
    [
      'GitLab CI',
      {
        GITLAB_CI: 'true',
        CI_COMMIT_SHA: 'c1',
        CI_COMMIT_REF_NAME: 'main',
        CI_JOB_URL: 'https://gitlab.example/job/1',
      },
      'main',
      'https://gitlab.example/job/1',
    ],
    [
      'Jenkins',
      {
        JENKINS_URL: 'https://jenkins.example',
        GIT_COMMIT: 'c1',
        GIT_BRANCH: 'origin/main',
        BUILD_URL: 'https://jenkins.example/1',
      },
      'main',
      'https://jenkins.example/1',
    ],
    [
      'CircleCI',
      {
        CIRCLECI: 'true',
        CIRCLE_SHA1: 'c1',
        CIRCLE_BRANCH: 'main',
        CIRCLE_BUILD_URL: 'https://circle.example/1',
      },
      'main',
      'https://circle.example/1',
    ],
    [
      'Azure Pipelines',
      {
        TF_BUILD: 'True',
        BUILD_SOURCEVERSION: 'c1',
        BUILD_SOURCEBRANCH: 'refs/heads/feature/a',
        SYSTEM_COLLECTIONURI: 'https://azure.example/team/',
        SYSTEM_TEAMPROJECT: 'the dialer',
        BUILD_BUILDID: '4',
      },
      'feature/a',
      'https://azure.example/team/the%20dialer/_build/results?buildId=4',
    ],
    [
      'Buildkite',
      {
        BUILDKITE: 'true',
        BUILDKITE_COMMIT: 'c1',
        BUILDKITE_BRANCH: 'main',
        BUILDKITE_BUILD_URL: 'https://buildkite.example/1',
      },
      'main',
      'https://buildkite.example/1',
    ],
  ])('reads the environment of %s', (_, env, branch, buildUrl) => {
    expect(versionFacts({}, env, { commit: 'local', branch: 'local' })).toEqual({
      version: 'c1',
      branch,
      buildUrl,
    });
  });

  describe('of a pull request, whose build is of a merge commit that nobody has', () => {
    const merge = { commit: 'merge', branch: null };
    const github = (event: unknown) => {
      const path = join(tempDir(), 'event.json');
      writeFileSync(path, JSON.stringify(event));
      return {
        GITHUB_ACTIONS: 'true',
        GITHUB_SHA: 'merge',
        GITHUB_HEAD_REF: 'topic',
        GITHUB_REF_NAME: '12/merge',
        GITHUB_EVENT_PATH: path,
      };
    };

    it.each([
      ['GitHub Actions', github({ pull_request: { head: { sha: 'head' } } })],
      [
        'GitLab CI',
        {
          GITLAB_CI: 'true',
          CI_COMMIT_SHA: 'merge',
          CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: 'head',
          CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'topic',
          CI_MERGE_REQUEST_IID: '3',
        },
      ],
      [
        'Azure Pipelines',
        {
          TF_BUILD: 'True',
          BUILD_SOURCEVERSION: 'merge',
          SYSTEM_PULLREQUEST_SOURCECOMMITID: 'head',
          SYSTEM_PULLREQUEST_SOURCEBRANCH: 'refs/heads/topic',
          SYSTEM_PULLREQUEST_PULLREQUESTID: '3',
        },
      ],
    ])('takes the head commit on %s', (_, env) => {
      expect(versionFacts({}, env, merge)).toMatchObject({ version: 'head', branch: 'topic' });
    });

    it('takes no other commit where the CI does not tell it', () => {
      for (const event of [{}, null, 'no event']) {
        expect(() => versionFacts({}, github(event), merge)).toThrow(
          'GitHub Actions does not tell the head commit of this pull request: give --sha COMMIT',
        );
      }
      expect(versionFacts({ version: 'given' }, github({}), merge).version).toBe('given');
    });
  });

  it('takes what is given before all else', () => {
    const env = { GITLAB_CI: 'true', CI_COMMIT_SHA: 'c1', CI_COMMIT_REF_NAME: 'main' };
    const given = { version: 'v', branch: 'b', buildUrl: 'https://ci.example' };
    expect(versionFacts(given, env, NO_GIT)).toEqual(given);
  });

  it('asks git outside a CI', () => {
    expect(versionFacts({}, {}, { commit: 'c2', branch: 'main' })).toEqual({
      version: 'c2',
      branch: 'main',
      buildUrl: null,
    });
  });

  it('says what is missing, and what to do', () => {
    const facts = (commit: string | null) => () => versionFacts({}, {}, { commit, branch: null });
    expect(facts(null)).toThrow(
      new UserError(
        'no version is known: run this in a git checkout or a CI, or give --sha COMMIT',
      ),
    );
    expect(facts('c')).toThrow(/no branch is known.*--branch NAME/);
  });
});

describe('gitFacts', () => {
  const dir = tempDir();
  const bare = tempDir();

  it('knows nothing outside a checkout', () => {
    process.env.GIT_CEILING_DIRECTORIES = dirname(bare);
    expect(gitFacts(bare)).toEqual(NO_GIT);
  });

  it('knows commit and branch, and that a detached HEAD has none', () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        cwd: dir,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    git('init', '--initial-branch', 'topic/one');
    git('commit', '--allow-empty', '--message', 'first');
    const commit = git('rev-parse', 'HEAD');
    expect(gitFacts(dir)).toEqual({ commit, branch: 'topic/one' });
    git('checkout', '--detach');
    expect(gitFacts(dir)).toEqual({ commit, branch: null });
  });
});
