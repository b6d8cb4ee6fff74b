/** A worker's process: runs one segment when it is told to. */

import { runInstance } from '../../engine/engine.ts';
import { ScriptRefused } from '../../engine/read/refusal.ts';
import type { FromWorker, ToWorker } from './messages.ts';

const stopping = new AbortController();
const aborting = new AbortController();
let go: () => void = () => {};
const started = new Promise<void>((resolve) => {
  go = resolve;
});

function tell(message: FromWorker): void {
  process.send?.(message);
}

async function run({
  script,
  env,
  historyFile,
  samples,
  segment,
  watched,
  rps,
  loopbackOnly,
}: ToWorker & { say: 'prepare' }) {
  try {
    const outcome = await runInstance({
      script,
      env,
      segment,
      loopbackOnly,
      ...(rps === undefined ? {} : { rps }),
      ...(samples === undefined ? {} : { samples }),
      consoleOutput: historyFile,
      signal: stopping.signal,
      aborting: aborting.signal,
      judgedElsewhere: true,
      snapshotsToJudge: !watched,
      ready() {
        tell({ say: 'ready' });
        return started;
      },
      onProgress: (progress) => tell({ say: 'progress', progress }),
      onSnapshot: (snapshot) => tell({ say: 'snapshot', snapshot }),
    });
    tell({ say: 'outcome', outcome });
  } catch (error) {
    if (error instanceof ScriptRefused) {
      tell({ say: 'refused', message: error.message, exitCode: error.exitCode });
    } else tell({ say: 'broken', stack: String((error as Error).stack ?? error) });
  }
}

process.on('message', (message: ToWorker) => {
  if (message.say === 'prepare') void run(message);
  else if (message.say === 'go') go();
  else if (message.say === 'stop') stopping.abort();
  else aborting.abort(message.abortion);
});
// The run has all that it wants of this worker, or is no more.
process.on('disconnect', () => process.exit(0));
