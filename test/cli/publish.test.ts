/** dialproof publish, as a user runs it. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from '../publish/fixtures.ts';
import { failing } from '../reports/samples.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproofWith } from './command.ts';

const file = join(runFolder(tempDir(), failing), 'run.json');
const publish = (...args: string[]) =>
  dialproofWith(
    { GITHUB_ACTIONS: '', GITLAB_CI: '', SLACK_WEBHOOK_URL: '' },
    'publish',
    file,
    ...args,
  );

it('refuses what is not understood in one sentence, which has no secret', async () => {
  const secret = 'https://hooks.slack.com/services/T0/B0/aSecretPath';
  const all = await Promise.all([
    publish('--to', `slack=${secret}`),
    publish('--to', secret),
    publish('--to', 'folder=x', '--on', 'sometimes'),
    publish('--to', 'folder=x', '--on', 'slack=failure'),
  ]);
  expect(all.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  const said = all.map(({ stderr }) => stderr.trim());
  expect(said).toEqual([
    'dialproof: slack takes nothing after its name, because others can see arguments: set SLACK_WEBHOOK_URL in the environment',
    expect.stringMatching(/^dialproof: --to needs the name of a target: folder, s3, [^\n]*$/),
    'dialproof: --on sometimes is not understood: give always, failure, change, or TARGET=WHEN',
    'dialproof: --on slack=failure is about a target that is not among --to: add --to slack',
  ]);
  expect(JSON.stringify(all)).not.toContain('aSecretPath');
});

it('without a run, or without a target, says what to do', async () => {
  const empty = join(tempDir(), 'runs');
  const config = join(tempDir(), 'dialproof.config.json');
  writeFileSync(config, JSON.stringify({ out: empty }));
  const [none, nobody] = await Promise.all([
    dialproofWith({}, 'publish', '--to', 'folder=x', '--config', config),
    publish(),
  ]);
  expect([none.code, nobody.code]).toEqual([2, 2]);
  expect(none.stderr).toMatch(
    /there is no run in .*runs yet\. Make one, such as with "dialproof load run smoke"/,
  );
  expect(nobody.stderr).toMatch(/^dialproof: nobody is named: say where to with --to, such as /);
});

it('tells each target, and draws what it would send', async () => {
  const site = join(tempDir(), 'site');
  const drawn = tempDir();
  const [sent, dry] = await Promise.all([
    publish('--to', `folder=${site}`, '--to', 'slack', '--json'),
    publish('--to', 'slack', '--to', 'teams', '--dry-run', drawn),
  ]);
  expect(sent.code).toBe(1);
  expect(JSON.parse(sent.stdout)).toMatchObject({
    run: failing.id,
    targets: [
      { target: `folder=${site}`, outcome: 'sent' },
      { target: 'slack', outcome: 'failed', said: expect.stringContaining('SLACK_WEBHOOK_URL') },
    ],
  });
  expect(existsSync(join(site, 'index.html'))).toBe(true);
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout).toContain(
    `would send slack: ${join(drawn, 'slack.json')}, drawn in ${join(drawn, 'slack.html')}\n           to send it, set SLACK_WEBHOOK_URL in the environment\n`,
  );
  expect(readFileSync(join(drawn, 'teams.json'), 'utf8')).toContain('AdaptiveCard');
  expect(existsSync(join(drawn, 'slack.html'))).toBe(true);
});
