/**
 * Shows that an audit can be believed: each seeded bug of the emulator is caught by the scenario meant for it, and
 * a correct emulator is blamed under none of the fault plans.
 */

import { BUG_NAMES, type BugName } from '../../emulator/bugs/bugs.ts';
import { BUILT_IN_PLANS, type BuiltInPlanName } from '../../emulator/faults/built-in-plans.ts';
import { type FaultPlan, readFaultPlan } from '../../emulator/faults/plan.ts';
import type { CheckResult, InvariantResult, LoadResult } from '../../run/run.ts';
import { anyMet } from '../endpoint/faults-met.ts';
import { type ProfileValues, SCENARIOS, type ScenarioName } from '../lib/profiles.ts';
import { type LoadTarget, runScript, type ScriptRun, scriptOf } from '../run/run-script.ts';
import { briefly } from './brief.ts';
import { BUG_CATCHERS, type Catcher } from './bug-catchers.ts';

/** An emulator as a check wants it. */
export interface Emulated {
  readonly profile: 'aws' | 'stress';
  readonly bugs: readonly BugName[];
  readonly faults: FaultPlan | null;
  /** Whether sinks receive the dial records and the contact events of its campaigns. */
  readonly road: boolean;
}

export interface Emulator {
  readonly target: LoadTarget;
  close(): Promise<void>;
}

export interface SelfChecks
  extends Pick<ScriptRun, 'engine' | 'corpusDir' | 'manifest' | 'outDir' | 'signal'> {
  readonly start: (emulated: Emulated) => Promise<Emulator>;
  /** 8 characters that no other run has. */
  readonly newRunTag: () => string;
}

export interface SelfCheck {
  readonly name: string;
  run(checks: SelfChecks): Promise<CheckResult>;
}

type ScenarioCatcher = Extract<Catcher, { kind: 'scenario' }>;

/** Those that a load scenario can make. */
export const SELF_CHECKS: readonly SelfCheck[] = [
  ...BUG_NAMES.flatMap((bug) => {
    const catcher = BUG_CATCHERS[bug];
    return catcher.kind === 'scenario' ? [bugCheck(bug, catcher)] : [];
  }),
  ...(Object.keys(BUILT_IN_PLANS) as BuiltInPlanName[]).map(planCheck),
];

export function nameOfBugCheck(bug: BugName): string {
  return `seeded bug ${bug}`;
}

function bugCheck(bug: BugName, { scenario, invariant }: ScenarioCatcher): SelfCheck {
  const name = nameOfBugCheck(bug);
  return {
    name,
    async run(checks) {
      const profile = profileOf(scenario);
      const result = await runOn(checks, scenario, {
        profile,
        bugs: [bug],
        faults: null,
        road: SCENARIOS[scenario].endpoint === 'road',
      });
      const found = result.audit.invariants.find((one) => one.name === invariant);
      const { verdict = null, violations = 0, checked = 0 } = found ?? {};
      return {
        name,
        verdict: verdict === 'violated' ? 'pass' : 'fail',
        detail: { kind: 'invariant asked', scenario, invariant, verdict, violations, checked },
      };
    },
  };
}

/** The client that does what it should, on a correct emulator that is made to fail. */
function planCheck(plan: BuiltInPlanName): SelfCheck {
  const name = `fault plan ${plan}`;
  return {
    name,
    async run(checks) {
      const faults = readFaultPlan(BUILT_IN_PLANS[plan].plan);
      const emulated = { profile: 'stress', bugs: [], faults, road: false } as const;
      const result = await runInto(faults, () => runOn(checks, 'fault', emulated));
      const { invariants } = result.audit;
      const blamed = invariants.find(({ verdict }) => verdict === 'violated');
      const met = metBy(result);
      const held = holding(invariants);
      return {
        name,
        verdict: !blamed && anyMet(met) && held > 0 ? 'pass' : 'fail',
        detail: {
          kind: 'faults stood',
          scenario: result.scenario,
          blamed: blamed?.name ?? null,
          evidence: blamed?.evidence[0] ?? null,
          holding: held,
          // A plan may be more than any client can stand: that its scenario fails is no blame.
          passed: result.verdict === 'pass' || result.verdict === 'not valid',
          faults: met,
        },
      };
    },
  };
}

const TRIES = 3;

/** Runs until a run meets the faults. On a busy machine, those that come to an end may be over before the first call. */
export async function runInto(
  { faults }: FaultPlan,
  run: () => Promise<LoadResult>,
): Promise<LoadResult> {
  const haveEnd = faults.every(({ when }) => when.to !== undefined);
  let result = await run();
  const isOver = () => haveEnd && !anyMet(metBy(result)) && result.audit.verdict !== 'fail';
  for (let tries = 1; isOver() && tries < TRIES; tries += 1) result = await run();
  return result;
}

function metBy({ findings }: LoadResult): Readonly<Record<string, number>> {
  return findings.find((finding) => finding.kind === 'faults met')?.counts ?? {};
}

function holding(invariants: readonly InvariantResult[]): number {
  return invariants.filter(({ verdict }) => verdict === 'holds').length;
}

function profileOf(scenario: ScenarioName): 'aws' | 'stress' {
  return SCENARIOS[scenario].endpoint === 'aws' ? 'aws' : 'stress';
}

async function runOn(
  { start, newRunTag, ...run }: SelfChecks,
  scenario: ScenarioName,
  emulated: Emulated,
): Promise<LoadResult> {
  const { target, close } = await start(emulated);
  try {
    if (emulated.faults) await untilTheyBegin(emulated.faults, run.signal);
    const values: ProfileValues = briefly(scenario);
    return await runScript({
      ...run,
      script: scriptOf(scenario, values),
      target,
      runTag: newRunTag(),
      values,
    });
  } finally {
    await close();
  }
}

/** A plan whose first fault comes later would not be met by a brief run. */
export async function untilTheyBegin({ faults }: FaultPlan, signal?: AbortSignal): Promise<void> {
  const from = Math.min(...faults.map(({ when }) => when.from ?? 0));
  // A plan without faults has no beginning.
  if (from === 0 || from === Number.POSITIVE_INFINITY) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, from * 1_000);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
  });
}
