/** Scenarios against a correct emulator under each choice, and under each fault plan: none may blame it. */

import { BUILT_IN_PLANS, type BuiltInPlanName } from '../../emulator/faults/built-in-plans.ts';
import { readFaultPlan } from '../../emulator/faults/plan.ts';
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from '../../load/lib/profiles.ts';
import type { ChoiceRow } from '../../operation/aws/definition/choices.ts';
import { CAMPAIGN_CHOICES, type CampaignChoices } from '../../operation/campaigns/choices.ts';
import { CHOICES, type Choices } from '../../operation/connect/choices.ts';
import { loadReasonSaid } from '../../reports/english/load.ts';
import type { LoadResult } from '../../run/run.ts';
import { type Emulated, openBench, runBriefly, undisturbed } from '../load/scenarios.ts';

export interface Pair {
  readonly name: string;
  readonly scenario: ScenarioName;
  readonly emulated: Emulated;
  /** What the result shows that is wrong; null if it is as it should be. */
  readonly wrong: (result: LoadResult) => string | null;
}

const BY_CHOICE = Object.entries<ChoiceRow<unknown>>(CHOICES).flatMap(
  ([choice, { read, samples }]) =>
    samples.map((text) => ({
      name: `${choice}=${text}`,
      choices: { [choice]: read(text) } as Partial<Choices>,
    })),
);

const BY_CAMPAIGN_CHOICE = Object.entries<ChoiceRow<unknown>>(CAMPAIGN_CHOICES).flatMap(
  ([choice, { read, samples }]) =>
    samples.map((text) => ({
      name: `${choice}=${text}`,
      campaignChoices: { [choice]: read(text) } as Partial<CampaignChoices>,
    })),
);

const isOfTheRoad = (scenario: ScenarioName) => 'dials' in SCENARIOS[scenario];

/** The plans that a scenario can run under. Under a wrong clock no signature is right, so that there is no road. */
export function plansOf(scenario: ScenarioName): readonly BuiltInPlanName[] {
  const plans = Object.keys(BUILT_IN_PLANS) as BuiltInPlanName[];
  return isOfTheRoad(scenario) ? plans.filter((plan) => plan !== 'wrong-clock') : plans;
}

/** Every scenario with every choice's values, and with every plan; those of the road with the choices of campaigns too. */
export const PAIRS: readonly Pair[] = SCENARIO_NAMES.flatMap((scenario): Pair[] => [
  ...[...BY_CHOICE, ...(isOfTheRoad(scenario) ? BY_CAMPAIGN_CHOICE : [])].map(
    ({ name, ...emulated }) => ({
      name: `${scenario} under ${name}`,
      scenario,
      emulated,
      wrong: wrongUnderChoice,
    }),
  ),
  ...plansOf(scenario).map((plan) => ({
    name: `${scenario} under the plan ${plan}`,
    scenario,
    emulated: { faults: readFaultPlan(BUILT_IN_PLANS[plan].plan) },
    wrong: wrongUnderPlan,
  })),
]);

/** @returns what is wrong, or null. */
export async function runPair(dir: string, pair: Pair): Promise<string | null> {
  const bench = await openBench(dir, pair.emulated.choices);
  const run = () => runBriefly(bench, pair.scenario, pair.emulated);
  const isRight = (result: LoadResult) => pair.wrong(result) === null;
  return pair.wrong(await (pair.scenario === 'quota' ? undisturbed(run, isRight) : run()));
}

function wrongUnderChoice({ verdict, reasons, audit }: LoadResult): string | null {
  if (audit.verdict === 'fail') return violatedIn(audit);
  const excused = verdict === 'not exercised' && reasons.length > 0;
  return verdict === 'pass' || excused ? null : said(verdict, reasons);
}

function wrongUnderPlan({ verdict, reasons, audit }: LoadResult): string | null {
  if (audit.verdict === 'fail') return violatedIn(audit);
  const attributed =
    reasons.length > 0 && reasons.every(({ kind }) => kind === 'missed under faults');
  const excused = verdict === 'not exercised' && reasons.length > 0;
  return verdict === 'pass' || attributed || excused ? null : said(verdict, reasons);
}

function violatedIn({ invariants }: LoadResult['audit']): string {
  const found = invariants.find(({ verdict }) => verdict === 'violated');
  return `"${found?.name}" is violated: ${JSON.stringify(found?.evidence[0])}`;
}

function said(verdict: LoadResult['verdict'], reasons: LoadResult['reasons']): string {
  return `${verdict}: ${reasons.map(loadReasonSaid).join(' ') || 'without a reason'}`;
}
