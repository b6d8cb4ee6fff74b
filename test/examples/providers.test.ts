/** The examples of providers, verified as their pages say. */

import { type ChildProcess, spawn } from 'node:child_process';
import { can, describeIf } from '../clients/program.ts';
import { type Example, exampleOf, MINUTES } from './stranger.ts';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill();
});

/** Starts a provider on a free port. */
async function started({ folder }: Example, command: string, file: string): Promise<string> {
  const child = spawn(command, [file, '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(data.toString())),
  );
  return `http://127.0.0.1:${(JSON.parse(line) as { port: number }).port}`;
}

const PORT_OF_THE_PAGE = /http:\/\/127\.0\.0\.1:8080/g;
const ALL_PASS = /^pass (\d\d) of \1 required interactions pass;/m;

describe('the provider in TypeScript', () => {
  test(
    'is verified by the command of its page',
    async () => {
      const example = exampleOf('provider-typescript');
      expect(example.command('npm run')).toBe('npm run verify');
      const url = await started(example, process.execPath, 'provider.ts');
      const manifest = require(`${example.folder}/package.json`) as {
        readonly scripts: Readonly<Record<'verify', string>>;
      };
      const ended = await example.run(manifest.scripts.verify.replace(PORT_OF_THE_PAGE, url));
      expect(ended).toEqual({
        code: 0,
        stdout: expect.stringMatching(ALL_PASS),
        stderr: expect.any(String),
      });
    },
    5 * MINUTES,
  );
});

describeIf(can('python3', ['--version']), 'the provider in Python', 'no python3', () => {
  test(
    'is verified by the command of its page, and not without what it accepts',
    async () => {
      const example = exampleOf('provider-python');
      const url = await started(example, 'python3', 'provider.py');
      const line = example.command('contracts verify').replace(PORT_OF_THE_PAGE, url);
      expect(await example.run(line)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(ALL_PASS),
      });
      const { code, stdout } = await example.run(line.replace(/ --accept-file \S+/, ''));
      expect(stdout).toContain('not exercised: the provider cannot be brought to the state');
      expect(code).toBe(1);
    },
    5 * MINUTES,
  );
});
