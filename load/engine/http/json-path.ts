/** The plain part of k6's JSON paths: `list.0.name`, and `list.#` for a length. */

import { notSupported } from '../refusal.ts';

/**
 * @returns undefined where there is nothing at `path`.
 * @throws Error for the path language's queries, wildcards and modifiers.
 */
export function readJson(value: unknown, path: string): unknown {
  if (/[*?|@()[\]{}\\]/.test(path) || /#[^.]|#\./.test(path)) {
    throw new Error(notSupported(`the JSON path ${path}`));
  }
  let at = value;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (key === '#' && Array.isArray(at)) at = at.length;
    else if (Object.hasOwn(at, key)) at = (at as Record<string, unknown>)[key];
    else return undefined;
  }
  return at;
}
