/** The supported JSON paths: `list.0.name`, `list.#` for the length, `list.#.name` for the `name` of each element. */

import { notSupported } from '../read/refusal.ts';

/**
 * @returns undefined where there is nothing at `path`.
 * @throws Error if the path has a query, a wildcard or a modifier. They are not supported.
 */
export function readJson(value: unknown, path: string): unknown {
  if (/[*?|@()[\]{}\\]|#[^.]/.test(path)) {
    throw new Error(notSupported(`the JSON path ${path}`));
  }
  return walk(value, path.split('.'));
}

function walk(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (key === '#' && Array.isArray(value)) {
    if (rest.length === 0) return value.length;
    return value.map((one) => walk(one, rest)).filter((one) => one !== undefined);
  }
  return Object.hasOwn(value, key)
    ? walk((value as Record<string, unknown>)[key], rest)
    : undefined;
}
