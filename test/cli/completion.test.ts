/** The completion scripts, run by the shells themselves. */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { contractsCommand } from '../../cli/commands/contracts.ts';
import { loadCommand } from '../../cli/commands/load.ts';
import { bashScript } from '../../cli/completion/bash.ts';
import { fishScript } from '../../cli/completion/fish.ts';
import { completedTree } from '../../cli/completion/tree.ts';
import { zshScript } from '../../cli/completion/zsh.ts';
import { SCENARIO_NAMES } from '../../load/lib/profiles.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof } from './command.ts';

const dir = tempDir();

const root = new Command('dialproof');
loadCommand(root.command('load'));
contractsCommand(root.command('contracts'));
const tree = completedTree(root);

interface Shell {
  readonly name: string;
  readonly script: string;
  /** Prints what the script offers for the last of the words. */
  readonly driver: (file: string, words: readonly string[]) => string;
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');

const SHELLS: readonly Shell[] = [
  {
    name: 'bash',
    script: bashScript(tree),
    driver: (file, words) =>
      `set -u; source '${file}'; complete -p dialproof >/dev/null || exit 9
       COMP_WORDS=(${quoted(words)}); COMP_CWORD=${words.length - 1}
       _dialproof; printf '%s\\n' "\${COMPREPLY[@]}"`,
  },
  {
    name: 'zsh',
    script: zshScript(tree),
    // Without a terminal there is no completion system: its builtins print what they are given.
    driver: (file, words) =>
      `compdef() { }; source '${file}'
       compadd() { shift; print -rl -- "$@" }
       _files() { print -rl -- *(N) }
       _describe() { local -a all=("\${(@P)@[-1]}"); print -rl -- "\${(@)all%%:*}" }
       words=(${quoted(words)}); CURRENT=${words.length}; _dialproof`,
  },
  {
    name: 'fish',
    script: fishScript(tree),
    driver: (file, words) => `source '${file}'; complete -C '${words.join(' ')}' | cut -f1`,
  },
];

const isInstalled = (name: string): boolean => !spawnSync(name, ['-c', 'true']).error;

for (const { name, script, driver } of SHELLS) {
  (isInstalled(name) ? describe : describe.skip)(`in ${name}`, () => {
    const file = join(dir, `completion.${name}`);
    writeFileSync(file, script);
    writeFileSync(join(dir, 'my-scenario.ts'), '');

    const offered = (...words: readonly string[]): readonly string[] => {
      const { status, stdout, stderr } = spawnSync(
        name,
        ['-c', driver(file, ['dialproof', ...words])],
        { encoding: 'utf8', cwd: dir, env: { ...process.env, HOME: dir, XDG_CONFIG_HOME: dir } },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return stdout.split('\n').filter((line) => line !== '');
    };

    test('commands, and those below them', () => {
      expect(offered('')).toEqual(expect.arrayContaining(['load', 'contracts']));
      expect(offered('contracts', 'broker', '')).toEqual(
        expect.arrayContaining(['publish', 'can-i-deploy']),
      );
      expect(offered('load', '')).not.toContain('contracts');
    });

    test('the options of the command, and no others', () => {
      const options = offered('load', 'run', '--');
      expect(options).toEqual(expect.arrayContaining(['--engine', '--rate']));
      expect(options).not.toContain('--parallelism');
      expect(offered('load', 'plan', '--')).toContain('--parallelism');
    });

    test('the values of an option', () => {
      expect(offered('load', 'run', 'smoke', '--engine', '')).toEqual(['dialproof', 'k6']);
      expect(offered('contracts', 'coverage', '--contract', '')).toContain('BatchPutContact');
      expect(offered('load', 'run', '--rate', '')).toEqual([]);
    });

    test('the scenarios, and files beside them', () => {
      const offers = offered('load', 'run', '');
      expect(offers).toEqual(expect.arrayContaining([...SCENARIO_NAMES]));
      expect(offers).toContain('my-scenario.ts');
    });
  });
}

test('the command prints it, of all commands', async () => {
  const { code, stdout, stderr } = await dialproof('completion', 'bash');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const path of [
    'load run',
    'contracts broker publish',
    'feeder check',
    'init',
    'completion',
  ]) {
    expect(stdout).toContain(`'${path}'`);
  }
});
