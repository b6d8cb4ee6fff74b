/** Runs are published to stand-ins that refuse as the services do. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { writePreview } from '../../publish/preview/preview.ts';
import { contextOf } from '../../publish/publish.ts';
import { TARGETS } from '../../publish/targets.ts';
import type { Run } from '../../run/run.ts';
import { failing, hostile, passing, SAMPLES } from '../reports/samples.ts';
import { freePort } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';
import { type Given, outcomes, publish, runFolder, vast, wantedOf, warnings } from './fixtures.ts';
import {
  GITHUB_SHA,
  GITHUB_TOKEN,
  GITLAB_TOKEN,
  githubService,
  gitlabService,
  type Received,
  type Receiver,
  type Reply,
  receiver,
  SLACK_PATH,
  slackAnswer,
  TEAMS_PATH,
  teamsAnswer,
} from './receivers.ts';

const open: Receiver[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function started(answer: (call: Received) => Reply): Promise<Receiver> {
  const one = await receiver(answer);
  open.push(one);
  return one;
}

const given = (run: Run, env: Given['env'] = {}, more: Partial<Given> = {}): Given => ({
  run,
  dir: runFolder(tempDir(), run),
  env,
  ...more,
});

/** The environment of a workflow's step. */
function workflow(
  api: string,
  event: object = {},
): Record<string, string> & { GITHUB_STEP_SUMMARY: string } {
  const dir = tempDir();
  writeFileSync(join(dir, 'event.json'), JSON.stringify(event));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: api,
    GITHUB_REPOSITORY: 'team/dialer',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_RUN_ID: '77',
    GITHUB_WORKFLOW: 'CI',
    GITHUB_JOB: 'load',
    GITHUB_SHA: 'c0ffee0000000000000000000000000000000000',
    GITHUB_TOKEN,
    GITHUB_EVENT_PATH: join(dir, 'event.json'),
    GITHUB_STEP_SUMMARY: join(dir, 'summary.md'),
  };
}

const pullRequest = (from: string) => ({
  pull_request: {
    number: 12,
    head: { sha: GITHUB_SHA, repo: { full_name: from } },
    base: { repo: { full_name: 'team/dialer' } },
  },
});

const summaryIn = ({ GITHUB_STEP_SUMMARY: path = '' }: Given['env'] & object) =>
  readFileSync(path, 'utf8');

describe('the limits of the services', () => {
  const runs = { ...SAMPLES, vast };

  it.each(Object.entries(runs))('are kept with the run %s', async (_, run) => {
    const github = githubService();
    const [slack, teams, hub] = [
      await started(slackAnswer),
      await started(teamsAnswer),
      await started(github.answer),
    ];
    const env = {
      ...workflow(hub.url, pullRequest('team/dialer')),
      GITHUB_HEAD_REF: 'topic',
      SLACK_WEBHOOK_URL: slack.url + SLACK_PATH,
      TEAMS_WEBHOOK_URL: teams.url + TEAMS_PATH,
    };
    const all = await publish(given(run, env), 'slack', 'teams', 'github');
    expect(all.filter(({ outcome }) => outcome !== 'sent')).toEqual([]);
    expect(Buffer.byteLength(summaryIn(env))).toBeLessThan(1_024 * 1_024);
  });

  it('are kept by cutting at a row', async () => {
    const context = await contextOf(wantedOf(given(vast)));
    for (const name of ['github-check', 'github-comment', 'gitlab', 'slack', 'teams', 'webhook']) {
      const target = TARGETS.find((one) => one.name === name);
      const sent = JSON.stringify(target?.preview(context, ''));
      // So many are left out that the rest fills what there is room for.
      expect([
        name,
        sent.length > 9_000,
        /\d{3} more in the artifact|failures\W+\d{3}/.test(sent),
      ]).toEqual([name, true, true]);
    }
  });

  it('are those that the stand-ins refuse', async () => {
    const call = (path: string, body: unknown, headers = {}): Received => ({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', 'user-agent': 'test', ...headers },
      body: JSON.stringify(body),
    });
    const section = (length: number) => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'x'.repeat(length) },
    });
    const slack = (...blocks: unknown[]) =>
      slackAnswer(call(SLACK_PATH, { text: 'x', blocks })).body;
    expect(slack(section(3_000))).toBe('ok');
    expect(slack(section(3_001))).toBe('invalid_blocks');
    expect(slack(...Array.from({ length: 51 }, () => section(1)))).toBe('invalid_blocks');
    expect(slack(...Array.from({ length: 5 }, () => section(2_900)))).toBe('msg_blocks_too_long');
    expect(teamsAnswer(call(TEAMS_PATH, { text: 'x'.repeat(29_000) })).status).toBe(413);
    const login = { authorization: `Bearer ${GITHUB_TOKEN}` };
    const comment = (body: string) =>
      githubService().answer(call('/repos/team/dialer/issues/12/comments', { body }, login)).status;
    expect([comment('x'.repeat(65_536)), comment('x'.repeat(65_537))]).toEqual([201, 422]);
  });
});

describe('GitHub', () => {
  it('has one comment and one check run for each workflow, job and matrix, however often it is published', async () => {
    const github = githubService();
    const hub = await started(github.answer);
    const env = { ...workflow(hub.url, pullRequest('team/dialer')), GITHUB_HEAD_REF: 'topic' };
    for (let i = 0; i < 130; i += 1) github.comments.push({ id: i + 1, body: 'talk' });
    writeFileSync(env.GITHUB_STEP_SUMMARY ?? '', 'of another step\n');
    const first = given(failing, env);
    await publish(first, 'github');
    await publish(first, 'github');
    expect(github.comments.slice(130)).toHaveLength(1);
    expect(github.checks).toMatchObject([{ head_sha: GITHUB_SHA, conclusion: 'failure' }]);
    expect(summaryIn(env).match(/dialproof: fail/g)).toHaveLength(1);
    expect(summaryIn(env)).toMatch(/^of another step\n/);

    await publish(given(passing, env), 'github');
    expect(github.comments.slice(130)).toMatchObject([
      { body: expect.stringContaining('dialproof: pass') },
    ]);
    expect(github.checks).toMatchObject([{ conclusion: 'success' }]);

    await publish(given(passing, env, { matrix: '{"node":24}' }), 'github');
    await publish(given(passing, { ...env, GITHUB_JOB: 'night' }), 'github');
    expect(github.comments.slice(130)).toHaveLength(3);
    expect(github.checks).toHaveLength(3);
  });

  it('tells a fork that its token may only read, and writes the summary', async () => {
    const hub = await started(githubService('reads').answer);
    const env = { ...workflow(hub.url, pullRequest('stranger/dialer')), GITHUB_HEAD_REF: 'topic' };
    const all = await publish(given(failing, env), 'github-comment', 'github-check', 'slack');
    expect(outcomes(all)).toEqual([
      'github-comment: skipped',
      'github-check: skipped',
      'slack: skipped',
    ]);
    expect(all[0]?.said).toBe(
      'this pull request is from a fork, so that its token may only read; the step summary was written',
    );
    expect(summaryIn(env).match(/dialproof: fail/g)).toHaveLength(1);
  });

  it('fails without the permission where it is no fork, and says which', async () => {
    const hub = await started(githubService('reads').answer);
    const env = { ...workflow(hub.url, pullRequest('team/dialer')), GITHUB_HEAD_REF: 'topic' };
    const [told] = await publish(given(failing, env), 'github-comment');
    expect(told).toMatchObject({
      outcome: 'failed',
      said: 'GitHub refused (HTTP 403: Resource not accessible by integration): give the job "permissions: pull-requests: write"',
    });
  });

  it('has nothing to comment on in a build that is not of a pull request', async () => {
    const hub = await started(githubService().answer);
    const [told] = await publish(given(failing, workflow(hub.url)), 'github-comment');
    expect(told).toMatchObject({ outcome: 'skipped', said: 'this build is not of a pull request' });
  });

  it('does not add a second comment where the answer to the first was lost', async () => {
    const github = githubService();
    const hub = await started(github.answer);
    const env = { ...workflow(hub.url, pullRequest('team/dialer')), GITHUB_HEAD_REF: 'topic' };
    hub.loseAnswer();
    expect(outcomes(await publish(given(failing, env), 'github-comment'))).toEqual([
      'github-comment: sent',
    ]);
    expect(github.comments).toHaveLength(1);
  });

  it('is asked again where it limits the rate', async () => {
    const hub = await started(githubService().answer);
    const env = { ...workflow(hub.url, pullRequest('team/dialer')), GITHUB_HEAD_REF: 'topic' };
    hub.next({
      status: 403,
      headers: { 'retry-after': '0' },
      body: { message: 'secondary rate limit' },
    });
    expect(outcomes(await publish(given(failing, env), 'github-comment'))).toEqual([
      'github-comment: sent',
    ]);
  });
});

it('GitLab has one note, which is updated', async () => {
  const gitlab = gitlabService();
  const lab = await started(gitlab.answer);
  const env = {
    GITLAB_CI: 'true',
    CI_API_V4_URL: `${lab.url}/api/v4`,
    CI_PROJECT_ID: '7',
    CI_MERGE_REQUEST_PROJECT_ID: '7',
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '7',
    CI_MERGE_REQUEST_IID: '3',
    CI_JOB_NAME: 'load: [a]',
  };
  const login = { ...env, GITLAB_TOKEN };
  await publish(given(failing, login), 'gitlab');
  expect(outcomes(await publish(given(passing, login), 'gitlab'))).toEqual(['gitlab: sent']);
  expect(gitlab.notes).toMatchObject([{ body: expect.stringContaining('dialproof: pass') }]);
  const [without] = await publish(given(passing, env), 'gitlab');
  expect(without).toMatchObject({
    outcome: 'failed',
    said: expect.stringContaining('GITLAB_TOKEN'),
  });
  const [fork] = await publish(
    given(passing, { ...env, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '8' }),
    'gitlab',
  );
  expect(fork).toMatchObject({ outcome: 'skipped', said: expect.stringContaining('from a fork') });
});

describe('messages that cannot be changed', () => {
  it('are sent once for a run', async () => {
    const slack = await started(slackAnswer);
    const hook = await started(() => ({ status: 204 }));
    const env = {
      SLACK_WEBHOOK_URL: slack.url + SLACK_PATH,
      DIALPROOF_WEBHOOK_URL: hook.url,
      DIALPROOF_WEBHOOK_SECRET: 'hmacHmacSecret',
    };
    const one = given(failing, env);
    await publish(one, 'slack', 'webhook');
    expect(outcomes(await publish(one, 'slack', 'webhook'))).toEqual([
      'slack: skipped',
      'webhook: skipped',
    ]);
    expect([slack.received.length, hook.received.length]).toEqual([1, 1]);
    expect(hook.received[0]?.headers).toMatchObject({
      'idempotency-key': failing.id,
      'x-dialproof-signature': expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
    });
    expect(JSON.parse(hook.received[0]?.body ?? '')).toMatchObject({
      schema: 'dialproof-message/1',
      verdict: 'fail',
    });
    await publish({ ...one, again: true }, 'slack');
    expect(slack.received).toHaveLength(2);
  });

  it('are sent again after 429 and 503, as late as the service asks', async () => {
    const slack = await started(slackAnswer);
    const env = { SLACK_WEBHOOK_URL: slack.url + SLACK_PATH };
    slack.next({ status: 429, headers: { 'retry-after': '0.3' } }, { status: 503 });
    const from = performance.now();
    expect(outcomes(await publish(given(failing, env), 'slack'))).toEqual(['slack: sent']);
    expect(performance.now() - from).toBeGreaterThan(290);
    expect(slack.received).toHaveLength(3);
  });

  it.each([
    ['an answer that never came', null, 'Slack cannot be reached'],
    ['a failure of the service', { status: 500, body: 'oops' }, 'Slack refused (HTTP 500: oops)'],
    ['a pause that is too long', { status: 429, headers: { 'retry-after': '3600' } }, 'HTTP 429'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'HTTP 302'],
    ['a revoked webhook', { status: 403, body: 'invalid_token' }, 'the webhook was revoked'],
  ])('are not sent again after %s', async (_, reply, said) => {
    const slack = await started(slackAnswer);
    slack.next(reply);
    const env = { SLACK_WEBHOOK_URL: slack.url + SLACK_PATH };
    const [told] = await publish(given(failing, env), 'slack');
    expect(told).toMatchObject({ outcome: 'failed', said: expect.stringContaining(said) });
    expect(slack.received).toHaveLength(1);
  });
});

it('a failure of one target is told, and the others are still sent', async () => {
  const teams = await started(teamsAnswer);
  const env = {
    SLACK_WEBHOOK_URL: `http://127.0.0.1:${await freePort()}${SLACK_PATH}`,
    TEAMS_WEBHOOK_URL: teams.url + TEAMS_PATH,
  };
  const all = await publish(given(failing, env), 'slack', 'teams', 'github-summary');
  expect(outcomes(all)).toEqual(['slack: failed', 'teams: sent', 'github-summary: failed']);
  expect(all[0]).toMatchObject({
    said: 'Slack cannot be reached (ECONNREFUSED)',
    unreachable: true,
  });
});

describe('--on', () => {
  const hook = () => started(() => ({ status: 204 }));

  it('failure passes over a run that passes', async () => {
    const { url } = await hook();
    const env = { DIALPROOF_WEBHOOK_URL: url };
    const on = 'failure';
    expect(outcomes(await publish(given(passing, env, { on }), 'webhook'))).toEqual([
      'webhook: not now',
    ]);
    expect(outcomes(await publish(given(failing, env, { on }), 'webhook'))).toEqual([
      'webhook: sent',
    ]);
  });

  it('change compares with the run before in the site', async () => {
    const { url } = await hook();
    const env = { DIALPROOF_WEBHOOK_URL: url };
    const site = tempDir();
    const step = async (run: Run, id: string) => {
      const one = given({ ...run, id, startedAt: `2026-11-29T00:00:0${id}.000Z` }, env);
      await publish(one, `folder=${site}`);
      const [, told] = await publish({ ...one, on: 'change' }, `folder=${site}`, 'webhook');
      return told?.outcome;
    };
    expect(await step(passing, '1')).toBe('sent');
    expect(await step(passing, '2')).toBe('not now');
    expect(await step(failing, '3')).toBe('sent');
    expect(await step(failing, '4')).toBe('not now');
    const fewer = { ...failing, selfChecks: [] };
    expect(await step(fewer, '5')).toBe('sent');
  });

  it('change compares with the baseline, or says that there is nothing to compare with', async () => {
    const { url } = await hook();
    const one = given(passing, { DIALPROOF_WEBHOOK_URL: url }, { on: 'change' });
    await expect(publish(one, 'webhook')).rejects.toThrow(/--on change needs an earlier run/);
    expect(outcomes(await publish({ ...one, baseline: passing }, 'webhook'))).toEqual([
      'webhook: not now',
    ]);
    expect(outcomes(await publish({ ...one, baseline: failing }, 'webhook'))).toEqual([
      'webhook: sent',
    ]);
  });
});

test('the pacts of a run without contracts are not published', async () => {
  const [told] = await publish(given(passing), 'broker');
  expect(told).toMatchObject({
    outcome: 'skipped',
    said: 'there are no pacts beside the run.json',
  });
});

describe('secrets', () => {
  /** Every text that a publication leaves anywhere but at the receiver's own address. */
  async function leftBy(env: Record<string, string>, run: Run): Promise<string> {
    const one = given(run, env);
    const site = tempDir();
    warnings.splice(0);
    const all = await publish(
      one,
      `folder=${site}`,
      'slack',
      'teams',
      'webhook',
      'github',
      'gitlab',
      'broker',
    );
    const drawn = tempDir();
    const context = await contextOf(wantedOf(one));
    const paths: string[] = [];
    for (const target of TARGETS) {
      paths.push(...(await writePreview(drawn, target.name, target.preview(context, ''))).paths);
    }
    const files = [
      ...paths.filter((path) => !path.endsWith('teams.html')),
      join(site, 'index.html'),
      join(site, 'index.json'),
      ...context.files.map(({ path }) => join(site, 'runs', context.run.id, path)),
    ];
    return [
      JSON.stringify(all),
      ...warnings,
      ...files.map((file) => readFileSync(file, 'utf8')),
    ].join('\n');
  }

  it('are in no output and no error, whatever the service says', async () => {
    // Every service answers with the secrets that it got.
    const parrot = await started(({ path, headers, body }) => ({
      status: 400,
      body: `${path} ${JSON.stringify(headers)} ${body.slice(0, 50)}`,
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[A-Za-z0-9_-]{12,30}$/).map((text) => `S3cr3t${text}`),
        async (secret) => {
          const env = {
            ...workflow(parrot.url, pullRequest('team/dialer')),
            GITHUB_HEAD_REF: 'topic',
            GITHUB_TOKEN: `${secret}1`,
            SLACK_WEBHOOK_URL: `${parrot.url}/services/${secret}2`,
            TEAMS_WEBHOOK_URL: `${parrot.url}/workflows?sig=${secret}3&sp=a`,
            DIALPROOF_WEBHOOK_URL: `${parrot.url}/${secret}4`,
            DIALPROOF_WEBHOOK_TOKEN: `${secret}5`,
            CI_API_V4_URL: parrot.url,
            CI_PROJECT_ID: '7',
            CI_MERGE_REQUEST_IID: '3',
            GITLAB_TOKEN: `${secret}6`,
            PACT_BROKER_BASE_URL: parrot.url,
            PACT_BROKER_PASSWORD: `${secret}7`,
          };
          // A script may have put one into what it measures.
          const leaky = {
            ...failing,
            target: { ...failing.target, url: `http://x/?key=${secret}5` },
          };
          const left = await leftBy(env, leaky);
          expect(left.length).toBeGreaterThan(10_000);
          expect(left).not.toContain(secret);
        },
      ),
      { numRuns: 5, seed: 7 },
    );
  });

  it.each(['slack', 'teams', 'webhook'])(
    'of %s go only over a line that nobody can read',
    async (name) => {
      const variable =
        name === 'webhook' ? 'DIALPROOF_WEBHOOK_URL' : `${name.toUpperCase()}_WEBHOOK_URL`;
      const [told] = await publish(
        given(failing, { [variable]: 'http://hooks.example/secret-path' }),
        name,
      );
      expect(told).toMatchObject({
        outcome: 'failed',
        said: `${variable} begins with http://, so that others could read it: use https://`,
      });
    },
  );
});

it('a hostile run is only text in what is drawn', async () => {
  const dir = tempDir();
  const context = await contextOf(wantedOf(given({ ...hostile, id: 'hostile' })));
  for (const name of ['slack', 'github-comment', 'github-summary']) {
    const target = TARGETS.find((one) => one.name === name);
    if (!target) throw new Error(name);
    const { paths } = await writePreview(dir, name, target.preview(context, ''));
    const html = readFileSync(paths[1] ?? '', 'utf8');
    expect(html).not.toMatch(/<script|<img|<svg|<iframe|<[^>]+ on\w+=/i);
  }
});
