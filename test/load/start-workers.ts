/** Runs the script named by the first argument on as many workers as the second says, and tells their process ids once it runs. */

import child_process from 'node:child_process';
import { workersEngine } from '../../load/engines/workers/engine.ts';

const [script = '', workers = ''] = process.argv.slice(2);
const ids: number[] = [];
const { fork } = child_process;
child_process.fork = ((...given: Parameters<typeof fork>) => {
  const child = fork(...given);
  ids.push(child.pid ?? 0);
  const running = new Set<unknown>();
  child.on('message', (message: { say: string; phase?: { name: string } }) => {
    if (message.phase?.name === 'scenarios') running.add(child);
    if (running.size > 0) setTimeout(() => process.send?.(ids), 300);
  });
  return child;
}) as typeof fork;

void workersEngine(Number(workers)).run({
  script,
  env: {},
  historyFile: `${script}.tsv`,
  plannedMs: 1_000,
  labels: { testid: 'a-run', scenario: 'a-script' },
  loopbackOnly: true,
});
