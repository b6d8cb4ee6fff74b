/** Starts the command as a user does, from the checkout. */

import { type ChildProcess, spawn } from 'node:child_process';
import { NODE_ARGS, PACKAGE_ROOT } from '../../system/package.ts';
import { requireDocument } from './documents.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = 'cli/main.ts';

/** Options of a load run that is to pass: an objective that a busy machine keeps. */
export const PATIENT = ['--p95-ms', '100000'];

export function start(...args: string[]): ChildProcess {
  return startWith({}, ...args);
}

export function startWith(env: Readonly<Record<string, string>>, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [...NODE_ARGS, MAIN, ...args], {
    cwd: PACKAGE_ROOT,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** How it ended. A document that it printed with `--json` has to be as its schema says. */
export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) =>
    child.once('close', (code) => {
      try {
        requireDocument(argsOf(child), stdout);
        resolve({ code, stdout, stderr });
      } catch (error) {
        reject(error);
      }
    }),
  );
}

export const dialproof = (...args: string[]) => ended(start(...args));

/** With these variables in its environment. */
export const dialproofWith = (env: Readonly<Record<string, string>>, ...args: string[]) =>
  ended(startWith(env, ...args));

const argsOf = ({ spawnargs }: ChildProcess): readonly string[] =>
  spawnargs.slice(spawnargs.indexOf(MAIN) + 1);
