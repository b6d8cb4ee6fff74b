/** Load generators as processes of their own, whose CPU time can be asked for. */

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_ARGS } from '../../system/package.ts';
import type { Job, Rival } from './rivals.ts';

export interface Generator {
  /** User and system time so far, in microseconds, of all its processes. */
  cpu(): Promise<number>;
  /** Waits for its end, or ends it. */
  end(): Promise<void>;
}

/** @param kind what `generator.ts` runs. */
export function ownGenerator(kind: string, { url, seconds }: Job): Generator {
  const child = benchChild('generator.ts', kind, url, String(seconds));
  const ended = once(child, 'exit');
  return {
    cpu: async () => (await ask<{ microseconds: number }>(child)).microseconds,
    async end() {
      const [code] = await ended;
      if (code !== 0) throw new Error(`the ${kind} generator ended with ${code}`);
    },
  };
}

export function rivalGenerator({ program, args, script }: Rival, job: Job): Generator {
  if (script) writeFileSync(job.script, script(job));
  const child = spawn(program, args(job), { stdio: 'ignore' });
  const ended = once(child, 'exit');
  return {
    async cpu() {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
      return cpuOfTree(child.pid ?? 0);
    },
    async end() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export function benchChild(file: string, ...args: string[]): ChildProcess {
  return fork(join(__dirname, file), args, {
    // Its own loader flags: inherited ones could make the child run this file again, without end.
    execArgv: ['--expose-gc', ...NODE_ARGS],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

export async function ask<T>(child: ChildProcess, what = 'figures'): Promise<T> {
  child.send(what);
  const [answer] = (await once(child, 'message')) as [T];
  return answer;
}

/** A tick of Linux's process times: 100 a second on every build of it. */
const TICK_MICROSECONDS = 10_000;

/** CPU time of a process and of all below it, from /proc. */
function cpuOfTree(root: number): number {
  const processes = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? statOf(name) : null;
    return stat ? [{ pid: Number(name), ...stat }] : [];
  });
  const inTree = new Set([root]);
  let grown = 0;
  while (grown < inTree.size) {
    grown = inTree.size;
    for (const { pid, parent } of processes) if (inTree.has(parent)) inTree.add(pid);
  }
  const ticks = processes
    .filter(({ pid }) => inTree.has(pid))
    .reduce((sum, one) => sum + one.ticks, 0);
  return ticks * TICK_MICROSECONDS;
}

function statOf(pid: string): { parent: number; ticks: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may have spaces: state, parent, ..., utime and stime as 12th and 13th.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1] ?? 0, ticks: (fields[11] ?? 0) + (fields[12] ?? 0) };
  } catch {
    // It ended in between.
    return null;
  }
}
