/** What every scenario begins with: its profile, its options, its batches and a way to send them. */

import exec from 'k6/execution';
import type { Options, Scenario } from 'k6/options';
import { openCorpus, type StampedBatch } from './corpus.ts';
import { corpusFromEnv, profileFromEnv, runTagFromEnv, targetFromEnv } from './env.ts';
import { objectives, TREND_STATS } from './objectives.ts';
import type { Profile, ScenarioName } from './profiles.ts';
import { type Sender, senderTo } from './send.ts';

export interface Opening {
  readonly profile: Profile;
  readonly sender: Sender;
  /** The batch of this iteration: its number in the run, and what to send. Ask first, before any await. */
  next(): Promise<{ index: number; batch: StampedBatch }>;
}

/** Opens a scenario; in the init context. */
export function openScenario(name: ScenarioName): Opening {
  const opening = openCorpus(corpusFromEnv());
  const runTag = runTagFromEnv();
  return {
    profile: profileFromEnv(name),
    sender: senderTo(targetFromEnv()),
    async next() {
      const index = exec.scenario.iterationInTest;
      const corpus = await opening;
      return { index, batch: await corpus.batch(runTag, index) };
    },
  };
}

/** Options of a script with one scenario, held to the objectives of its profile. */
export function optionsFor(name: ScenarioName, profile: Profile, scenario: Scenario): Options {
  return {
    scenarios: { [name]: scenario },
    thresholds: objectives(profile),
    summaryTrendStats: TREND_STATS,
  };
}
