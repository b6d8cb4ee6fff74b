/** Writes the files that handleSummary returned, which maps a path, `stdout` or `stderr` to a content. */

import { writeFile } from 'node:fs/promises';
import { isAnyArrayBuffer } from 'node:util/types';
import { harmlessInColour } from '../../../system/visible.ts';

/**
 * Writes what can be written, as k6 does, and then says what could not.
 *
 * @throws Error where `returned` is not an object, a content is neither a string nor an ArrayBuffer, or a file cannot
 *   be written.
 */
export async function writeSummary(returned: unknown): Promise<void> {
  if (returned === undefined || returned === null) return;
  if (typeof returned !== 'object') {
    throw new Error('handleSummary() must return an object of file names to texts');
  }
  const failed: string[] = [];
  for (const [path, content] of Object.entries(returned)) {
    try {
      await write(path, contentOf(path, content));
    } catch (error) {
      failed.push((error as Error).message);
    }
  }
  if (failed.length > 0) throw new Error(`handleSummary() ${failed.join('; ')}`);
}

async function write(path: string, bytes: string | Uint8Array): Promise<void> {
  if (path === 'stdout') process.stdout.write(cleaned(bytes));
  else if (path === 'stderr') process.stderr.write(cleaned(bytes));
  else {
    await writeFile(path, bytes).catch(({ code }: NodeJS.ErrnoException) => {
      const help = code === 'ENOENT' ? ': make its folder first' : '';
      throw new Error(`could not write ${path} (${code})${help}`);
    });
  }
}

function contentOf(path: string, content: unknown): string | Uint8Array {
  if (typeof content === 'string') return content;
  if (isAnyArrayBuffer(content)) return new Uint8Array(content as ArrayBuffer);
  throw new Error(`gave neither a string nor an ArrayBuffer for ${path}`);
}

/** A summary may be coloured. */
function cleaned(content: string | Uint8Array): string {
  return harmlessInColour(typeof content === 'string' ? content : Buffer.from(content).toString());
}
