/** Reads the settings of a script from its environment. */

import {
  FAILURE_CODES,
  type FailureReasonCode,
} from '../../operation/connect/batch-put-contact/failures.ts';
import { THROTTLE_ERRORS } from '../../operation/connect/choices.ts';
import type { CorpusPlace } from './corpus.ts';
import type { DialCorpusPlace } from './dial-corpus.ts';
import { envNameOf, type ProfileValues } from './profiles.ts';

/** The endpoint of a script's calls and the credentials that sign them. */
export interface Destination {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly region: string;
  readonly instanceId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

export function destinationFromEnv(): Destination {
  return {
    url: must('DIALPROOF_URL'),
    region: must('AWS_REGION'),
    instanceId: must('DIALPROOF_INSTANCE'),
    accessKeyId: must('AWS_ACCESS_KEY_ID'),
    secretAccessKey: must('AWS_SECRET_ACCESS_KEY'),
    sessionToken: __ENV.AWS_SESSION_TOKEN || null,
  };
}

/** Credentials of another account at the same endpoint; null if none are known. */
export function otherAccountFromEnv(): Destination | null {
  const accessKeyId = __ENV.DIALPROOF_OTHER_ACCESS_KEY_ID;
  const secretAccessKey = __ENV.DIALPROOF_OTHER_SECRET_ACCESS_KEY;
  if (!accessKeyId || !secretAccessKey) return null;
  return { ...destinationFromEnv(), accessKeyId, secretAccessKey, sessionToken: null };
}

/** The most requests a second that the endpoint gets; null if there is no such limit. */
export function capFromEnv(): number | null {
  const cap = __ENV.DIALPROOF_CAP;
  return cap ? Number(cap) : null;
}

/** The errors with which the endpoint may refuse a call for want of a token: all, if the endpoint is not known. */
export function throttleErrorsFromEnv(): readonly string[] {
  const known = __ENV.DIALPROOF_THROTTLE_ERROR;
  return known ? [known] : THROTTLE_ERRORS;
}

/** Whether the endpoint refuses a call while an equal one is in flight. */
export function refusesInFlightFromEnv(): boolean {
  return __ENV.DIALPROOF_IN_FLIGHT === 'refuse';
}

export function corpusFromEnv(): CorpusPlace {
  return {
    file: must('DIALPROOF_CORPUS'),
    batches: Number(must('DIALPROOF_CORPUS_BATCHES')),
    contactsPerBatch: Number(must('DIALPROOF_CORPUS_PER_BATCH')),
    recordBytes: Number(must('DIALPROOF_CORPUS_RECORD_BYTES')),
  };
}

export function dialCorpusFromEnv(): DialCorpusPlace {
  return {
    file: must('DIALPROOF_DIAL_CORPUS'),
    batches: Number(must('DIALPROOF_DIAL_CORPUS_BATCHES')),
    requestsPerBatch: Number(must('DIALPROOF_DIAL_CORPUS_PER_BATCH')),
    recordBytes: Number(must('DIALPROOF_DIAL_CORPUS_RECORD_BYTES')),
    version: Number(__ENV.DIALPROOF_DIAL_CORPUS_VERSION || 1),
  };
}

/** The control door of the endpoint; null if it has none. */
export function controlFromEnv(): string | null {
  return __ENV.DIALPROOF_CONTROL || null;
}

/** How many dial requests a campaign of the endpoint holds; null if that is not known. */
export function pendingLimitFromEnv(): number | null {
  const limit = __ENV.DIALPROOF_PENDING_LIMIT;
  return limit ? Number(limit) : null;
}

/** The failure codes that contacts of the corpus are predicted to get: all, where it is not said. */
export function codesFromEnv(): readonly FailureReasonCode[] {
  const codes = __ENV.DIALPROOF_CORPUS_CODES?.split(',');
  return codes ? FAILURE_CODES.filter((code) => codes.includes(code)) : FAILURE_CODES;
}

/** 8 characters that are unique to this run. They make its tokens unique. */
export function runTagFromEnv(): string {
  return must('DIALPROOF_RUN');
}

/**
 * A scenario's profile, each value replaced by `DIALPROOF_SET_<NAME>` where that is set.
 *
 * @throws Error for a value that is no number, and for one that the profile does not have.
 */
export function profileFromEnv<Defaults extends ProfileValues>(
  defaults: Defaults,
): { readonly [Key in keyof Defaults]: number } {
  const profile: Record<string, number> = { ...defaults };
  const keys = Object.keys(defaults);
  const prefix = envNameOf('');
  for (const name of Object.keys(__ENV).filter((one) => one.startsWith(prefix))) {
    const key = keys.find((candidate) => envNameOf(candidate) === name);
    const value = Number(__ENV[name]);
    if (key === undefined || !(value >= 0)) {
      throw new Error(
        key === undefined
          ? `${name} is set, but the profile has no such value: it has ${keys.join(', ')}`
          : `${name} is "${__ENV[name]}": it must be a number from 0`,
      );
    }
    profile[key] = value;
  }
  return profile as { readonly [Key in keyof Defaults]: number };
}

function must(name: string): string {
  const value = __ENV[name];
  if (!value) throw new Error(`${name} is not set: run this script with "dialproof load"`);
  return value;
}
