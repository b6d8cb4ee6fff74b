/**
 * The workflows of examples/ci. actionlint and gitlab-ci-local check them. The steps of the load jobs and of every
 * publication run with the packed tarball, in a folder outside the checkout. The contracts and the battery take
 * minutes: their commands are only shown to be understood.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { can, describeIf, runProgram } from '../clients/program.ts';
import {
  GITHUB_SHA,
  GITHUB_TOKEN,
  GITLAB_TOKEN,
  githubService,
  gitlabService,
  type Receiver,
  receiver,
  SLACK_PATH,
  slackAnswer,
} from '../publish/receivers.ts';
import { hasRegistry, npmInstall } from '../support/installed.ts';
import { packedTarball } from '../support/tarball.ts';
import { tempDir } from '../support/temp-dir.ts';

const MINUTES = 60_000;
const EXAMPLES = join(PACKAGE_ROOT, 'examples', 'ci');
const read = (name: string) => readFileSync(join(EXAMPLES, name), 'utf8');

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly run?: string; readonly name?: string }[] }>
  >;
}

interface Pipeline {
  readonly [job: string]: {
    readonly before_script: string[];
    readonly script: string[];
    readonly after_script: string[];
  };
}

const workflow = parse(read('github-actions.yml')) as Workflow;
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

describeIf(
  can('go', ['run', ACTIONLINT, '-version']),
  'actionlint',
  'no go, or actionlint cannot be had',
  () => {
    const lint = async (text: string) => {
      const file = join(tempDir(), 'workflow.yml');
      writeFileSync(file, text);
      return runProgram('go', ['run', ACTIONLINT, '-shellcheck=', '-pyflakes=', file]);
    };

    it(
      'finds nothing in the workflow, and finds a mistake',
      async () => {
        expect(await lint(read('github-actions.yml'))).toMatchObject({ code: 0, stdout: '' });
        const wrong = await lint(
          read('github-actions.yml').replace('pull-requests: write', 'pulls: write'),
        );
        expect(wrong).toMatchObject({
          code: 1,
          stdout: expect.stringContaining('unknown permission scope "pulls"'),
        });
      },
      5 * MINUTES,
    );
  },
);

/** A folder with a commit and a remote, as gitlab-ci-local needs it. */
function gitlabFolder(text: string): string {
  const dir = tempDir();
  writeFileSync(join(dir, '.gitlab-ci.yml'), text);
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: dir,
    });
  git('init', '--quiet', '--initial-branch', 'main');
  git('remote', 'add', 'origin', 'git@gitlab.example.com:team/dialer.git');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  return dir;
}

function gitlabCiLocal(dir: string, ...args: string[]) {
  const program = join(PACKAGE_ROOT, 'node_modules', 'gitlab-ci-local', 'dist', 'index.js');
  return spawnSync(process.execPath, [program, ...args], {
    cwd: dir,
    encoding: 'utf8',
    env: {
      ...process.env,
      HOME: dir,
      NO_COLOR: '1',
      GCL_IGNORE_PREDEFINED_VARS: 'CI_PIPELINE_SOURCE',
    },
  });
}

describe('gitlab-ci-local', () => {
  const dir = gitlabFolder(read('gitlab-ci.yml'));

  it.each([
    ['push', 'contracts'],
    ['merge_request_event', 'load'],
    ['schedule', 'night'],
  ])('runs in a pipeline of %s the job %s', (source, job) => {
    const { stdout } = gitlabCiLocal(
      dir,
      '--list-csv',
      '--variable',
      `CI_PIPELINE_SOURCE=${source}`,
    );
    const [, ...jobs] = stdout.trim().split('\n');
    expect(jobs.map((line) => line.split(';')[0])).toEqual([job]);
  });

  it('finds a mistake', () => {
    const wrong = gitlabFolder(read('gitlab-ci.yml').replace('after_script:', 'after_scripts:'));
    expect(gitlabCiLocal(wrong, '--list').status).not.toBe(0);
  });
});

describeIf(hasRegistry(), 'with the packed tarball', 'packages cannot be had', () => {
  const project = join(tempDir(), 'project');
  const open: Receiver[] = [];

  const started = async (...given: Parameters<typeof receiver>): Promise<Receiver> => {
    const one = await receiver(...given);
    open.push(one);
    return one;
  };

  /** Runs lines as a step of a CI does. */
  const step = (line: string, env: Readonly<Record<string, string>> = {}) =>
    runProgram(
      'bash',
      ['-e', '-c', line],
      {
        // Of a CI that runs this test.
        GITHUB_ACTIONS: '',
        GITLAB_CI: '',
        ...env,
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        NO_COLOR: '1',
        CI: 'true',
      },
      project,
    );

  beforeAll(() => {
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{"name": "dialer", "private": true}');
    // An objective that a busy machine keeps: its load is to pass, whatever else runs here.
    const scenarios = { smoke: { p95Ms: 60_000 } };
    writeFileSync(join(project, 'dialproof.config.json'), JSON.stringify({ scenarios }));
    npmInstall(project, '--save-dev', packedTarball());
  }, 5 * MINUTES);

  afterAll(async () => {
    for (const one of open) await one.close();
  });

  it(
    'the pull request of GitHub gets its load, summary, check run and comment',
    async () => {
      const github = githubService();
      const hub = await started(github.answer);
      const event = {
        pull_request: {
          number: 12,
          head: { sha: GITHUB_SHA, repo: { full_name: 'team/dialer' } },
          base: { repo: { full_name: 'team/dialer' } },
        },
      };
      writeFileSync(join(project, 'event.json'), JSON.stringify(event));
      const env = {
        GITHUB_ACTIONS: 'true',
        GITHUB_API_URL: hub.url,
        GITHUB_REPOSITORY: 'team/dialer',
        GITHUB_WORKFLOW: 'dialproof',
        GITHUB_JOB: 'load',
        GITHUB_HEAD_REF: 'topic',
        GITHUB_SHA: 'merge',
        GITHUB_EVENT_PATH: join(project, 'event.json'),
        GITHUB_STEP_SUMMARY: join(project, 'summary.md'),
        GITHUB_TOKEN,
      };
      for (const { run } of workflow.jobs.load?.steps ?? []) {
        if (run !== undefined)
          expect({ run, ...(await step(run, env)) }).toMatchObject({ run, code: 0 });
      }
      expect(github.comments).toMatchObject([{ body: expect.stringContaining('dialproof: pass') }]);
      expect(github.checks).toMatchObject([{ conclusion: 'success', head_sha: GITHUB_SHA }]);
      expect(existsSync(env.GITHUB_STEP_SUMMARY)).toBe(true);
    },
    5 * MINUTES,
  );

  it(
    'the merge request of GitLab gets its load and its note, and the night its site and its message',
    async () => {
      const gitlab = gitlabService();
      const lab = await started(gitlab.answer);
      const slack = await started(slackAnswer);
      const pipeline = parse(
        gitlabCiLocal(gitlabFolder(read('gitlab-ci.yml')), '--preview').stdout,
      ) as Pipeline;
      const env = {
        GITLAB_CI: 'true',
        CI_API_V4_URL: `${lab.url}/api/v4`,
        CI_PROJECT_ID: '7',
        CI_MERGE_REQUEST_IID: '3',
        CI_COMMIT_SHA: GITHUB_SHA,
        GITLAB_TOKEN,
        SLACK_WEBHOOK_URL: slack.url + SLACK_PATH,
      };
      const { load, night } = pipeline;
      // It has been installed by the steps of the other job.
      for (const line of [
        ...(load?.script ?? []),
        ...(load?.after_script ?? []),
        ...(night?.after_script ?? []),
      ]) {
        expect({ line, ...(await step(line, env)) }).toMatchObject({ line, code: 0 });
      }
      expect(load?.before_script).toEqual(['npm ci']);
      expect(gitlab.notes).toHaveLength(1);
      expect(slack.received).toHaveLength(1);
      expect(existsSync(join(project, 'site', 'index.html'))).toBe(true);
    },
    5 * MINUTES,
  );

  it(
    'the test that init writes passes, and writes the pact of the project',
    async () => {
      const fresh = join(tempDir(), 'night-dialer');
      const modules = join(fresh, 'node_modules');
      mkdirSync(join(modules, '@aws-sdk'), { recursive: true });
      const sdk = '@aws-sdk/client-connect';
      symlinkSync(join(project, 'node_modules', 'dialproof'), join(modules, 'dialproof'));
      symlinkSync(join(PACKAGE_ROOT, 'node_modules', sdk), join(modules, sdk));
      writeFileSync(join(fresh, 'package.json'), '{"name": "@team/night-dialer"}');
      const main = join(modules, 'dialproof', 'dist', 'cli', 'main.js');
      expect(await step(`cd ${fresh}; node ${main} init`)).toMatchObject({ code: 0 });
      const ran = await step(`cd ${fresh}; node --test dialproof/consumer.test.mjs`);
      expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/pass 3\b/) });
      const pact = join(fresh, 'pacts', 'night-dialer-dialproof-emulator.json');
      expect(JSON.parse(readFileSync(pact, 'utf8'))).toMatchObject({
        consumer: { name: 'night-dialer' },
        interactions: [{ description: 'BatchPutContact succeeds' }],
      });
    },
    5 * MINUTES,
  );

  it(
    'every other command of the files is understood',
    async () => {
      const files = ['github-actions.yml', 'gitlab-ci.yml', 'Jenkinsfile'];
      const commands = new Set(
        files.flatMap((name) =>
          [...read(name).matchAll(/npx (dialproof [^'"\n;]+)/g)].map(
            ([, command]) => command ?? '',
          ),
        ),
      );
      expect(commands.size).toBeGreaterThan(8);
      for (const command of commands) {
        if (command.startsWith('dialproof load')) continue;
        const { code, stderr } = await step(`npx ${command.trim()}`);
        // 1: a target is not set up here. 3: packages of the contracts are not installed.
        expect([command, code, stderr]).toEqual([
          command,
          /^dialproof (publish|report) /.test(command) ? expect.any(Number) : 3,
          expect.not.stringMatching(/error: |is not understood|there is no target/),
        ]);
      }
    },
    5 * MINUTES,
  );
});

test('the README names every file', () => {
  for (const name of ['github-actions.yml', 'gitlab-ci.yml', 'Jenkinsfile'])
    expect(read('README.md')).toContain(name);
});
