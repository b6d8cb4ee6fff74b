/** Why a script cannot be run: one sentence and k6's exit code for it. */

import { UserError } from '../../../system/errors.ts';

/** k6's exit codes (the ones that this engine can end with). */
export const EXIT = {
  ok: 0,
  thresholds: 99,
  setupTimeout: 100,
  teardownTimeout: 101,
  /** The script did not give way when its time was over. */
  timeout: 102,
  invalidConfig: 104,
  interrupted: 105,
  scriptException: 107,
  aborted: 108,
  markedFailed: 110,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A script, or its options, that this engine refuses before anything was sent. */
export class ScriptRefused extends UserError {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.invalidConfig) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The sentence for a part of k6 that this engine leaves out. */
export function notSupported(what: string): string {
  return `${what} is not supported by the embedded engine; run it with --engine k6`;
}
