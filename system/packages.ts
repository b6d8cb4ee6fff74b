/** Optional packages, which only some users install. Code that needs one checks for it by name. */

import { UnavailableError } from './errors.ts';
import { wantedVersionOf } from './package.ts';

/**
 * Checks that packages are installed, before the work that needs them begins.
 *
 * @param purpose what needs them, as the subject of a sentence.
 * @param otherwise what the user can do instead, as the end of the sentence.
 * @param isThere whether node finds a package; tests replace it.
 * @throws UnavailableError with the command that installs the missing packages.
 */
export function needPackages(
  purpose: string,
  names: readonly string[],
  otherwise = '',
  isThere: (name: string) => boolean = isInstalled,
): void {
  const missing = names.filter((name) => !isThere(name));
  if (missing.length === 0) return;
  const wanted = missing.map((name) => `${name}@${wantedVersionOf(name)}`).join(' ');
  const are = missing.length === 1 ? 'is' : 'are';
  throw new UnavailableError(
    `${purpose} needs ${missing.join(', ')}, which ${are} not installed: npm install --save-dev ${wanted}${otherwise}`,
  );
}

/** Whether node finds a package. It may have no main module, and may not let its package.json be seen. */
export function isInstalled(name: string): boolean {
  return [name, `${name}/package.json`].some((request) => {
    try {
      require.resolve(request);
      return true;
    } catch (error) {
      // A package that exists but cannot be required is installed.
      return (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND';
    }
  });
}
