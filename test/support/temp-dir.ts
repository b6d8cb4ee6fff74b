/** A folder that is gone when the tests of a file are done. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'dialproof-test-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
