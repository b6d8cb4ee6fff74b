/** Writes the files that handleSummary returned, which maps a path, `stdout` or `stderr` to a content. */

import { writeFile } from 'node:fs/promises';
import { isAnyArrayBuffer } from 'node:util/types';
import { harmlessInColour } from '../../../system/visible.ts';

/**
 * @throws Error where `returned` is not an object, or a content is neither a string nor an ArrayBuffer; and the
 *   error of the file system where a file cannot be written.
 */
export async function writeSummary(returned: unknown): Promise<void> {
  if (returned === undefined || returned === null) return;
  if (typeof returned !== 'object') {
    throw new Error('handleSummary() must return an object of file names to texts');
  }
  for (const [path, content] of Object.entries(returned)) {
    const bytes = contentOf(path, content);
    if (path === 'stdout') process.stdout.write(cleaned(bytes));
    else if (path === 'stderr') process.stderr.write(cleaned(bytes));
    else await writeFile(path, bytes);
  }
}

function contentOf(path: string, content: unknown): string | Uint8Array {
  if (typeof content === 'string') return content;
  if (isAnyArrayBuffer(content)) return new Uint8Array(content as ArrayBuffer);
  throw new Error(`handleSummary() gave neither a string nor an ArrayBuffer for ${path}`);
}

/** A summary may be coloured. */
function cleaned(content: string | Uint8Array): string {
  return harmlessInColour(typeof content === 'string' ? content : Buffer.from(content).toString());
}
