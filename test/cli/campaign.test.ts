/** dialproof campaign, as a user calls it. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readRun } from '../../run/json.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, ended, start } from './command.ts';

const dir = tempDir();

it('plans with every figure as JSON, and writes a page', async () => {
  const out = join(dir, 'plan');
  const args = ['--contacts', '300', '--agents', '12', '--mode', 'predictive', '--json'];
  const { code, stdout, stderr } = await dialproof('campaign', 'plan', ...args, '--out', out);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const plan = JSON.parse(stdout);
  expect(plan).toMatchObject({
    schema: 'dialproof-plan/1',
    asked: { contacts: 300, agents: 12, mode: 'predictive', feeder: 'fill' },
    outcomes: [{ seed: 1 }, { seed: 2 }, { seed: 3 }],
    interrupted: false,
  });
  expect(plan.assumptions[0]).toMatch(/^The feeder "fill"/);
  expect(readFileSync(join(out, 'plan.html'), 'utf8')).toContain('300 contacts, predictive');
  expect(JSON.parse(readFileSync(join(out, 'plan.json'), 'utf8'))).toEqual(plan);
});

it('says in one sentence what cannot be planned', async () => {
  const { code, stdout, stderr } = await dialproof(
    ...['campaign', 'plan', '--contacts', '10', '--agents', '5', '--shift', '09:00-17:00=5'],
  );
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: 'dialproof: --agents and --shift both say who is there: give only one of them\n',
  });
});

it('ends a campaign at Ctrl-C with a report that says so', async () => {
  const out = join(dir, 'run');
  const args = ['--contacts', '40', '--speed', '500', '--live', '--out', out];
  const child = start('campaign', 'run', ...args);
  const result = ended(child);
  // The folder of the run is made before the campaign starts.
  while (!existsSync(out) || readdirSync(out).length === 0) await pause(20);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await result;
  expect(code).toBe(130);
  expect(stderr.split('\n')).toEqual([
    expect.stringMatching(/^--speed 500: at more than 400 the calls .* differ from those of/),
    expect.stringMatching(/^live: http:\/\/127\.0\.0\.1:\d+\/$/),
    'interrupted: finishing the calls in progress; press Ctrl-C again to stop at once',
    '',
  ]);
  expect(stdout).toContain('(interrupted)');
  const run = readRun(readFileSync(join(out, 'latest', 'run.json'), 'utf8'));
  expect(run).toMatchObject({ interrupted: true, verdict: 'not exercised' });
});
