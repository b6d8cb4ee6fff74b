/** Exit codes of every command. Stable. */

import type { RunVerdict } from '../../run/run.ts';
import { UnavailableError, UserError } from '../../system/errors.ts';

export const EXIT_CODES = {
  pass: 0,
  /** A contract, threshold or invariant failed, or what was asked for did not run. */
  failed: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** A target or tool is not there. */
  unavailable: 3,
  /** Nothing failed, but a threshold depends on figures that are not valid. */
  notValid: 4,
  interrupted: 130,
} as const;

export const EXIT_CODES_HELP = `
Exit codes: 0 pass, 1 failed, 2 usage or configuration, 3 target or tool unavailable,
4 figures not valid (run it again as the report says), 130 interrupted.`;

export function exitCodeOf(verdict: RunVerdict, interrupted: boolean): number {
  if (interrupted) return EXIT_CODES.interrupted;
  if (verdict === 'not valid') return EXIT_CODES.notValid;
  return verdict === 'pass' ? EXIT_CODES.pass : EXIT_CODES.failed;
}

export function exitCodeOfError(error: unknown): number {
  if (error instanceof UnavailableError) return EXIT_CODES.unavailable;
  if (error instanceof UserError) return EXIT_CODES.usage;
  return EXIT_CODES.failed;
}
