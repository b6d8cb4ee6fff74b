/** The program of a worker's process. It runs a script, or one segment of it, when the run tells it to. */

import { UserError } from '../../../system/errors.ts';
import { explainUnexpected } from '../../../system/file-trouble.ts';
import { type Phase, runInstance } from '../../engine/engine.ts';
import { ScriptRefused } from '../../engine/read/refusal.ts';
import { holdLifeline } from './lifeline.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** Shortest interval between two reports of the init phase, in milliseconds. */
const INIT_TOLD_MS = 500;

holdLifeline();

const stopping = new AbortController();
const aborting = new AbortController();
let go: () => void = () => {};
const started = new Promise<void>((resolve) => {
  go = resolve;
});

/** Sends a message. Resolves when it was sent, because the script may block the event loop after that. */
function tell(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, () => resolve());
    else resolve();
  });
}

let initTold = Number.NEGATIVE_INFINITY;

async function tellPhase(phase: Phase): Promise<void> {
  if (phase.name === 'init') {
    if (performance.now() - initTold < INIT_TOLD_MS) return;
    initTold = performance.now();
  }
  await tell({ say: 'phase', phase });
}

async function run({ say, historyFile, ...prepared }: ToWorker & { say: 'prepare' }) {
  try {
    const outcome = await runInstance({
      ...prepared,
      consoleOutput: historyFile,
      signal: stopping.signal,
      aborting: aborting.signal,
      ready() {
        void tell({ say: 'ready' });
        return started;
      },
      onPhase: tellPhase,
      onProgress: (progress) => void tell({ say: 'progress', progress }),
      onSnapshot: (snapshot) => void tell({ say: 'snapshot', snapshot }),
    });
    await tell({ say: 'outcome', outcome });
  } catch (error) {
    const said = explainUnexpected(error);
    if (said instanceof ScriptRefused) {
      await tell({ say: 'refused', message: said.message, exitCode: said.exitCode });
    } else if (said instanceof UserError) await tell({ say: 'mistaken', message: said.message });
    else await tell({ say: 'broken', stack: String((error as Error).stack ?? error) });
  }
}

process.on('message', (message: ToWorker) => {
  if (message.say === 'prepare') void run(message);
  else if (message.say === 'go') go();
  else if (message.say === 'stop') stopping.abort();
  else aborting.abort(message.abortion);
});
