/**
 * What was sent and cannot be changed any more: messages to Slack, Teams and webhooks. It is noted beside the run, so
 * that publishing the run again does not send them again.
 */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { list, structure, text } from '../system/read.ts';
import type { Context, Target } from './targets/target.ts';

const FILE = 'published.json';

const notes = structure<{ readonly sent: readonly string[] }>({ sent: list(text) });

export interface SentNotes {
  has(key: string): boolean;
  add(key: string): Promise<void>;
}

/** Tells a run and a receiver apart. It does not have the receiver's URL, nor can that be told from it. */
export function sentKey(
  { name, reads }: Target,
  { run, env }: Pick<Context, 'run' | 'env'>,
): string {
  const secret = reads.map((variable) => env[variable] ?? '').join('\n');
  const digest = createHash('sha256').update(`${run.id}\n${secret}`).digest('hex');
  return `${name} ${run.id} ${digest.slice(0, 8)}`;
}

/** @param dir folder of the run. A note that cannot be written is no failure: the message has been sent. */
export async function sentNotes(dir: string, warn: (text: string) => void): Promise<SentNotes> {
  const path = join(dir, FILE);
  const sent = new Set(await readNotes(path, warn));
  return {
    has: (key) => sent.has(key),
    add: async (key) => {
      sent.add(key);
      await writeFile(path, `${JSON.stringify({ sent: [...sent] }, null, 2)}\n`).catch(
        ({ code }: NodeJS.ErrnoException) =>
          warn(
            `cannot note in ${path} what was sent (${code}): publishing again will send it again`,
          ),
      );
    },
  };
}

async function readNotes(path: string, warn: (text: string) => void): Promise<readonly string[]> {
  try {
    return notes(JSON.parse(await readFile(path, 'utf8')), '').sent;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT')
      warn(`cannot read ${path} (${code ?? 'it is damaged'}): nothing counts as sent`);
    return [];
  }
}
