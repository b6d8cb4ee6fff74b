/** A package that is not installed is asked for in one sentence, with the command that installs it. */

import { UnavailableError } from '../../system/errors.ts';
import { needPackages } from '../../system/packages.ts';

test('what is there is not asked for', () => {
  expect(() => needPackages('a test', ['@redis/client', 'yaml'])).not.toThrow();
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
