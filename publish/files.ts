/** The files of a run as they are published: its reports, rendered again, and its pacts. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeReports } from '../reports/write.ts';
import type { Run } from '../run/run.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import type { Redact } from './send/secrets.ts';
import type { PublishedFile } from './targets/target.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  xml: 'application/xml',
};

/** Rendered from the run, so that a run.json alone can be published, and no secret is in any of them. */
export async function filesOf(
  run: Run,
  pacts: readonly string[],
  redact: Redact,
): Promise<readonly PublishedFile[]> {
  const dir = makeTemporaryFolder('publish');
  try {
    const reports = Object.values(await writeReports(run, dir));
    return await Promise.all([
      ...reports.map((path) => fileAt(path, '', redact)),
      ...pacts.map((path) => fileAt(path, 'pacts/', redact)),
    ]);
  } finally {
    removeTemporaryFolder(dir);
  }
}

async function fileAt(path: string, below: string, redact: Redact): Promise<PublishedFile> {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const text = redact(await readFile(path, 'utf8'));
  return { path: below + name, type, body: Buffer.from(text) };
}

/** Paths of the pacts that a run wrote into its folder. */
export async function pactsIn(dir: string): Promise<readonly string[]> {
  const pacts = join(dir, 'pacts');
  const names = await readdir(pacts).catch((error: NodeJS.ErrnoException) => {
    // A run without contracts has none.
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(pacts, name));
}
