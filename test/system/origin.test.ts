/** Where a run comes from: CI variables, git, and a command that hides secrets. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ciOf } from '../../system/ci.ts';
import { commandOf, hostOf, originOf } from '../../system/origin.ts';
import { tempDir } from '../support/temp-dir.ts';

describe('CI', () => {
  const github = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SHA: 'abc',
    GITHUB_REF_NAME: 'main',
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_RUN_ID: '7',
    GITHUB_SERVER_URL: 'https://github.example',
  };
  it.each([
    ['GitHub', github, 'abc', 'main', 'https://github.example/o/r/actions/runs/7'],
    [
      'a pull request at GitHub',
      { ...github, GITHUB_REF_NAME: '7/merge', GITHUB_HEAD_REF: 'topic' },
      // GITHUB_SHA is the merge commit, and without the event nobody tells the head commit.
      null,
      'topic',
      'https://github.example/o/r/actions/runs/7',
    ],
    [
      'GitLab',
      {
        GITLAB_CI: 'true',
        CI_COMMIT_SHA: 'abc',
        CI_COMMIT_REF_NAME: 'main',
        CI_JOB_URL: 'https://gitlab.example/jobs/7',
      },
      'abc',
      'main',
      'https://gitlab.example/jobs/7',
    ],
    [
      'Jenkins',
      {
        JENKINS_URL: 'https://jenkins.example',
        GIT_COMMIT: 'abc',
        GIT_BRANCH: 'origin/main',
        BUILD_URL: 'https://jenkins.example/job/7',
      },
      'abc',
      'main',
      'https://jenkins.example/job/7',
    ],
  ])('%s', (_, variables, commit, branch, buildUrl) => {
    expect(ciOf(variables)).toMatchObject({ commit, branch, buildUrl });
  });

  it('is null elsewhere, and says nothing that it does not know', () => {
    expect(ciOf({})).toBeNull();
    expect(ciOf({ GITHUB_ACTIONS: 'true' })).toMatchObject({
      commit: null,
      branch: null,
      buildUrl: null,
    });
  });
});

describe('git', () => {
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync(
      'git',
      [
        '-c',
        'user.name=t',
        '-c',
        'user.email=t@example.com',
        '-c',
        'commit.gpgsign=false',
        ...args,
      ],
      { cwd, encoding: 'utf8' },
    ).trim();

  it('tells commit, branch, and whether files differ from it', async () => {
    const dir = tempDir();
    git(dir, 'init', '-q', '-b', 'topic');
    writeFileSync(join(dir, 'a'), '1');
    git(dir, 'add', 'a');
    git(dir, 'commit', '-qm', 'a');
    const commit = git(dir, 'rev-parse', 'HEAD');
    expect(await originOf(['run'], {}, dir)).toMatchObject({
      command: 'dialproof run',
      commit,
      branch: 'topic',
      modified: false,
      buildUrl: null,
    });
    writeFileSync(join(dir, 'a'), '2');
    expect(await originOf([], {}, dir)).toMatchObject({ commit, modified: true });
  });

  it('tells nothing outside a repository', async () => {
    const origin = await originOf([], { GIT_CEILING_DIRECTORIES: '/' }, '/');
    expect(origin).toMatchObject({ commit: null, branch: null, modified: null });
  });
});

it('a host can be given a name that its like share', () => {
  expect(hostOf({ DIALPROOF_HOST: 'runner-4-core' }).name).toBe('runner-4-core');
  expect(hostOf({}).name).not.toBe('');
  expect(hostOf({}).processors).toBeGreaterThan(0);
});

it.each<[readonly string[], string]>([
  [['run', '--seed', '7'], 'dialproof run --seed 7'],
  [['load', 'run', 'my script.ts'], "dialproof load run 'my script.ts'"],
  [['x', "it's"], "dialproof x 'it'\\''s'"],
  [['load', 'run', '-e', 'API_TOKEN=abc'], "dialproof load run -e 'API_TOKEN=…'"],
  [['load', 'run', '--env=DB_PASSWORD=abc'], "dialproof load run '--env=DB_PASSWORD=…'"],
  [['audit', '--token-lifetime=8m'], 'dialproof audit --token-lifetime=8m'],
  [['emulator', '--store', 'redis://u:pw@h:1/2'], "dialproof emulator --store 'redis://u:…@h:1/2'"],
])('the command %j', (args, command) => {
  expect(commandOf(args)).toBe(command);
});
