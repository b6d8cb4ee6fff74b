/** A bundled script: its text, the names that the text calls, and its exports. */

import type { Insertion } from '../plain/insertions.ts';

/** A script and all that it imports, as one text. */
export interface Bundle {
  /** Absolute path of the entry. */
  readonly entry: string;
  /** The body of an async function that finds the names below in its scope. */
  readonly code: string;
  /** Source map of the bundle before its insertions, JSON. */
  readonly map: string;
  /** The insertions in the bundle, in order. */
  readonly insertions?: readonly Insertion[];
}

/** Names that the code of a bundle uses. */
export const BUNDLE_NAMES = {
  /** `(module, name)` returns a member of a k6 module. */
  member: '__k6_member',
  /** `(namespace)` takes the exports of the script. */
  takeExports: '__k6_take_exports',
  /** An object whose `iteration` is `__ITER`. */
  vu: '__k6_vu',
  /** `(name, body)` runs the body of a function that was made asynchronous. */
  waits: '__k6_waits',
  /** A variable that holds the result of a call which may have to be awaited. */
  answer: '__k6_answer',
  /** `(value)` tells whether a value is a promise of a blocking call, and not one of the script's own. */
  isOurs: '__k6_is_ours',
  /** `(value)` gives a list whose methods wait for the functions that they call. Other values stay as they are. */
  list: '__k6_list',
  /** `(folder, path)` is `import.meta.resolve` of a file in that folder. */
  resolve: '__k6_resolve',
  /** `(folder)` records the folder of the module whose code follows. It returns the previous folder. */
  folder: '__k6_folder',
} as const;

/** What one instance of a script exports, by name. */
export type ScriptExports = Readonly<Record<string, unknown>>;
