/** The emulator in a process of its own, so that a load generator does not share its CPU thread. */

import { fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { RunningEmulator } from '../../emulator/emulator.ts';
import { UnavailableError } from '../../system/errors.ts';
import { NODE_ARGS } from '../../system/package.ts';

/** How many times as fast as the system clock campaigns run: a call of half a minute takes half a second. */
export const CAMPAIGN_SPEED = '60';

/** What `dialproof emulator --json` prints once it listens. */
export interface EmulatorAddress {
  readonly url: string;
  readonly controlUrl: string;
  readonly region: string;
  readonly credentials: RunningEmulator['credentials'];
}

export interface EmulatorProcess extends EmulatorAddress {
  /** Resolves when the process is over. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
}

/**
 * @param args arguments of `dialproof emulator`. What the configuration says is already among them.
 * @param quiet whether to hide its warnings about seeded bugs, because the caller prints them.
 */
export async function spawnEmulator(
  args: readonly string[],
  quiet = false,
): Promise<EmulatorProcess> {
  const main = join(__dirname, '..', `main${extname(__filename)}`);
  const child = fork(main, ['emulator', '--json', '--no-config', ...args], {
    execArgv: [...NODE_ARGS],
    stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit', 'ipc'],
    // Ctrl-C goes to the whole group: the parent decides when this child ends.
    detached: true,
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let shouted = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    shouted = (shouted + chunk).slice(-2_000);
  });
  const address = await new Promise<EmulatorAddress>((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      // One JSON document, printed whole when the emulator listens.
      if (text.endsWith('}\n')) resolve(JSON.parse(text) as EmulatorAddress);
    });
    child.once('error', reject);
    exited.then((code) =>
      reject(
        new UnavailableError(
          `the emulator ended with code ${code} before it listened${shouted && `: ${shouted.trim()}`}`,
        ),
      ),
    );
  });
  return {
    ...address,
    ended: exited,
    async close() {
      if (child.connected) child.disconnect();
      await exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
