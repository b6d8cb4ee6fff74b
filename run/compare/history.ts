/** A trend folder: `history.ndjson` with one line for each run, appended as the runs end. */

import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../system/errors.ts';
import { makeOutFolder } from '../../system/make-folder.ts';
import { type RunLine, runLine } from './line.ts';

export const HISTORY_FILE = 'history.ndjson';

/** The longest line, in bytes. */
export const LONGEST_LINE = 64_000;

const MOST_CAUSES = 100;
const MOST_ERRORS = 20;
const LONGEST_ERROR = 200;

export interface History {
  /** The oldest first. Of a run that was appended twice, the last line. */
  readonly lines: readonly RunLine[];
  /** Lines that are not lines of a run: of a newer version, or cut off when a program was killed. */
  readonly unreadable: number;
}

/**
 * Appends a run. Several programs may do so at the same time: each line is one write at the end of the file.
 *
 * @throws UserError if the folder cannot be written.
 */
export async function appendToHistory(folder: string, line: RunLine): Promise<void> {
  await makeOutFolder(folder);
  const path = join(folder, HISTORY_FILE);
  const text = historyText(line);
  const file = await open(path, 'a+').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot write ${path} (${error.code}): choose another folder with --trend`);
  });
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    // A line that was cut off must not swallow this one.
    await file.appendFile(size > 0 && last.toString() !== '\n' ? `\n${text}\n` : `${text}\n`);
  } finally {
    await file.close();
  }
}

/**
 * A run as a line of the history: without names of interactions, and with bounded lists.
 *
 * @throws UserError if it is longer than `LONGEST_LINE` all the same.
 */
export function historyText(line: RunLine): string {
  const text = JSON.stringify({
    ...line,
    causes: line.causes.slice(0, MOST_CAUSES),
    contracts: line.contracts.map((one) => ({ ...one, names: null })),
    load: line.load.map((one) => ({
      ...one,
      errors: one.errors.slice(0, MOST_ERRORS).map((error) => error.slice(0, LONGEST_ERROR)),
    })),
  } satisfies RunLine);
  if (Buffer.byteLength(text) > LONGEST_LINE) {
    throw new UserError(
      `the run ${line.id} is too large for a line of history (${LONGEST_LINE} bytes): leave out --trend`,
    );
  }
  return text;
}

/** @throws UserError if there is a file that cannot be read. Without a file, the history is empty. */
export async function readHistory(folder: string): Promise<History> {
  const path = join(folder, HISTORY_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
    throw new UserError(`cannot read ${path} (${error.code}): choose another folder`);
  });
  return parseHistory(text);
}

export function parseHistory(text: string): History {
  const lines = new Map<string, RunLine>();
  let unreadable = 0;
  for (const written of text.split('\n')) {
    if (written === '') continue;
    const line = lineIn(written);
    if (line) lines.set(line.id, line);
    else unreadable += 1;
  }
  return {
    lines: [...lines.values()].toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)),
    unreadable,
  };
}

function lineIn(written: string): RunLine | null {
  try {
    return runLine(JSON.parse(written), '');
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UserError) return null;
    throw error;
  }
}
