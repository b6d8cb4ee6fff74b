/** Runs to publish, and a publisher that does not wait. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Asked,
  publishRun,
  type Told,
  type Wanted,
  type When,
} from '../../publish/publish.ts';
import { redactorOf } from '../../publish/send/secrets.ts';
import { readDestination } from '../../publish/targets.ts';
import { renderJson } from '../../run/json.ts';
import type { Run } from '../../run/run.ts';
import { failing } from '../reports/samples.ts';

/** A run of which far more failed than any message can say. */
export const vast: Run = {
  ...failing,
  id: 'vast',
  selfChecks: Array.from({ length: 1_500 }, (_, i) => ({
    name: `check ${i} ${'with a long name '.repeat(20)}`,
    verdict: 'fail' as const,
    detail: { kind: 'text' as const, text: 'it failed' },
  })),
};

/** Writes a run.json into a folder, as a run does. @returns the folder. */
export function runFolder(root: string, run: Run): string {
  // The id of a hostile run is no name of a folder.
  const dir = join(root, 'run');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'run.json'), renderJson(run));
  return dir;
}

export const IMPATIENT = { tries: 3, pauseMs: 1, longestPauseMs: 2_000, timeoutMs: 5_000 };

export interface Given {
  readonly run: Run;
  readonly dir: string;
  readonly env?: Wanted['env'];
  readonly on?: When;
  readonly again?: boolean;
  readonly keep?: number;
  readonly baseline?: Run | null;
  readonly matrix?: string | null;
}

export const warnings: string[] = [];

export function wantedOf({
  run,
  dir,
  env = {},
  keep = 20,
  baseline = null,
  matrix = null,
}: Given): Wanted {
  return {
    run,
    dir,
    env,
    redact: redactorOf(env),
    reportUrl: null,
    matrix,
    keep,
    baseline,
    awsKey: async () => ({
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: env.AWS_SESSION_TOKEN,
    }),
    warn: (text) => warnings.push(text),
    patience: IMPATIENT,
  };
}

export function publish(given: Given, ...to: string[]): Promise<readonly Told[]> {
  const asked: Asked[] = to
    .flatMap(readDestination)
    .map((one) => ({ ...one, when: given.on ?? 'always' }));
  return publishRun(wantedOf(given), asked, given.again ?? false);
}

/** `target: outcome` of each. */
export const outcomes = (all: readonly Told[]): string[] =>
  all.map(({ target, outcome }) => `${target}: ${outcome}`);
