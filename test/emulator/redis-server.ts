/** A real Redis for a test, where there is one: on a free port, in a folder of its own. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { freePort } from '../support/listen.ts';

export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

export interface RedisServer {
  readonly url: string;
  /** Ends the process as a crash would. */
  kill(): Promise<void>;
  /** Stops it as it is: it holds its connections and answers nobody, until `resume`. */
  pause(): void;
  resume(): void;
  /** Starts it again on its port, empty. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const folder = makeTemporaryFolder('redis');
  const port = await freePort();
  let child: ChildProcess | null = null;
  const kill = async () => {
    if (!child) return;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    child = null;
  };
  const start = async () => {
    const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    const started = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    for await (const line of started.stdout) {
      if (String(line).includes('Ready to accept connections')) break;
    }
    if (started.exitCode !== null) throw new Error(`redis-server ended at once on port ${port}`);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    start,
    async close() {
      await kill();
      removeTemporaryFolder(folder);
    },
  };
}
