/** Scenarios run in this process, briefly, against an emulator in it. */

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { targetOf } from '../../cli/stages/own-endpoints.ts';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { BUILT_IN_PLANS } from '../../emulator/faults/built-in-plans.ts';
import { readFaultPlan, type WrittenPlan } from '../../emulator/faults/plan.ts';
import { type CorpusManifest, writeCorpus } from '../../generators/corpus.ts';
import { everyCode } from '../../generators/mix.ts';
import { auditedQuota } from '../../load/audit/audited-quota.ts';
import { embeddedEngine } from '../../load/engines/embedded.ts';
import type { Engine } from '../../load/engines/engine.ts';
import { type ProfileValues, SCENARIOS, type ScenarioName } from '../../load/lib/profiles.ts';
import { openRoadSinks } from '../../load/road/road-sinks.ts';
import { findBreakpoint } from '../../load/run/breakpoint.ts';
import { runScript, type Script, scriptOf } from '../../load/run/run-script.ts';
import { briefly } from '../../load/self-check/brief.ts';
import { untilTheyBegin } from '../../load/self-check/self-checks.ts';
import { type CampaignChoices, chooseCampaigns } from '../../operation/campaigns/choices.ts';
import { type Choices, choose } from '../../operation/connect/choices.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { QUOTA } from '../../operation/connect/limits.ts';
import type { LoadResult } from '../../run/run.ts';

export interface Bench {
  readonly dir: string;
  readonly manifest: CorpusManifest;
  /** Where the files of a run go. Default: a folder for each, since several may run at a time. */
  readonly outDir?: string;
}

export async function openBench(dir: string, choices: Partial<Choices> = {}): Promise<Bench> {
  const manifest = await writeCorpus(join(dir, 'corpus'), {
    seed: 5,
    batches: 40,
    contactsPerBatch: 10,
    mix: everyCode(0.4),
    facts: ordinaryFacts({ choices: choose(choices) }),
  });
  return { dir, manifest };
}

let runs = 0;

/** A run tag that no other run of this process has. */
export function nextTag(): string {
  runs += 1;
  return `t${String(runs).padStart(7, '0')}`;
}

export type Emulated = Pick<
  EmulatorOptions,
  'profile' | 'bugs' | 'faults' | 'dataDir' | 'eventFaults'
> & {
  readonly choices?: Partial<Choices>;
  readonly campaignChoices?: Partial<CampaignChoices>;
  /** Whether sinks receive the dial records and the contact events of its campaigns. */
  readonly road?: boolean;
};

/** An emulator in this process, as load runs see it. */
export async function startTarget({
  profile = 'stress',
  faults,
  choices = {},
  campaignChoices = {},
  road = false,
  ...emulated
}: Omit<Emulated, 'faults'> & { readonly faults?: WrittenPlan | null }) {
  const plan = faults ?? { faults: [] };
  const sinks = road ? await openRoadSinks(emulated.eventFaults) : null;
  const { url, controlUrl, credentials, close } = await startEmulator({
    ...emulated,
    campaignChoices,
    ...(sinks ? { dials: sinks.urls.dials, events: [sinks.urls.events] } : {}),
    profile,
    faults: plan,
    facts: ordinaryFacts({ choices: choose(choices) }),
  });
  const quota = profile === 'aws' ? auditedQuota(QUOTA, choices, plan) : null;
  const endpoint = { url, controlUrl, quota, region: 'us-east-1', credentials };
  const seen = sinks ? { campaignChoices: chooseCampaigns(campaignChoices), ...sinks.doors } : {};
  return {
    target: targetOf({ ...endpoint, choices: choose(choices), ...seen }),
    close: async () => {
      await close();
      await sinks?.close();
    },
  };
}

/** The embedded engine without what it says of this machine, which may be busy. */
const quietEngine: Engine = {
  ...embeddedEngine,
  async run(run) {
    const outcome = await embeddedEngine.run(run);
    return { ...outcome, latenessP99Ms: 0, eventLoopDelayP99Ms: 0, busy: null };
  },
};

/** Milliseconds for which this process may be held up while tokens come back. */
const STALL_MS = 400;
const TRIES = 5;

/**
 * Runs what measures an endpoint by the clock. It runs again where the result is not right and the machine held this
 * process up meanwhile: a client that stood still has not sent what was to be measured.
 */
export async function undisturbed<T>(
  run: () => Promise<T>,
  isRight: (result: T) => boolean,
): Promise<T> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  for (let tries = 1; ; tries += 1) {
    delay.reset();
    delay.enable();
    const result = await run();
    delay.disable();
    if (isRight(result) || delay.max < STALL_MS * 1e6 || tries === TRIES) return result;
  }
}

export function runBriefly(
  bench: Bench,
  scenario: ScenarioName,
  emulated: Emulated = {},
  engine: Engine = quietEngine,
): Promise<LoadResult> {
  const values = briefly(scenario);
  const { endpoint } = SCENARIOS[scenario];
  const meant = {
    road: endpoint === 'road',
    profile: endpoint === 'aws' ? ('aws' as const) : ('stress' as const),
    ...(endpoint === 'faulty' ? { faults: readFaultPlan(BUILT_IN_PLANS.unreliable.plan) } : {}),
  };
  return runOnEmulator(
    bench,
    scriptOf(scenario, values),
    values,
    { ...meant, ...emulated },
    engine,
  );
}

export async function runOnEmulator(
  { dir, manifest, outDir = mkdtempSync(join(dir, 'run-')) }: Bench,
  script: Script,
  values: ProfileValues,
  emulated: Emulated = {},
  engine: Engine = quietEngine,
  rps?: number,
): Promise<LoadResult> {
  const { target, close } = await startTarget(emulated);
  if (emulated.faults) await untilTheyBegin(readFaultPlan(emulated.faults));
  const run = {
    ...(rps === undefined ? {} : { rps }),
    script,
    engine,
    target,
    corpusDir: join(dir, 'corpus'),
    manifest,
    runTag: nextTag(),
    outDir,
    values,
  };
  try {
    return script.scenario === 'breakpoint'
      ? await findBreakpoint(run, nextTag, () => {})
      : await runScript(run);
  } finally {
    await close();
  }
}
