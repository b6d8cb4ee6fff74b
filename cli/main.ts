#!/usr/bin/env node
/** The `dialproof` command: how every command ends. */

import './terminal/node-version.ts';
import { CommanderError } from 'commander';
import { UserError } from '../system/errors.ts';
import { explainUnexpected } from '../system/file-trouble.ts';
import { program } from './program.ts';
import { EXIT_CODES, exitCodeOfError } from './terminal/exit-codes.ts';
import { wasInterrupted } from './terminal/interrupt.ts';
import { toStderr, watchOutput } from './terminal/out.ts';

watchOutput(EXIT_CODES.usage);

program(process.argv[2])
  .then((root) => root.parseAsync())
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      // commander has already told the user. Help and version end here too, and are not errors.
      process.exitCode = error.exitCode === 0 ? EXIT_CODES.pass : EXIT_CODES.usage;
      return;
    }
    // What Ctrl-C ends can fail in any way, such as a bundler that gets the signal too.
    if (wasInterrupted() || (error instanceof Error && error.name === 'AbortError')) {
      toStderr('dialproof: interrupted before there was a result\n');
      process.exitCode = EXIT_CODES.interrupted;
      return;
    }
    // A user's mistake gets one sentence, and so does a full disk. Anything else is a defect, so the stack is shown.
    const said = explainUnexpected(error);
    const text = said instanceof UserError ? said.message : String((said as Error).stack ?? said);
    toStderr(`dialproof: ${text}\n`);
    process.exitCode = exitCodeOfError(said);
  });
