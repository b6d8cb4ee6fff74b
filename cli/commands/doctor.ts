/** dialproof doctor: checks what the commands need, and what is optional. */

import { relative } from 'node:path';
import type { Command } from 'commander';
import type { Loaded } from '../../config/load.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { bundleForEngine } from '../../load/engine/bundle/bundle.ts';
import { findK6 } from '../../load/engines/k6.ts';
import { scriptOf } from '../../load/run/run-script.ts';
import { UserError } from '../../system/errors.ts';
import { DIALPROOF_VERSION, versionOf } from '../../system/package.ts';
import { configurationOf } from '../configuration/configured-command.ts';
import { needingOf } from '../configuration/needing.ts';
import { type Probe, probesOf } from '../stages/configured-needs.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';

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
];

const OPTIONAL_K6: Probe = {
  name: 'k6',
  needed: false,
  look: async () => (await findK6()).version,
};

/** What the configuration needs, after what every command needs. */
function probesWith(loaded: Loaded | null): readonly Probe[] {
  const found: Probe = {
    name: 'configuration',
    needed: false,
    look: async () => {
      if (loaded) return relative('', loaded.file);
      throw new UserError('none in this folder or above: "dialproof init" writes one');
    },
  };
  if (!loaded) return [found, ...PROBES, OPTIONAL_K6];
  const needs = probesOf(needingOf(loaded));
  const k6 = needs.some(({ name }) => name === OPTIONAL_K6.name) ? [] : [OPTIONAL_K6];
  return [found, ...PROBES, ...k6, ...needs];
}

export function doctorCommand(command: Command): void {
  command
    .description(
      'check that everything is there that the commands and the configuration need, and show what is optional',
    )
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: boolean }) => {
      const probes = probesWith(configurationOf(command));
      const terminal = new Terminal(options.json === true);
      const findings: { name: string; needed: boolean; ok: boolean; found: string }[] = [];
      for (const { name, needed, look } of probes) {
        const [ok, found] = await look().then(
          (text) => [true, text] as const,
          (error: Error) => [false, error.message] as const,
        );
        findings.push({ name, needed, ok, found });
        const word = ok ? 'ok' : needed ? 'MISSING' : 'optional';
        terminal.say(`${word.padEnd(9)} ${name.padEnd(24)} ${found}`);
      }
      if (terminal.json) terminal.document(findings);
      if (findings.some(({ ok, needed }) => needed && !ok)) {
        process.exitCode = EXIT_CODES.unavailable;
      }
    });
}
