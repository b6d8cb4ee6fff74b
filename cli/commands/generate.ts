/** dialproof generate: write a corpus. */

import type { Command } from 'commander';
import { writeCorpus } from '../../generators/corpus.ts';
import { addContactOptions, type ContactOptions } from '../options/contact-options.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface GenerateOptions extends ContactOptions {
  readonly out: string;
  readonly ndjson?: boolean;
  readonly json?: boolean;
}

export function generateCommand(command: Command): void {
  addContactOptions(command, 400)
    .description('write a corpus of contacts with predicted verdicts')
    .option('--out <dir>', 'folder to write to', 'out/corpus')
    .option('--ndjson', 'also write contacts.ndjson, one contact per line')
    .option('--json', 'print the manifest as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof generate --seed 7 --batches 1000
  dialproof generate --mix INVALID_QUEUE=0.05,MISSING_CAMPAIGN=0.01 --ndjson
  dialproof generate --locales en_US,de_DE --mix none`,
    )
    .action(async (options: GenerateOptions) => {
      const terminal = new Terminal(options.json === true);
      const manifest = await writeCorpus(options.out, {
        ...options,
        ndjson: options.ndjson === true,
        signal: interruptSignal(terminal),
        onProgress: (done) =>
          terminal.progress(`generating: ${done} of ${options.batches} batches`),
      });
      if (terminal.json) {
        terminal.document(manifest);
        return;
      }
      terminal.say(`${manifest.contacts} contacts in ${manifest.batches} batches: ${options.out}`);
      for (const [verdict, count] of Object.entries(manifest.predicted)) {
        terminal.say(`  ${String(count).padStart(9)}  ${verdict}`);
      }
    });
}
