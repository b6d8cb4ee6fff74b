/** jest's global setup: tests on a Node that is too old stop with one sentence; the files of a run share a folder. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../cli/terminal/node-version.ts';

export default function setup(): void {
  // The workers inherit it.
  process.env.DIALPROOF_TEST_RUN = mkdtempSync(join(tmpdir(), 'dialproof-test-run-'));
}
