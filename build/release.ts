/** npm run release [-- --dry-run]: cuts a release, or rehearses it. A rehearsal sends nothing. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { UserError } from '../system/errors.ts';
import { DIALPROOF_VERSION, PACKAGE_ROOT } from '../system/package.ts';
import { makeTemporaryFolder } from '../system/temporary-folder.ts';
import { release, type World } from './release-steps.ts';

const PUBLINT = join(PACKAGE_ROOT, 'node_modules', '.bin', 'publint');

function worldOf(dryRun: boolean): World {
  // npm then asks no registry for anything, a newer npm included.
  const env = dryRun
    ? { ...process.env, npm_config_offline: 'true', npm_config_update_notifier: 'false' }
    : process.env;
  /** @throws UserError unless the command ends with 0. */
  const command = (name: string, args: readonly string[], stdout: 'inherit' | 'pipe'): string => {
    const done = spawnSync(name, args, {
      cwd: PACKAGE_ROOT,
      env,
      stdio: ['inherit', stdout, 'inherit'],
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
    version: DIALPROOF_VERSION,
    changelog: readFileSync(join(PACKAGE_ROOT, 'CHANGELOG.md'), 'utf8'),
    git: (...args) => command('git', args, 'pipe'),
    run: (name, ...args) => {
      command(name === 'publint' ? PUBLINT : name, args, 'inherit');
    },
    pack() {
      const folder = makeTemporaryFolder('release');
      command('npm', ['pack', '--pack-destination', folder], 'inherit');
      const [name] = readdirSync(folder);
      if (name === undefined) throw new UserError('"npm pack" wrote no package: see above');
      return join(folder, name);
    },
    ask: process.stdin.isTTY && process.stdout.isTTY ? askInTerminal : null,
    say: (line) => console.log(line),
  };
}

async function askInTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

async function main(args: readonly string[]): Promise<void> {
  const wrong = args.find((arg) => arg !== '--dry-run');
  if (wrong !== undefined) {
    throw new UserError(`unknown argument "${wrong}": there is only --dry-run`);
  }
  const dryRun = args.includes('--dry-run');
  await release(worldOf(dryRun), { dryRun });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  console.error(`release: ${error.message}`);
  process.exitCode = 1;
});
