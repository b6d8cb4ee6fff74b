/** dialproof doctor: checks what the commands need, and what is optional. */

import type { Command } from 'commander';
import { startEmulator } from '../../emulator/emulator.ts';
import { bundleForEngine } from '../../load/engine/bundle/bundle.ts';
import { findK6 } from '../../load/engines/k6.ts';
import { scriptOf } from '../../load/run/run-script.ts';
import { DIALPROOF_VERSION, versionOf } from '../../system/package.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Probe {
  readonly name: string;
  readonly needed: boolean;
  /** @returns what was found; rejects with what to do. */
  readonly look: () => Promise<string>;
}

const PROBES: readonly Probe[] = [
  { name: 'node', needed: true, look: async () => process.versions.node },
  { name: 'dialproof', needed: true, look: async () => DIALPROOF_VERSION },
  {
    name: 'emulator',
    needed: true,
    look: async () => {
      const emulator = await startEmulator();
      await emulator.close();
      return `listened on ${emulator.url}`;
    },
  },
  {
    name: 'script bundler',
    needed: true,
    look: async () => {
      await bundleForEngine(scriptOf('smoke').path);
      return `esbuild ${versionOf('esbuild')}`;
    },
  },
  {
    name: 'Pact native library',
    // Only those who want contracts install it; where it is there, it has to work.
    needed: versionOf('@pact-foundation/pact') !== 'unknown',
    look: async () => {
      const { loadPact } = await import('../../contracts/pact/pact.ts');
      loadPact();
      return `@pact-foundation/pact ${versionOf('@pact-foundation/pact')}`;
    },
  },
  {
    name: 'k6',
    needed: false,
    look: async () => (await findK6()).version,
  },
];

export function doctorCommand(command: Command): void {
  command
    .description('check that everything needed is installed, and show what is optional')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: boolean }) => {
      const terminal = new Terminal(options.json === true);
      const findings: { name: string; needed: boolean; ok: boolean; found: string }[] = [];
      for (const { name, needed, look } of PROBES) {
        const [ok, found] = await look().then(
          (text) => [true, text] as const,
          (error: Error) => [false, error.message] as const,
        );
        findings.push({ name, needed, ok, found });
        const word = ok ? 'ok' : needed ? 'MISSING' : 'optional';
        terminal.say(`${word.padEnd(9)} ${name.padEnd(20)} ${found}`);
      }
      if (terminal.json) terminal.document(findings);
      if (findings.some(({ ok, needed }) => needed && !ok)) {
        process.exitCode = EXIT_CODES.unavailable;
      }
    });
}
