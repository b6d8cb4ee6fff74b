/** Lets k6 run a bundle from a folder other than the script's. Relative paths still start at the script's folder. */

import type { Plugin } from 'esbuild';
import { BUNDLE_NAMES } from '../script/script.ts';

/** Names of the functions that the bundle calls. */
export const ANCHORED = {
  open: '__dialproof_open',
  folder: BUNDLE_NAMES.folder,
  path: '__dialproof_path',
} as const;

const FS = 'k6/experimental/fs';

/** Replaces open() of `k6/experimental/fs` so that it starts at the script's folder. Other k6 modules stay external. */
export function anchoredFiles(folder: string): Plugin {
  return {
    name: 'files beside the script',
    setup(build) {
      build.onResolve({ filter: /^k6(\/|$)/ }, ({ path, namespace }) =>
        path === FS && namespace !== 'anchored'
          ? { path, namespace: 'anchored', sideEffects: false }
          : { path, external: true },
      );
      build.onLoad({ filter: /.*/, namespace: 'anchored' }, () => ({
        contents: `import { open as openAt, SeekMode } from '${FS}';
export const open = (path) => openAt(${ANCHORED.path}(${JSON.stringify(folder)}, path));
export { SeekMode };
export default { open, SeekMode };`,
      }));
    },
  };
}

/** The code that is put in front of the bundle. Like the bundle, it is ES2017. */
export function preludeFor(folder: string): string {
  return `var __dialproof_folder = ${JSON.stringify(folder)};
function ${ANCHORED.folder}(next) {
  var before = __dialproof_folder;
  __dialproof_folder = next;
  return before;
}
function ${ANCHORED.path}(from, path) {
  if (/^([a-z]+:|\\/)/.test(path)) return path;
  var parts = [];
  for (var part of (from + '/' + path).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.join('/');
}
function ${ANCHORED.open}(path, mode) {
  var full = ${ANCHORED.path}(__dialproof_folder, path);
  return mode === undefined ? open(full) : open(full, mode);
}
function ${BUNDLE_NAMES.resolve}(from, path) {
  var full = ${ANCHORED.path}(from, path);
  return full.charAt(0) === '/' ? 'file://' + full : full;
}
`;
}
