/** Writes a log of lines. They are collected and written later, so that a reply never waits for them. */

import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { harmless } from '../../system/visible.ts';

export interface AccessLog {
  /** @param line with its line feed. */
  write(line: string): void;
  /** Writes the remaining lines and closes the log, even if it has failed. */
  close(): Promise<void>;
}

const CHUNK = 65_536;
const FLUSH_MILLISECONDS = 250;

/** Characters not yet taken by the file, above which lines are left out. */
const MAX_PENDING = 16 * 1024 * 1024;

/**
 * Opens the access log for appending.
 *
 * @param file `-` is the error output.
 * @param warn gets one sentence when the log fails or cannot keep up; the endpoint goes on.
 */
export function openAccessLog(file: string, warn: (sentence: string) => void): AccessLog {
  const onScreen = file === '-';
  const out = onScreen ? process.stderr : createWriteStream(file, { flags: 'a' });
  // JSON leaves some control characters as they are, and a caller may have sent them.
  const shown = onScreen ? harmless : (lines: string) => lines;
  return logTo(out, `access log ${file}`, warn, shown);
}

/** Opens the journal of feeders, in place of a file that is there: one file is one recording. */
export function openFeederLog(file: string, warn: (sentence: string) => void): AccessLog {
  return logTo(createWriteStream(file, { flags: 'w' }), `feeder journal ${file}`, warn);
}

function logTo(
  out: Writable,
  what: string,
  warn: (sentence: string) => void,
  shown = (lines: string) => lines,
): AccessLog {
  let gathered = '';
  let timer: NodeJS.Timeout | null = null;
  let failed = false;
  let late = false;

  const fail = (error: Error) => {
    if (!failed) warn(`the ${what} is not written any more: ${error.message}`);
    failed = true;
    gathered = '';
  };
  out.on('error', fail);

  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (gathered !== '' && !failed) out.write(shown(gathered));
    gathered = '';
  };

  return {
    write(line) {
      if (failed) return;
      if (out.writableLength > MAX_PENDING) {
        if (!late) warn(`the ${what} cannot keep up: lines are left out`);
        late = true;
        return;
      }
      gathered += line;
      if (gathered.length >= CHUNK) flush();
      else timer ??= setTimeout(flush, FLUSH_MILLISECONDS).unref();
    },
    async close() {
      flush();
      if (out !== process.stderr && !failed) {
        await new Promise<void>((resolve) => out.once('close', resolve).end());
      }
      out.off('error', fail);
    },
  };
}
