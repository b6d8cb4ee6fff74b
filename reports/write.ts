/** Writes a run's reports into a folder. It renders all before it writes the first, and writes each file atomically. */

import { join } from 'node:path';
import { type Changes, NO_CHANGES } from '../run/compare/changes.ts';
import { renderJson } from '../run/json.ts';
import type { Run } from '../run/run.ts';
import { explain } from '../system/file-trouble.ts';
import { makeFolder } from '../system/make-folder.ts';
import { writeWhole } from '../system/write-whole.ts';
import { renderCtrf } from './ctrf.ts';
import { renderHtml } from './html/html.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown/markdown.ts';

export const CHANGES_FILE = 'changes.json';

/** Path of each report, under the folder that was given. */
export interface ReportPaths {
  readonly html: string;
  readonly junit: string;
  readonly ctrf: string;
  readonly markdown: string;
  readonly json: string;
  /** How the run differs from earlier ones. */
  readonly changes: string;
}

/**
 * Writes report.html, junit.xml, ctrf.json, summary.md, run.json and changes.json, replacing older ones.
 *
 * @param dir is made if it is not there.
 * @throws UserError when the folder or a file in it cannot be written.
 */
export async function writeReports(
  run: Run,
  dir: string,
  changes: Changes = NO_CHANGES,
): Promise<ReportPaths> {
  const paths: ReportPaths = {
    html: join(dir, 'report.html'),
    junit: join(dir, 'junit.xml'),
    ctrf: join(dir, 'ctrf.json'),
    markdown: join(dir, 'summary.md'),
    json: join(dir, 'run.json'),
    changes: join(dir, CHANGES_FILE),
  };
  const files = [
    [paths.html, renderHtml(run, changes)],
    [paths.junit, renderJunit(run)],
    [paths.ctrf, renderCtrf(run)],
    [paths.markdown, renderMarkdown(run, changes)],
    [paths.json, renderJson(run)],
    [paths.changes, `${JSON.stringify(changes, null, 2)}\n`],
  ] as const;
  await explained(dir, () => makeFolder(dir));
  for (const [path, content] of files) await explained(path, () => writeWhole(path, content));
  return paths;
}

async function explained(path: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw explain(error, path);
  }
}
