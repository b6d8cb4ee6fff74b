/** Providers that `contracts verify` of the pages meets: those of the examples. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { type Row, runs, type ShellRow } from './rows.ts';
import type { Ready } from './shell.ts';

const TYPESCRIPT = join(PACKAGE_ROOT, 'examples', 'provider-typescript', 'provider.ts');

/** The right provider, at a free port in place of 8080. */
export async function startProvider(): Promise<NonNullable<Ready>> {
  const child = spawn(process.execPath, [TYPESCRIPT, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { port } = JSON.parse(line.toString()) as { readonly port: number };
  return {
    swaps: { 'http://127.0.0.1:8080': `http://127.0.0.1:${port}` },
    close: () => ended(child),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const end = once(child, 'exit');
  child.kill();
  await end;
}

/** `contracts verify` against a right provider. */
export const verifies = (before: () => Promise<Ready>, row: ShellRow = {}): Row =>
  runs({
    before,
    after: (told) => {
      expect(told.at(-1)?.stdout).toMatch(/required interactions pass/);
    },
    ...row,
  });
