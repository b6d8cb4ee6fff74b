/** A few batches one after the other: does the endpoint answer as predicted at all. */

import { check } from 'k6';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { openCorpus } from '../lib/corpus.ts';
import { corpusFromEnv, profileFromEnv, runTagFromEnv, targetFromEnv } from '../lib/env.ts';
import { counted } from '../lib/measure.ts';
import { objectives, sharedIterations, TREND_STATS } from '../lib/objectives.ts';
import { senderTo } from '../lib/send.ts';

const profile = profileFromEnv('smoke');

export const options: Options = {
  scenarios: {
    smoke: sharedIterations(profile),
  },
  thresholds: objectives(profile),
  summaryTrendStats: TREND_STATS,
};

const opening = openCorpus(corpusFromEnv());
const runTag = runTagFromEnv();
const sender = senderTo(targetFromEnv());

export default counted(async () => {
  const index = exec.scenario.iterationInTest;
  const corpus = await opening;
  const batch = await corpus.batch(runTag, index);
  const answer = await sender.send(batch, index, 1);
  check(answer, {
    'status is 200': ({ status }) => status === 200,
    'every item answered as predicted': ({ outcome }) => outcome?.letters === batch.predicted,
  });
});
