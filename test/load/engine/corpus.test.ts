/** Every script of the corpus, in this process: what the server received, the checks, the exit code. */

import { join } from 'node:path';
import { runK6Script } from '../../../load/engine/engine.ts';
import { ScriptRefused } from '../../../load/engine/read/refusal.ts';
import { checksOf } from '../../../load/engines/engine.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { CORPUS } from './corpus/corpus.ts';
import { checksIn, type Idiom, requestsOf, written } from './corpus/idiom.ts';
import { type CorpusServer, startCorpusServer } from './corpus/server.ts';

let server: CorpusServer;
const console = join(tempDir(), 'console.txt');

beforeAll(async () => {
  server = await startCorpusServer();
});
afterAll(() => server.close());

interface Came {
  readonly requests: string[];
  readonly checks: string;
  readonly exit: number;
  readonly says: string;
}

async function cameOf(idiom: Idiom): Promise<Came> {
  const env = { B: server.url };
  try {
    const result = await runK6Script({ script: written(idiom), env, consoleOutput: console });
    const [error] = result.scriptErrors;
    return {
      requests: server.take(),
      checks: checksIn(checksOf(result.summary.root_group)),
      exit: result.exitCode,
      says: error ? `${error.where} ${error.message}` : '',
    };
  } catch (error) {
    if (!(error instanceof ScriptRefused)) throw error;
    return { requests: server.take(), checks: '', exit: error.exitCode, says: error.message };
  }
}

test.each(CORPUS.map((idiom) => [idiom.name, idiom] as const))('%s', async (_, idiom) => {
  const { says, ...came } = await cameOf(idiom);
  const { says: due = '', checks, exit = 0 } = idiom;
  // What it says comes first, because it explains the rest.
  if (due === '') expect(says).toBe('');
  else expect(says).toContain(due);
  expect(came).toEqual({ requests: requestsOf(idiom), checks, exit });
});

test('no two scripts have one name', () => {
  expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length);
});
