/** The common part of every scenario: its profile, its options, its batches, and a function to send them. */

import exec from 'k6/execution';
import type { Options, Scenario } from 'k6/options';
import { openCorpus, type StampedBatch } from './corpus.ts';
import { corpusFromEnv, destinationFromEnv, profileFromEnv, runTagFromEnv } from './env.ts';
import { plannedIterations } from './executors.ts';
import { always, type Promises, TREND_STATS, type WindowedPromises } from './objectives.ts';
import type { ProfileValues } from './profiles.ts';
import { type Prediction, type Sender, senderTo } from './send.ts';

export interface IterationPlan {
  /**
   * The script's options: its k6 scenarios, with the thresholds of every scenario and those in `promises`.
   *
   * @param windowed thresholds that must hold in each window. k6 itself does not judge them.
   */
  optionsOf(
    scenarios: Record<string, Scenario>,
    promises: Promises,
    windowed?: WindowedPromises,
  ): Options;
  /** Number of this iteration among those of all the script's scenarios. Ask first, before any await. */
  number(): number;
}

export interface Opening<Profile> extends IterationPlan {
  readonly profile: Profile;
  readonly sender: Sender;
  /** The batch that is sent under ClientToken number `token`: by default the record of that number. */
  batch(token: number, record?: number): Promise<StampedBatch>;
  /** The batch of this iteration. Ask first, before any await. */
  next(): Promise<StampedBatch>;
}

/** Numbers the iterations of a script, and makes its options. */
export function iterationPlan(): IterationPlan {
  /** k6 scenario -> iterations of the scenarios before it. k6 numbers iterations within each scenario. */
  const before = new Map<string, number>();
  return {
    optionsOf(scenarios, promises, windowed) {
      let planned = 0;
      for (const [i, [name, scenario]] of Object.entries(scenarios).entries()) {
        // Each scenario has one extra number, because it may start one iteration more than the rounded-down plan.
        before.set(name, planned + i);
        planned += plannedIterations(name, scenario);
      }
      return {
        scenarios,
        thresholds: { ...always(planned), ...promises },
        summaryTrendStats: TREND_STATS,
        ...(windowed ? { ext: { dialproof: { thresholds: windowed } } } : {}),
      };
    },
    number: () => (before.get(exec.scenario.name) ?? 0) + exec.scenario.iterationInTest,
  };
}

/**
 * Opens a scenario. It must be called in the init context.
 *
 * @param defaults its profile: each value is replaced by the one in the environment.
 * @param predicts how answers are compared with their prediction. By default they must be equal.
 */
export function openScenario<Defaults extends ProfileValues>(
  defaults: Defaults,
  predicts?: Prediction,
): Opening<{ readonly [Key in keyof Defaults]: number }> {
  const opening = openCorpus(corpusFromEnv());
  const runTag = runTagFromEnv();
  const plan = iterationPlan();
  const batch = async (token: number, record = token) =>
    (await opening).batch(runTag, token, record);
  return {
    ...plan,
    profile: profileFromEnv(defaults),
    sender: senderTo(destinationFromEnv(), predicts),
    batch,
    next: () => batch(plan.number()),
  };
}
