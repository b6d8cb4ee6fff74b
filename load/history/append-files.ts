/** Adds files to the end of one. */

import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Those that are not there are passed over. Files packed with gzip are one such file together. */
export async function appendFiles(parts: readonly string[], into: string): Promise<void> {
  for (const part of parts) {
    await pipeline(createReadStream(part), createWriteStream(into, { flags: 'a' })).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT' || error.path !== part) throw error;
      },
    );
  }
}
