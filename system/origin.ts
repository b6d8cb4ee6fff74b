/** Where a run comes from: the command, the host, the commit, the build. Read from git and from the variables of CI. */

import { execFile } from 'node:child_process';
import { cpus, hostname } from 'node:os';
import { promisify } from 'node:util';
import { ciOf, type Environment } from './ci.ts';

export interface Origin {
  /** As a shell runs it again. Passwords in it are replaced by `…`. */
  readonly command: string;
  readonly host: Host;
  /** Null without a repository. */
  readonly commit: string | null;
  /** Null without a repository, or where no branch is checked out. */
  readonly branch: string | null;
  /** Whether files differ from the commit; null where that is not known. */
  readonly modified: boolean | null;
  /** The page of the build; null outside CI. */
  readonly buildUrl: string | null;
}

export interface Host {
  /** The variable DIALPROOF_HOST, or else the name of the machine. */
  readonly name: string;
  /** Such as `linux x64`. */
  readonly system: string;
  readonly processors: number;
  /** Model of the processors; empty where the system does not tell. */
  readonly model: string;
}

/**
 * Finds out where a run comes from. What cannot be found out is null.
 *
 * @param args the arguments of `dialproof`.
 * @param cwd the folder whose repository is asked.
 */
export async function originOf(
  args: readonly string[],
  variables: Environment = process.env,
  cwd: string = process.cwd(),
): Promise<Origin> {
  const ci = ciOf(variables);
  const [commit, branch, changes] = await Promise.all([
    git(cwd, 'rev-parse', 'HEAD'),
    git(cwd, 'symbolic-ref', '--short', '-q', 'HEAD'),
    git(cwd, 'status', '--porcelain', '--untracked-files=no'),
  ]);
  // git's commit in a pull request may be the merge commit, which nobody has.
  const found = {
    commit: ci?.commit ?? (ci?.ofMerge ? null : commit),
    branch: ci?.branch ?? branch,
  };
  return {
    command: commandOf(args),
    host: hostOf(variables),
    ...found,
    modified: found.commit === null || changes === null ? null : changes !== '',
    buildUrl: ci?.buildUrl ?? null,
  };
}

export function hostOf(variables: Environment = process.env): Host {
  const processors = cpus();
  return {
    name: variables.DIALPROOF_HOST || hostname(),
    system: `${process.platform} ${process.arch}`,
    processors: processors.length,
    model: processors[0]?.model.trim() ?? '',
  };
}

/** Output of git without the line end; null where git or the repository is not there. */
async function git(cwd: string, ...args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', args, { cwd, timeout: 5_000 });
    return stdout.trim();
  } catch {
    return null;
  }
}

const SECRET = /secret|token|password|passwd|credential|api_?key|authorization/i;

/** The command line, quoted for a POSIX shell, without passwords. */
export function commandOf(args: readonly string[]): string {
  return ['dialproof', ...args.map(withoutSecret)].map(quoted).join(' ');
}

/** Hides the value in `--secret-key …` and in `--env API_TOKEN=…`, and the password of a URL. */
function withoutSecret(arg: string, i: number, args: readonly string[]): string {
  const before = args[i - 1] ?? '';
  if (/^--[\w-]+$/.test(before) && SECRET.test(before) && !arg.startsWith('-')) return '…';
  const [, name, equals, value] = /^(?:--[\w-]+=)?(\w[\w-]*)(=)(.+)$/s.exec(arg) ?? [];
  if (name && equals && value && SECRET.test(name)) {
    return `${arg.slice(0, arg.length - value.length)}…`;
  }
  return arg.replace(/(\/\/[^/@\s:]*:)[^/@\s]+@/g, '$1…@');
}

/** An argument as a POSIX shell takes it. */
export function quoted(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;
}
