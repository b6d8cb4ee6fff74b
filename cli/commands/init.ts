/** dialproof init: writes a configuration, a consumer test, a scenario and a workflow into a project. */

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { UserError } from '../../system/errors.ts';
import { type PlannedFile, planFor } from '../init/files.ts';
import { type Ci, projectIn } from '../init/project.ts';
import { Terminal } from '../terminal/terminal.ts';

interface InitOptions {
  readonly typescript?: boolean;
  readonly json?: boolean;
  readonly ci?: Ci;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

export function initCommand(command: Command): void {
  command
    .description(
      'write a configuration, a consumer test, a scenario and a CI workflow into this project',
    )
    .addOption(
      new Option(
        '--typescript',
        'write dialproof.config.ts (default: if there is a tsconfig.json)',
      ),
    )
    .addOption(new Option('--json', 'write dialproof.config.json').conflicts('typescript'))
    .addOption(
      new Option(
        '--ci <name>',
        'the CI (default: gitlab if there is a .gitlab-ci.yml, else github)',
      ).choices(['github', 'gitlab']),
    )
    .option('--force', 'replace files that are there')
    .option('--dry-run', 'write nothing; say what would be written')
    .addHelpText(
      'after',
      `
The test is for vitest or jest if package.json names one of them, else for Node's own runner.
A file that is there stays as it is, unless --force is given.

Examples:
  dialproof init
  dialproof init --typescript --ci gitlab
  dialproof init --dry-run`,
    )
    .action(async (options: InitOptions) => {
      await init(process.cwd(), options);
    });
}

/**
 * Writes the files of a project.
 *
 * @throws UserError where the folder is no project, or a file cannot be written.
 */
export async function init(dir: string, options: InitOptions): Promise<void> {
  const terminal = new Terminal(false);
  const project = projectIn(dir);
  const { files, next, notes } = planFor(dir, project, {
    config: options.json ? 'json' : options.typescript ? 'ts' : null,
    ci: options.ci ?? null,
  });
  for (const file of files) {
    const kept = keptBecause(dir, file, options.force === true);
    if (kept === null && !options.dryRun) await write(dir, file, options.force === true);
    const word = kept !== null ? 'left alone' : options.dryRun ? 'would write' : 'wrote';
    terminal.say(`${word.padEnd(11)} ${file.path}${kept === null ? '' : ` (${kept})`}`);
  }
  terminal.say('\nNext:');
  for (const one of next) terminal.say(`  ${one}`);
  for (const one of notes) terminal.say(`\n${one}`);
}

/** Why a file is not written; null if it is. */
function keptBecause(dir: string, { path, instead }: PlannedFile, force: boolean): string | null {
  if (instead !== null) return `${instead} is there`;
  return existsSync(join(dir, path)) && !force ? 'it is there; --force replaces it' : null;
}

async function write(dir: string, { path, text }: PlannedFile, force: boolean): Promise<void> {
  const file = join(dir, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    // A file that appears meanwhile is not overwritten either.
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot write ${path} (${code}): check the folder, and run init again`);
  }
}
