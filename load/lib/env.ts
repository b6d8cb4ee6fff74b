/** What a script is told, read from its environment in one place. */

import type { CorpusPlace } from './corpus.ts';
import { PROFILE_KEYS, type Profile, SCENARIOS, type ScenarioName } from './profiles.ts';

export interface Target {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly region: string;
  readonly instanceId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

export function targetFromEnv(): Target {
  return {
    url: must('DIALPROOF_URL'),
    region: must('AWS_REGION'),
    instanceId: must('DIALPROOF_INSTANCE'),
    accessKeyId: must('AWS_ACCESS_KEY_ID'),
    secretAccessKey: must('AWS_SECRET_ACCESS_KEY'),
    sessionToken: __ENV.AWS_SESSION_TOKEN || null,
  };
}

export function corpusFromEnv(): CorpusPlace {
  return {
    file: must('DIALPROOF_CORPUS'),
    batches: Number(must('DIALPROOF_CORPUS_BATCHES')),
    contactsPerBatch: Number(must('DIALPROOF_CORPUS_PER_BATCH')),
    recordBytes: Number(must('DIALPROOF_CORPUS_RECORD_BYTES')),
  };
}

/** 8 characters that no other run has: what makes this run's tokens its own. */
export function runTagFromEnv(): string {
  return must('DIALPROOF_RUN');
}

/** A scenario's profile, each value overridden by `DIALPROOF_<NAME>` where it is set. */
export function profileFromEnv(scenario: ScenarioName): Profile {
  const profile: Record<string, number> = { ...SCENARIOS[scenario].profile };
  for (const key of PROFILE_KEYS) {
    const told = __ENV[`DIALPROOF_${key.toUpperCase()}`];
    if (told) profile[key] = Number(told);
  }
  return profile as unknown as Profile;
}

function must(name: string): string {
  const value = __ENV[name];
  if (!value) throw new Error(`${name} is not set: run this script with "dialproof load"`);
  return value;
}
