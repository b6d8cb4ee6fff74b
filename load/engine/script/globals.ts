/** The global scope of a script. It has the globals of k6, and no global that only Node has. */

import { runInThisContext } from 'node:vm';

/** The ECMAScript globals that k6's interpreter has. */
const LANGUAGE = [
  'AggregateError',
  'Array',
  'ArrayBuffer',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'Boolean',
  'DataView',
  'Date',
  'Error',
  'EvalError',
  'Float32Array',
  'Float64Array',
  'Function',
  'Infinity',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'JSON',
  'Map',
  'Math',
  'NaN',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RangeError',
  'ReferenceError',
  'Reflect',
  'RegExp',
  'Set',
  'String',
  'Symbol',
  'SyntaxError',
  'TypeError',
  'URIError',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WeakMap',
  'WeakSet',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'escape',
  'eval',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'undefined',
  'unescape',
];

/** Names that k6 adds; program.ts gives each VU its own. */
export const K6_GLOBALS = [
  '__ENV',
  '__VU',
  'open',
  'console',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'TextEncoder',
  'TextDecoder',
  'crypto',
  'globalThis',
] as const;

export type K6Global = (typeof K6_GLOBALS)[number];

/** Node's globals, and the names of its module scope: undefined in a script. */
export const HIDDEN: readonly string[] = [
  ...new Set([
    ...(runInThisContext('Object.getOwnPropertyNames(globalThis)') as string[]),
    ...Object.getOwnPropertyNames(globalThis),
    'global',
    'require',
    'module',
    'exports',
    '__filename',
    '__dirname',
  ]),
].filter(
  (name) =>
    /^[A-Za-z_$][\w$]*$/.test(name) &&
    !LANGUAGE.includes(name) &&
    !(K6_GLOBALS as readonly string[]).includes(name),
);

/** What every VU's `globalThis` inherits. */
const LANGUAGE_OBJECT: object = Object.freeze(
  Object.defineProperties(
    Object.create(null),
    Object.fromEntries(
      LANGUAGE.map((name) => [
        name,
        { value: (runInThisContext('globalThis') as Record<string, unknown>)[name] },
      ]),
    ),
  ),
);

/** The `globalThis` of one VU. Other VUs do not see its members. */
export function globalObject(own: Readonly<Record<string, unknown>>): object {
  const object = Object.create(LANGUAGE_OBJECT) as Record<string, unknown>;
  for (const [name, value] of Object.entries(own)) {
    Object.defineProperty(object, name, { value, writable: true, configurable: true });
  }
  object.globalThis = object;
  return object;
}
