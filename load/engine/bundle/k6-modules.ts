/** The k6 modules in a bundle: those of the engine, those that it does not support, and those that are loaded by require(). */

import type { Plugin } from 'esbuild';
import { MODULES } from '../modules/table.ts';
import { notSupported } from '../read/refusal.ts';
import { BUNDLE_NAMES } from '../script/script.ts';

const K6 = /^k6(\/|$)/;
/** The namespace of modules that the engine does not support. esbuild leaves them out if nothing uses them. */
const LEFT = 'k6-left';
/** The same where a script loads the module by require(). Using it throws at run time. */
const LATE = 'k6-late';

/** What esbuild reports of a build. */
interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }
    >
  >;
}

/**
 * Provides each k6 module as a virtual module, so that esbuild knows its members.
 *
 * @param strict refuses every import of a module that is not supported. Otherwise `usesUnsupported` tells whether
 * the script uses one.
 */
export function k6Modules(strict: boolean): Plugin {
  return {
    name: 'k6 modules',
    setup(build) {
      build.onResolve({ filter: K6 }, ({ path, kind }) => {
        if (Object.hasOwn(MODULES, path)) return { path, namespace: 'k6', sideEffects: false };
        if (kind === 'require-call') return { path, namespace: LATE, sideEffects: false };
        return strict || kind === 'dynamic-import'
          ? { errors: [{ text: notSupported(`the module ${path}`) }] }
          : { path, namespace: LEFT, sideEffects: false };
      });
      build.onLoad({ filter: /.*/, namespace: 'k6' }, ({ path }) => ({
        contents: ['default', ...(MODULES[path]?.members ?? [])]
          .map((name) => {
            const value = `/* @__PURE__ */ ${BUNDLE_NAMES.member}(${JSON.stringify(path)}, "${name}")`;
            return name === 'default'
              ? `export default ${value};`
              : `export const ${name} = ${value};`;
          })
          .join('\n'),
      }));
      for (const namespace of [LEFT, LATE]) {
        build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
          // A module of the CommonJS form may be asked for any member.
          contents: `module.exports = ${BUNDLE_NAMES.member}(${JSON.stringify(path)}, "*");`,
        }));
      }
    },
  };
}

/** Whether the bundle uses a module that the engine does not support. */
export function usesUnsupported(metafile: Metafile | undefined): boolean {
  return Object.values(metafile?.outputs ?? {}).some(({ inputs }) =>
    Object.entries(inputs).some(
      ([name, { bytesInOutput }]) => name.startsWith(`${LEFT}:`) && bytesInOutput > 0,
    ),
  );
}

/** Turns require() of a k6 module into an import, because a module of k6 has no require(). */
export const requiredK6: Plugin = {
  name: 'require() of k6 modules',
  setup(build) {
    const namespace = 'k6-required';
    build.onResolve({ filter: K6 }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace, sideEffects: false } : null,
    );
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `export * from ${JSON.stringify(path)};\nexport { default } from ${JSON.stringify(path)};`,
    }));
  },
};
