/** dialproof completion: prints a script with which a shell completes commands, options and values. */

import { Argument, type Command } from 'commander';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { completedTree } from '../completion/tree.ts';
import { zshScript } from '../completion/zsh.ts';
import { toStdout } from '../terminal/out.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export function completionCommand(command: Command): void {
  command
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SCRIPTS)))
    .addHelpText(
      'after',
      `
Examples:
  source <(dialproof completion bash)      in ~/.bashrc
  source <(dialproof completion zsh)       in ~/.zshrc, after compinit
  dialproof completion fish > ~/.config/fish/completions/dialproof.fish`,
    )
    .action((shell: keyof typeof SCRIPTS) => {
      const root = command.parent ?? command;
      toStdout(SCRIPTS[shell](completedTree(root)));
    });
}
