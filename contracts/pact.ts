/** Loads Pact, with its telemetry off and its log down to errors. */

import { createRequire } from 'node:module';

type PactLibrary = typeof import('@pact-foundation/pact');

/** Whatever loads Pact must run with these: they count only if set before it loads. */
export const PACT_ENVIRONMENT = {
  PACT_DO_NOT_TRACK: 'true',
  SCARF_ANALYTICS: 'false',
  // Pact reads LOG_LEVEL, a name that others use too, and cannot start on a level it does not know.
  LOG_LEVEL: 'error',
} as const;

/** Loaded on first use: it takes about a second and a native library. */
export function loadPact(): PactLibrary {
  const { LOG_LEVEL: before } = process.env;
  Object.assign(process.env, PACT_ENVIRONMENT);
  try {
    return require('@pact-foundation/pact') as PactLibrary;
  } finally {
    if (before === undefined) delete process.env.LOG_LEVEL;
    else process.env.LOG_LEVEL = before;
  }
}

/** File of the native verifier's package: the one that Pact itself depends on. */
export function verifierPackage(): string {
  return createRequire(require.resolve('@pact-foundation/pact')).resolve(
    '@pact-foundation/pact-core',
  );
}
