/** The world of a release: git, npm and publint, run in a checkout. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../system/errors.ts';
import { PACKAGE_ROOT } from '../system/package.ts';
import { makeTemporaryFolder } from '../system/temporary-folder.ts';
import type { World } from './release-steps.ts';

const PUBLINT = join(PACKAGE_ROOT, 'node_modules', '.bin', 'publint');

export interface Releasing {
  readonly dryRun: boolean;
  /** As in `World`. */
  readonly ask: World['ask'];
  /** Where the commands print. Default the terminal. */
  readonly output?: 'inherit' | 'ignore';
}

/** The checkout at `root`, with the commands that are installed. */
export function worldOf(root: string, { dryRun, ask, output = 'inherit' }: Releasing): World {
  // npm then asks no registry for anything, a newer npm included.
  const env = dryRun
    ? { ...process.env, npm_config_offline: 'true', npm_config_update_notifier: 'false' }
    : process.env;
  /** @throws UserError unless the command ends with 0. */
  const command = (
    name: string,
    args: readonly string[],
    stdout: 'inherit' | 'ignore' | 'pipe',
  ): string => {
    const done = spawnSync(name, args, {
      cwd: root,
      env,
      stdio: ['inherit', stdout, output],
      encoding: 'utf8',
    });
    const said = [name === PUBLINT ? 'publint' : name, ...args].join(' ');
    if (done.error) throw new UserError(`"${said}" did not start: ${done.error.message}`);
    if (done.status !== 0) {
      throw new UserError(`"${said}" ended with ${done.status ?? done.signal}: see above`);
    }
    return done.stdout ?? '';
  };
  return {
    version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
    git: (...args) => command('git', args, 'pipe'),
    run: (name, ...args) => {
      command(name === 'publint' ? PUBLINT : name, args, output);
    },
    pack() {
      const folder = makeTemporaryFolder('release');
      command('npm', ['pack', '--pack-destination', folder], output);
      const [name] = readdirSync(folder);
      if (name === undefined) throw new UserError('"npm pack" wrote no package: see above');
      return join(folder, name);
    },
    ask,
    say: (line) => console.log(line),
  };
}
