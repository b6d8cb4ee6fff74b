/** What the commands of contracts on the pages meet: the providers of the examples, and a Broker. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { openStandInBroker } from '../contracts/stand-in-broker.ts';
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

/** A Broker that lets a login in, in place of the one on the page. */
export async function standInBroker() {
  const broker = await openStandInBroker('Bearer s3cret');
  return {
    swaps: { 'https://broker.example.com': broker.url },
    env: { PACT_BROKER_BASE_URL: broker.url, PACT_BROKER_TOKEN: 's3cret' },
    close: () => broker.close(),
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
