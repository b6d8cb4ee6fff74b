/** The JSON documents that commands print and write, each with the reader that its published schema is made from. */

import { changes } from '../../run/compare/changes.ts';
import { comparison } from '../../run/compare/compare.ts';
import { runLine } from '../../run/compare/line.ts';
import { trend } from '../../run/compare/trend.ts';
import { current } from '../../run/json.ts';
import { type Reader, structure, text } from '../../system/read.ts';

export interface Document {
  readonly title: string;
  readonly read: Reader<unknown>;
}

/** A comparison that was asked for, where there is nothing to compare with. */
const missing = structure<{
  readonly schema: string;
  readonly against: string;
  readonly where: string;
}>({ schema: text, against: text, where: text });

/** Name of the schema file, without `.schema.json`. */
export const DOCUMENTS: Readonly<Record<string, Document>> = {
  run: { title: 'run.json, and --json of run, load run, load merge and contracts', read: current },
  changes: { title: 'changes.json: how a run differs from earlier ones', read: changes },
  comparison: { title: '--json of report compare', read: comparison },
  missing: { title: '--json of report compare without a baseline', read: missing },
  'run-line': { title: 'a line of history.ndjson', read: runLine },
  trend: { title: '--json of report trend', read: trend },
  'report-paths': {
    title: '--json of report: path of each report',
    read: structure<
      Readonly<Record<'html' | 'junit' | 'ctrf' | 'markdown' | 'json' | 'changes', string>>
    >({ html: text, junit: text, ctrf: text, markdown: text, json: text, changes: text }),
  },
};
