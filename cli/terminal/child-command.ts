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
  { env, signal, json = false }: ChildOptions,
): Promise<number> {
  const child = spawn(file, args, {
    // A number is a descriptor of this process.
    stdio: ['inherit', json ? 2 : 'inherit', 'inherit'],
    env,
  });
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGTERM');
    killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  };
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
    signal.removeEventListener('abort', stop);
  }
}
