/** Runs a client program, with nothing of the user's AWS settings in its environment. */

import { execFile, spawnSync } from 'node:child_process';
import { ENVIRONMENT } from './environment.ts';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function runProgram(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...ENVIRONMENT, ...env } };
    execFile(file, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** Whether a program is here and ends well with these arguments. */
export function can(file: string, args: readonly string[], cwd = process.cwd()): boolean {
  return spawnSync(file, args, { env: ENVIRONMENT, cwd, stdio: 'ignore' }).status === 0;
}

/** `describe`, or `describe.skip` with the reason in the name. */
export function describeIf(here: boolean, name: string, missing: string, tests: () => void): void {
  if (here) describe(name, tests);
  else describe.skip(`${name} (not run: ${missing})`, tests);
}
