/** npm run release [-- --dry-run]: cuts a release, or rehearses it. A rehearsal sends nothing. */

import { createInterface } from 'node:readline/promises';
import { UserError } from '../system/errors.ts';
import { PACKAGE_ROOT } from '../system/package.ts';
import { release } from './release-steps.ts';
import { worldOf } from './release-world.ts';

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
  const ask = process.stdin.isTTY && process.stdout.isTTY ? askInTerminal : null;
  await release(worldOf(PACKAGE_ROOT, { dryRun, ask }), { dryRun });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  console.error(`release: ${error.message}`);
  process.exitCode = 1;
});
