/** A test that a page or a table names, as `file › title`. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';

/** Fails if the file is gone, or if nothing in it has the title. */
export function expectTest(named: string): void {
  const [file = '', title = ''] = named.split(' › ');
  expect(readFileSync(join(PACKAGE_ROOT, file), 'utf8')).toContain(`'${title}'`);
}
