/** The command as a user starts it: what it prints, what it exits with. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { PACKAGE_ROOT } from '../../package-root.ts';
import type { Run } from '../../reports/run.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, ended, start } from './command.ts';

const dir = tempDir();

jest.setTimeout(120_000);

describe('a mistake gets one sentence and its exit code', () => {
  const file = join(dir, 'a-file');
  writeFileSync(file, '');

  it.each<[string, number, string, string[]]>([
    ['an unknown command', 2, 'unknown command', ['lod']],
    [
      'an unknown scenario',
      2,
      'unknown scenario "stampede": choose from smoke',
      ['load', 'run', 'stampede'],
    ],
    [
      'a number that is none',
      2,
      'give a whole number from 1 to 25',
      ['generate', '--contacts-per-batch', '26'],
    ],
    ['an unknown bug', 2, 'choose from forgets-tokens', ['run', '--bug', 'nonsense']],
    [
      'a value that a choice has not',
      2,
      'emptyLists takes present | omitted',
      ['emulator', '--choice', 'emptyLists=maybe'],
    ],
    [
      'no k6',
      3,
      'there is no "/no/such/k6" on this machine; install k6',
      ['load', 'run', 'smoke', '--engine', 'k6', '--k6', '/no/such/k6', '--out', dir],
    ],
    [
      'a target where nothing listens',
      3,
      'nothing answers at http://127.0.0.1:1 (',
      ['load', 'run', 'smoke', '--target', 'http://127.0.0.1:1', '--out', dir],
    ],
    [
      'a target elsewhere',
      2,
      'example.com is not on loopback',
      ['load', 'run', 'smoke', '--target', 'https://example.com', '--out', dir],
    ],
    [
      'a folder without a corpus',
      2,
      'there is no manifest.json; make it again with "dialproof generate"',
      ['load', 'run', 'smoke', '--corpus', dir, '--out', dir],
    ],
    [
      'an out folder that cannot be',
      2,
      `cannot write to ${join(file, 'x')} (`,
      ['run', '--out', join(file, 'x')],
    ],
    ['a run that is not there', 2, 'cannot read nothing.json (ENOENT)', ['report', 'nothing.json']],
  ])('%s', async (_, code, sentence, args) => {
    const result = await dialproof(...args);
    expect(result.stderr).toContain(sentence);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
  });

  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const result = await dialproof('emulator', '--port', String(port)).finally(() =>
      server.close(),
    );
    expect(result).toMatchObject({ code: 3, stdout: '' });
    expect(result.stderr).toContain(`port ${port} is in use`);
  });
});

describe('dialproof', () => {
  it('tells the exit codes and shows examples', async () => {
    const [root, run] = await Promise.all([dialproof('--help'), dialproof('run', '--help')]);
    expect(root).toMatchObject({ code: 0, stderr: '' });
    expect(root.stdout).toContain('130 interrupted');
    expect(run.stdout).toContain('Examples:');
  });

  it('generate --json prints the manifest and nothing else', async () => {
    const out = join(dir, 'generated');
    const result = await dialproof('generate', '--batches', '3', '--out', out, '--json');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toMatchObject({ batches: 3, contacts: 75 });
  });
});

describe('dialproof load run', () => {
  const out = join(dir, 'load');
  const runOf = (root: string) =>
    JSON.parse(readFileSync(join(root, 'latest', 'run.json'), 'utf8')) as Run;

  it('passes against the embedded emulator, and leaves every report', async () => {
    const result = await dialproof(
      'load',
      'run',
      'replay',
      '--iterations',
      '8',
      '--batches',
      '8',
      '--out',
      out,
    );
    expect(result).toMatchObject({ code: 0, stderr: '' });
    const run = runOf(out);
    // Per pair of iterations: 1 + 1 + 4 requests, then 4 + 1.
    expect(run.load[0]).toMatchObject({ scenario: 'replay', verdict: 'pass', requests: 44 });
    for (const name of ['report.html', 'junit.xml', 'summary.md', 'run.json']) {
      expect(existsSync(join(out, 'latest', name))).toBe(true);
    }
  });

  it('fails against an emulator that forgets tokens, and says which invariant', async () => {
    const result = await dialproof(
      'load',
      'run',
      'replay',
      '--iterations',
      '4',
      '--batches',
      '4',
      '--bug',
      'forgets-tokens',
      '--out',
      join(dir, 'bug'),
    );
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('Invariant "replays are equal" is violated');
    expect(runOf(join(dir, 'bug')).target.bugs).toEqual(['forgets-tokens']);
  });

  it('passes with an out folder and a corpus that are named by relative paths', async () => {
    const root = relative(PACKAGE_ROOT, join(dir, 'relative'));
    const made = await dialproof('load', 'run', 'smoke', '--batches', '4', '--out', root);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const corpus = join(root, 'latest', 'corpus');
    const again = await dialproof('load', 'run', 'smoke', '--corpus', corpus, '--out', root);
    expect(again).toMatchObject({ code: 0, stderr: '' });
  });

  it('Ctrl-C in the middle ends 130 with the report written', async () => {
    const root = join(dir, 'interrupted');
    const child = start(
      'load',
      'run',
      'throughput',
      '--rate',
      '20',
      '--seconds',
      '60',
      '--batches',
      '20',
      '--out',
      root,
    );
    const result = ended(child);
    await historyHasLines(root);
    child.kill('SIGINT');
    expect((await result).code).toBe(130);
    const run = runOf(root);
    expect(run).toMatchObject({ interrupted: true });
    expect(run.verdict).not.toBe('pass');
    expect(run.load[0]?.requests).toBeGreaterThan(0);
  });
});

/** Resolves once the run below `root` has written history. */
async function historyHasLines(root: string): Promise<void> {
  const { readdir, readFile } = await import('node:fs/promises');
  for (;;) {
    const [id] = await readdir(root).catch(() => []);
    const path = join(root, id ?? '', 'throughput.history.tsv');
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.includes('\n')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
