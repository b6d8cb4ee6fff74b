/** Packages that only some users install: asked for by name where they are needed. */

import { UnavailableError } from './errors.ts';
import { wantedVersionOf } from './package.ts';

/**
 * Checks that packages are installed, before what needs them begins.
 *
 * @param purpose what needs them, as the subject of a sentence.
 * @param otherwise what can be done instead, for the end of the sentence.
 * @param isInstalled whether node finds a package; tests give another.
 * @throws UnavailableError with the command that installs those that are missing.
 */
export function needPackages(
  purpose: string,
  names: readonly string[],
  otherwise = '',
  isInstalled: (name: string) => boolean = canResolve,
): void {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const wanted = missing.map((name) => `${name}@${wantedVersionOf(name)}`).join(' ');
  const are = missing.length === 1 ? 'is' : 'are';
  throw new UnavailableError(
    `${purpose} needs ${missing.join(', ')}, which ${are} not installed: npm install --save-dev ${wanted}${otherwise}`,
  );
}

/** By either: a package may have no main module, and may not let its package.json be seen. */
function canResolve(name: string): boolean {
  return [name, `${name}/package.json`].some((request) => {
    try {
      require.resolve(request);
      return true;
    } catch (error) {
      // One that is there, but not for require, is installed.
      return (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND';
    }
  });
}
