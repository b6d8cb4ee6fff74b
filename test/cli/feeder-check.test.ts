/** `feeder check` with a command: what the command gets, what its calls are judged by, and what the exit code says. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { feederCommand } from '../../cli/commands/feeder.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { tempDir } from '../support/temp-dir.ts';
import { ended, start } from './command.ts';

/** A feeder in a line of Node: hands over dial requests with these numbers, and shows what it was answered. */
const SDK = JSON.stringify(
  join(PACKAGE_ROOT, 'node_modules', '@aws-sdk', 'client-connectcampaigns'),
);
const feeder = (id: string, count: number, end = '') => `
  const { ConnectCampaignsClient, PutDialRequestBatchCommand } = require(${SDK});
  const dialRequests = Array.from({ length: ${count} }, (_, i) => ({
    clientToken: 'token-' + i,
    phoneNumber: '+1312555010' + i,
    expirationTime: new Date(Date.now() + 300_000),
    attributes: { customer: String(i) },
  }));
  const call = new PutDialRequestBatchCommand({ id: ${id}, dialRequests });
  new ConnectCampaignsClient({}).send(call).catch(({ name }) => console.error(name))
    .then(() => { ${end} });`;
const V1 = 'process.env.DIALPROOF_CAMPAIGN_V1';

async function check(program: string, ...options: string[]) {
  const before = process.exitCode;
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  try {
    const command = new Command('feeder').exitOverride();
    feederCommand(command);
    const run = ['--', process.execPath, '-e', program];
    await command.parseAsync(['check', ...options, ...run], { from: 'user' });
    return { code: process.exitCode, ...said };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

it('a right feeder passes, whatever keys the user has', async () => {
  const own = { AWS_PROFILE: 'production', AWS_SESSION_TOKEN: 'of-another-key' };
  Object.assign(process.env, own);
  try {
    const { code, stdout } = await check(feeder(V1, 3));
    expect(stdout).toContain('PASS: 1 call with 3 dial requests judged\n');
    expect(code).toBe(0);
  } finally {
    for (const name of Object.keys(own)) delete process.env[name];
  }
});

it('a feeder that has ended will not send again: it fails without a wait', async () => {
  const { code, stdout } = await check(feeder(V1, 3), '--pending-limit', '2');
  expect(stdout).toMatch(/^fault {3}likely: 1 dial request got RequestThrottled and was not sent/m);
  expect(code).toBe(1);
});

it('the exit code of a feeder that does nothing wrong is its own', async () => {
  const { code, stdout, stderr } = await check(feeder(V1, 1, 'process.exitCode = 7'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', dialRequests: 1 });
  expect(stderr).toContain('the command ended with 7');
  expect(code).toBe(7);
});

it('a feeder whose calls are all refused does not pass', async () => {
  const other = "'00000000-1111-4222-8333-444444444444'";
  const { code, stdout } = await check(feeder(other, 2));
  expect(stdout).toContain('2 dial requests of calls that got ResourceNotFoundException');
  expect(stdout).toContain('give the feeder the id of a campaign that exists');
  expect(stdout).toContain('not exercised: no dial request was accepted');
  expect(code).toBe(1);
});

it('a feeder that makes no call is told which clients do not find the address', async () => {
  const { code, stdout } = await check('');
  expect(stdout).toContain('docs/clients.md');
  expect(stdout).toContain('NOT EXERCISED');
  expect(code).toBe(1);
  // It failed for another reason.
  expect((await check('process.exitCode = 3')).stdout).not.toContain('docs/clients.md');
});

it('a feeder that runs for ever is stopped, and what it did is judged', async () => {
  const { code, stdout, stderr } = await check('setInterval(() => {}, 1000)', '--for', '1');
  expect(stdout).toContain('NOT EXERCISED: 0 calls');
  // It did not end: it was stopped.
  expect(stderr).not.toContain('the command ended');
  expect(code).toBe(1);
});

it('whoever stops a feeder stops what it started too', async () => {
  const file = join(tempDir(), 'pid');
  // As npm and a shell do: the feeder is the child of a program that does not pass on a signal.
  const feeding = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid));
    setInterval(() => {}, 1000)`;
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(feeding)}]);
    setInterval(() => {}, 1000)`;
  const child = start('feeder', 'check', '--', process.execPath, '-e', parent);
  const end = ended(child);
  const pid = () => Number(existsSync(file) ? readFileSync(file, 'utf8') : 0);
  while (pid() === 0) await setTimeout(20);
  child.kill('SIGTERM');
  expect(await end).toMatchObject({ code: 1, stdout: expect.stringContaining('NOT EXERCISED') });
  const isAlive = () => {
    try {
      return process.kill(pid(), 0);
    } catch {
      return false;
    }
  };
  // It has got its signal; the system takes its time.
  while (isAlive()) await setTimeout(20);
});

it('refuses a command next to a journal, and says of one that is not there what it lacks', async () => {
  await expect(check('', '--journal', 'feeder.ndjson')).rejects.toThrow('or the command');
  const command = new Command('feeder').exitOverride();
  feederCommand(command);
  await expect(
    command.parseAsync(['check', '--', 'no-such-feeder'], { from: 'user' }),
  ).rejects.toThrow('no-such-feeder cannot be run (ENOENT): is it installed?');
});
