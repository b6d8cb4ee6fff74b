/** Every place that names the version of the package names that of package.json. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSIONED_FILES, withVersion } from '../../build/version-places.ts';
import { DIALPROOF_VERSION, PACKAGE_ROOT } from '../../system/package.ts';

test.each(VERSIONED_FILES)('%s: else run "npm run version"', (file) => {
  const text = readFileSync(join(PACKAGE_ROOT, file), 'utf8');
  expect(withVersion(text, DIALPROOF_VERSION)).toBe(text);
  expect(withVersion(text, '99.0.0-rc.1')).toContain('99.0.0-rc.1');
});

test('another version takes the place of the one that is there', () => {
  expect(withVersion('image: dialproof:1.2.3-rc.1\n"dialproof": "1.2.3",', '2.0.0')).toBe(
    'image: dialproof:2.0.0\n"dialproof": "2.0.0",',
  );
  expect(withVersion('"vite": "1.2.3", dialproof:latest', '2.0.0')).toBe(
    '"vite": "1.2.3", dialproof:latest',
  );
});
