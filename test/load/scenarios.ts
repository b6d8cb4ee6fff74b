/** Scenarios run in this process, briefly, against an emulator in it. */

import { join } from 'node:path';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { BUILT_IN_PLANS } from '../../emulator/faults/built-in-plans.ts';
import { readFaultPlan } from '../../emulator/faults/plan.ts';
import { type CorpusManifest, writeCorpus } from '../../generators/corpus.ts';
import { everyCode } from '../../generators/mix.ts';
import { auditedQuota } from '../../load/audit/audited-quota.ts';
import { findBreakpoint } from '../../load/breakpoint.ts';
import { embeddedEngine } from '../../load/embedded.ts';
import type { Engine } from '../../load/engines.ts';
import { type ProfileValues, SCENARIOS, type ScenarioName } from '../../load/lib/profiles.ts';
import { runScenario, type Script, scriptOf } from '../../load/run-scenario.ts';
import { QUOTA } from '../../operation/limits.ts';
import type { LoadResult } from '../../reports/run.ts';

/** A second or two each; objectives that a busy machine keeps. */
export const BRIEF: Readonly<Record<ScenarioName, ProfileValues>> = {
  smoke: { iterations: 10 },
  throughput: { rate: 60, seconds: 1, vus: 60 },
  replay: { iterations: 6 },
  quota: { pacedSeconds: 1, pastSeconds: 1 },
  conflict: { iterations: 6 },
  race: { iterations: 5 },
  mix: { iterations: 40 },
  partial: { iterations: 10 },
  breakpoint: { rate: 10, peak: 30, seconds: 1, stepSeconds: 1, precisionPercent: 50 },
  spike: { rate: 10, peak: 30, seconds: 3 },
  soak: { rate: 10, seconds: 3, windowSeconds: 1 },
  ambiguous: { iterations: 10 },
  'retry-storm': { rate: 20, seconds: 1, baseMs: 50, capMs: 500, amplification: 20 },
  fault: { iterations: 20, amplification: 20 },
};

export interface Bench {
  readonly dir: string;
  readonly manifest: CorpusManifest;
}

export async function openBench(dir: string): Promise<Bench> {
  const manifest = await writeCorpus(join(dir, 'corpus'), {
    seed: 5,
    batches: 40,
    contactsPerBatch: 10,
    mix: everyCode(0.4),
  });
  return { dir, manifest };
}

let runs = 0;

/** A run tag that no other run of this process has. */
function nextTag(): string {
  runs += 1;
  return `t${String(runs).padStart(7, '0')}`;
}

type Emulated = Pick<EmulatorOptions, 'profile' | 'bugs' | 'faults'>;

export function runBriefly(
  bench: Bench,
  scenario: ScenarioName,
  emulated: Emulated = {},
  engine: Engine = embeddedEngine,
): Promise<LoadResult> {
  const values = { p95Ms: 20_000, ...BRIEF[scenario] };
  const { endpoint } = SCENARIOS[scenario];
  const meant = {
    profile: endpoint === 'aws' ? ('aws' as const) : ('stress' as const),
    ...(endpoint === 'faulty' ? { faults: readFaultPlan(BUILT_IN_PLANS.unreliable.plan) } : {}),
  };
  return runScript(bench, scriptOf(scenario, values), values, { ...meant, ...emulated }, engine);
}

export async function runScript(
  { dir, manifest }: Bench,
  script: Script,
  values: ProfileValues,
  emulated: Emulated = {},
  engine: Engine = embeddedEngine,
): Promise<LoadResult> {
  const profile = emulated.profile ?? 'stress';
  const emulator = await startEmulator({ ...emulated, profile });
  const { accessKeyId, secretAccessKey } = emulator.credentials.principal;
  const run = {
    script,
    engine,
    target: {
      url: emulator.url,
      controlUrl: emulator.controlUrl,
      quota: profile === 'aws' ? auditedQuota(QUOTA, {}, emulated.faults) : null,
      region: 'us-east-1',
      accessKeyId,
      secretAccessKey,
    },
    corpusDir: join(dir, 'corpus'),
    manifest,
    runTag: nextTag(),
    outDir: dir,
    values,
  };
  try {
    return script.name === 'breakpoint'
      ? await findBreakpoint(run, nextTag, () => {})
      : await runScenario(run);
  } finally {
    await emulator.close();
  }
}
