/** Scripts of the corpus by the command: what the server received, the checks in its JSON, its own exit code. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Run } from '../../../run/run.ts';
import { dialproof } from '../../cli/command.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { BY_COMMAND, type ByCommand } from './corpus/by-command.ts';
import { checksIn, requestsOf, written } from './corpus/idiom.ts';
import { startCorpusServer } from './corpus/server.ts';

/** With a server of its own, so that two can run side by side: most of the time is the start of a process. */
async function cameOf(idiom: ByCommand) {
  const server = await startCorpusServer();
  try {
    const script = written(idiom);
    const out = join(tempDir(), 'out');
    const args = (idiom.args ?? []).map((arg) =>
      arg.endsWith('.json') ? join(dirname(script), arg) : arg,
    );
    const { code, stdout, stderr } = await dialproof(
      ...['load', 'run', script, '-e', `B=${server.url}`, ...args],
      // The corpus of contacts is not sent, so it is small.
      ...['--out', out, '--batches', '1'],
    );
    const file = join(out, 'latest', 'run.json');
    const run = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Run) : null;
    return {
      said: `${stdout}${stderr}`.replace(/ +/g, ' '),
      requests: server.take(),
      checks: checksIn(run?.load[0]?.checks ?? []),
      ends: code,
    };
  } finally {
    await server.close();
  }
}

const scripts = BY_COMMAND.map((idiom) => [idiom.name, idiom] as const);

test.each(scripts)('%s', async (_, idiom) => {
  const { said, ...came } = await cameOf(idiom);
  expect(said).toContain(idiom.says ?? '');
  expect(came).toEqual({
    requests: requestsOf(idiom),
    checks: idiom.checks,
    ends: idiom.ends,
  });
});
