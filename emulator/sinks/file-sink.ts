/** A sink that appends to a file of NDJSON, and syncs it before it says that the lines are safe. */

import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '../../system/errors.ts';
import type { Sink } from './sink.ts';

const LINE_FEED = 0x0a;

/** @throws UserError if the file cannot be opened. */
export async function openFileSink(file: string): Promise<Sink> {
  let handle: FileHandle;
  try {
    // Readable too, to see how the file ends.
    handle = await open(file, 'a+');
  } catch (error) {
    throw new UserError(
      `the sink ${file} cannot be opened (${(error as Error).message}): name a file in a folder that exists`,
    );
  }
  return {
    target: file,
    async put(lines) {
      const separator = (await endsInLine(handle)) ? '\n' : '';
      await handle.appendFile(`${separator}${lines.join('\n')}\n`);
      await handle.datasync();
    },
    close: () => handle.close(),
  };
}

/** Whether the file ends in the first part of a line: a crash or a full disk cut it. */
async function endsInLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== LINE_FEED;
}
