/** A correct road is blamed under no fault plan: a sample of scenarios, plans and seeds. `npm run pairs` runs all plans. */

import { BUILT_IN_PLANS, type BuiltInPlanName } from '../../../emulator/faults/built-in-plans.ts';
import { readFaultPlan } from '../../../emulator/faults/plan.ts';
import { anyMet } from '../../../load/endpoint/faults-met.ts';
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from '../../../load/lib/profiles.ts';
import { Draw } from '../../../system/draw.ts';
import { plansOf } from '../../pairs/pairs.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { type Bench, openBench, runBriefly } from '../scenarios.ts';

const dir = tempDir();

let bench: Bench;

beforeAll(async () => {
  bench = await openBench(dir);
});

const SCENARIOS_OF_THE_ROAD = SCENARIO_NAMES.filter((name) => 'dials' in SCENARIOS[name]);
const SEED = 29;
const DRAWN = 4;
const SAMPLE = Array.from({ length: DRAWN }, (_, i): [ScenarioName, BuiltInPlanName, number] => {
  const draw = new Draw(SEED, i);
  // Each scenario in turn, from the second on: the pairs have samples of the first.
  const scenario = SCENARIOS_OF_THE_ROAD[(i + 1) % SCENARIOS_OF_THE_ROAD.length] ?? 'dial';
  const seed = draw.below(1_000);
  return [scenario, draw.pick(plansOf(scenario)), seed];
});

it.each(SAMPLE)('%s under the plan %s with the seed %i', async (scenario, plan, seed) => {
  const faults = { ...readFaultPlan(BUILT_IN_PLANS[plan].plan), seed };
  const { audit, findings } = await runBriefly(bench, scenario, { faults });
  expect(audit.invariants.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  expect(audit.verdict).toBe('pass');
  const met = findings.find(({ kind }) => kind === 'faults met');
  expect(met?.kind === 'faults met' && anyMet(met.counts)).toBe(true);
});
