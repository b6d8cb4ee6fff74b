/** Says in one sentence why a file cannot be written. */

import { UserError } from './errors.ts';

/** What it means; what to do. */
const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; choose a folder that you may write to',
  EPERM: 'permission denied; choose a folder that you may write to',
  EROFS: 'the file system is read-only; choose another folder',
  ENOSPC: 'no space is left on the device; make room or choose another folder',
  EDQUOT: 'the disk quota is used up; make room or choose another folder',
  ENOTDIR: 'a part of the path is not a folder; choose another folder',
  EISDIR: 'a folder of that name is in the way; move it or choose another folder',
  ENAMETOOLONG: 'the path is too long; choose a shorter one',
  EFBIG: 'the file is too large for the file system; choose another folder',
  EIO: 'the device fails; choose another folder',
  EMFILE: 'too many files are open; raise the limit with ulimit -n',
  ENFILE: 'too many files are open on this machine; end other programs',
};

/** What these mean is known where the path is. Elsewhere they can be a defect of the program. */
const CAUSES_AT_PATH: Readonly<Record<string, string>> = {
  ...CAUSES,
  EEXIST: 'a file stands where the folder should be; choose another folder',
  ENOENT: 'the folder cannot be made there; choose another folder',
};

/** Sockets and programs are refused with some of the same codes. */
const NOT_OF_FILES = /^(listen|bind|connect|spawn|kill)/;

/** @returns a UserError for a failed write; an error that is not of the file system unchanged. */
export function explain(error: unknown, path: string): unknown {
  const cause = CAUSES_AT_PATH[codeOf(error)];
  return cause ? new UserError(`cannot write ${path}: ${cause}`, { cause: error }) : error;
}

/** @returns as `explain`, for an error that no command expected: its own path is named, if it has one. */
export function explainUnexpected(error: unknown): unknown {
  const { syscall, path } = fields(error);
  const cause = CAUSES[codeOf(error)];
  if (typeof syscall !== 'string' || NOT_OF_FILES.test(syscall) || !cause) return error;
  const where = typeof path === 'string' ? path : 'a file';
  return new UserError(`cannot write ${where}: ${cause}`, { cause: error });
}

function codeOf(error: unknown): string {
  const { code, message } = fields(error);
  if (code) return String(code);
  // rmSync of Node 24 tells it in its message only.
  return String(message).includes('Unknown error: Read-only file system') ? 'EROFS' : '';
}

/** An error of another realm, as jest has them, is no Error of this one. */
function fields(error: unknown): Readonly<Record<string, unknown>> {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
}
