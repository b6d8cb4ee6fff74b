/** Loads Pact, with its telemetry off and its log down to errors. */

import { createRequire } from 'node:module';
import { UnavailableError } from '../errors.ts';

type PactLibrary = typeof import('@pact-foundation/pact');
type Draft = ReturnType<InstanceType<PactLibrary['PactV4']>['addInteraction']>;

export type Matchers = PactLibrary['MatchersV3'];
/** Pact does not export these types by name. */
export type BuildRequest = NonNullable<Parameters<Draft['withRequest']>[2]>;
export type BuildResponse = NonNullable<
  Parameters<ReturnType<Draft['withRequest']>['willRespondWith']>[1]
>;

/** Whatever loads Pact must run with these: they count only if set before it loads. */
export const PACT_ENVIRONMENT = {
  PACT_DO_NOT_TRACK: 'true',
  SCARF_ANALYTICS: 'false',
  // Pact reads LOG_LEVEL, a name that others use too, and cannot start on a level it does not know.
  LOG_LEVEL: 'error',
} as const;

/**
 * Loaded on first use: it takes about a second and a native library.
 *
 * @throws UnavailableError where there is no such library for this platform.
 */
export function loadPact(): PactLibrary {
  const { LOG_LEVEL: before } = process.env;
  Object.assign(process.env, PACT_ENVIRONMENT);
  try {
    return require('@pact-foundation/pact') as PactLibrary;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnavailableError(`Pact cannot run here: ${why}`);
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
