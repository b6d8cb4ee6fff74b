/** Writes the version of package.json to the other places that name it. `npm version` runs this. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIALPROOF_VERSION, PACKAGE_ROOT } from '../system/package.ts';
import { VERSIONED_FILES, withVersion } from './version-places.ts';

for (const file of VERSIONED_FILES) {
  const path = join(PACKAGE_ROOT, file);
  writeFileSync(path, withVersion(readFileSync(path, 'utf8'), DIALPROOF_VERSION));
}
