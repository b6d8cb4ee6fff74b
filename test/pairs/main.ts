/** npm run pairs [-- --only TEXT --part I/N]: runs every scenario under every choice and every fault plan. */

import '../../cli/terminal/node-version.ts';
import { parseArgs } from 'node:util';
import { UserError } from '../../system/errors.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { PAIRS, runPair } from './pairs.ts';

async function main(): Promise<void> {
  const { only, part, of } = readOptions();
  const pairs = PAIRS.filter(({ name }) => name.includes(only)).filter(
    (_, i) => i % of === part - 1,
  );
  const started = Date.now();
  let found = 0;
  for (const pair of pairs) {
    const dir = makeTemporaryFolder('pairs');
    try {
      const wrong = await runPair(dir, pair);
      if (wrong === null) continue;
      found += 1;
      process.stdout.write(`FOUND ${pair.name}: ${wrong}\n`);
    } finally {
      removeTemporaryFolder(dir);
    }
  }
  const seconds = Math.round((Date.now() - started) / 1_000);
  process.stdout.write(`${pairs.length} pairs in ${seconds} s: ${found} findings\n`);
  process.exitCode = found > 0 || pairs.length === 0 ? 1 : 0;
}

function readOptions() {
  const values = readArguments();
  const [, part, of] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(values.part ?? '1/1') ?? [];
  if (part === undefined || Number(part) > Number(of)) {
    throw new UserError(`--part takes I/N, such as 1/4, not '${values.part}'`);
  }
  return { only: values.only ?? '', part: Number(part), of: Number(of) };
}

function readArguments() {
  try {
    return parseArgs({ options: { only: { type: 'string' }, part: { type: 'string' } } }).values;
  } catch (error) {
    throw new UserError((error as Error).message.split('\n')[0]);
  }
}

main().catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`pairs: ${error.message}\n`);
  process.exitCode = 2;
});
