/** A package that is not installed is asked for in one sentence, with the command that installs it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '../../system/errors.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { needPackages } from '../../system/packages.ts';

const { peerDependencies } = JSON.parse(
  readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'),
) as { readonly peerDependencies: Readonly<Record<string, string>> };

test.each(Object.keys(peerDependencies))('%s is there, and not asked for', (name) => {
  expect(() => needPackages('a test', [name])).not.toThrow();
});

test('what is missing is named, with its version', () => {
  const need = () =>
    needPackages('a test', ['yaml', '@redis/client'], '', (name) => name === 'yaml');
  expect(need).toThrow(UnavailableError);
  expect(need).toThrow(
    /^a test needs @redis\/client, which is not installed: npm install --save-dev @redis\/client@\d+\.\d+\.\d+$/,
  );
});

test('a package that nobody has is missing', () => {
  expect(() => needPackages('a test', ['no-such-package-of-ours'], ' (or do without)')).toThrow(
    /which is not installed: npm install --save-dev no-such-package-of-ours@latest \(or do without\)$/,
  );
});
