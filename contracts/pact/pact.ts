/** Loads Pact. Its telemetry is off, and it logs only errors. */

import { createRequire } from 'node:module';
import { UnavailableError } from '../../system/errors.ts';
import { needPackages } from '../../system/packages.ts';

const PACT = '@pact-foundation/pact';

type PactLibrary = typeof import('@pact-foundation/pact');
type Draft = ReturnType<InstanceType<PactLibrary['PactV4']>['addInteraction']>;

export type Matchers = PactLibrary['MatchersV3'];
/** Pact does not export these types by name. */
export type BuildRequest = NonNullable<Parameters<Draft['withRequest']>[2]>;
export type BuildResponse = NonNullable<
  Parameters<ReturnType<Draft['withRequest']>['willRespondWith']>[1]
>;

/** Environment variables for every process that loads Pact. They must be set before Pact loads. */
export const PACT_ENVIRONMENT = {
  PACT_DO_NOT_TRACK: 'true',
  SCARF_ANALYTICS: 'false',
  // Pact reads LOG_LEVEL, a name that others use too, and cannot start on a level it does not know.
  LOG_LEVEL: 'error',
} as const;

/** The part of Pact's native library that serves a mock; it comes with Pact, under another name. */
export interface PactCore {
  makeConsumerPact(
    consumer: string,
    provider: string,
    specification: number,
    logLevel: 'error',
  ): NativePact;
}

export interface NativePact {
  newInteraction(description: string): NativeInteraction;
  createMockServer(host: string, port: number): number;
  mockServerMismatches(port: number): readonly NativeMismatch[];
  cleanupMockServer(port: number): unknown;
}

/** A request that matched nothing, or an interaction that nothing matched. */
export interface NativeMismatch {
  readonly type: string;
  readonly method?: string;
  readonly path?: string;
  readonly mismatches?: readonly {
    readonly type: string;
    readonly path?: string;
    readonly key?: string;
    readonly parameter?: string;
    readonly expected?: unknown;
    readonly actual?: unknown;
    readonly mismatch?: string;
  }[];
}

export interface NativeInteraction {
  uponReceiving(description: string): unknown;
  withRequest(method: string, path: string): unknown;
  withQuery(name: string, index: number, value: string): unknown;
  withRequestHeader(name: string, index: number, value: string): unknown;
  withRequestBody(body: string, contentType: string): unknown;
  withRequestBinaryBody(body: Buffer, contentType: string): unknown;
  withRequestMatchingRules(rules: string): unknown;
  withStatus(status: number): unknown;
  withResponseHeader(name: string, index: number, value: string): unknown;
  withResponseBody(body: string, contentType: string): unknown;
  withResponseBinaryBody(body: Buffer, contentType: string): unknown;
  withResponseMatchingRules(rules: string): unknown;
}

/**
 * Loads Pact on first use, because loading takes about a second and needs a native library.
 *
 * @throws UnavailableError where Pact is not installed, or has no library for this platform.
 */
export function loadPact(): PactLibrary {
  needPact();
  return load(PACT) as PactLibrary;
}

/** @throws UnavailableError where Pact is not installed, or has no library for this platform. */
export function loadPactCore(): PactCore {
  needPact();
  return load(verifierPackage()) as PactCore;
}

function needPact(): void {
  needPackages('the contract', [PACT]);
}

function load(file: string): unknown {
  const { LOG_LEVEL: before } = process.env;
  Object.assign(process.env, PACT_ENVIRONMENT);
  try {
    return require(file) as unknown;
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
