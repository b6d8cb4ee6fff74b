/** A command of the user's, such as that of their tests, run as a child in this terminal. */

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { UnavailableError } from '../../system/errors.ts';

export interface ChildOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Ends the child when it aborts. */
  readonly signal: AbortSignal;
  /** stdout is for one document of ours: what the child prints goes to stderr. */
  readonly json?: boolean;
  /** Whether the child may read what the user types, as a watching test runner does. */
  readonly reads?: boolean;
}

/** A child that does not end when it is asked to is killed. */
const PATIENCE_MS = 10_000;

/**
 * @param command a program and its arguments.
 * @returns the exit code of the command.
 * @throws UnavailableError if it cannot be started.
 */
export async function runChild(
  [file = '', ...args]: readonly string[],
  { env, signal, json = false, reads = false }: ChildOptions,
): Promise<number> {
  // Only who is in the group of the terminal may read from it. There, Ctrl-C reaches all of them without us.
  const ownGroup = !(reads && process.stdin.isTTY);
  const child = spawn(file, args, {
    // A number is a descriptor of this process.
    stdio: [reads ? 'inherit' : 'ignore', json ? 2 : 'inherit', 'inherit'],
    detached: ownGroup,
    env,
  });
  // A shell or npm is the parent of the program: what is asked of it has to reach its children.
  const end = (by: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(ownGroup ? -child.pid : child.pid, by);
    } catch (error) {
      // It has ended meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    end('SIGTERM');
    killing = setTimeout(() => end('SIGKILL'), PATIENCE_MS);
  };
  // A second Ctrl-C ends this process at once.
  const last = () => end('SIGKILL');
  process.once('exit', last);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        reject(new UnavailableError(`${file} cannot be run (${error.code}): is it installed?`));
      });
      child.once('exit', (status, by) => resolve(status ?? 128 + (by ? constants.signals[by] : 0)));
    });
  } finally {
    clearTimeout(killing);
    process.removeListener('exit', last);
    signal.removeEventListener('abort', stop);
  }
}
