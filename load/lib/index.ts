/** `dialproof/load`: the parts from which users build their own scenarios. */

export { fullJitterMs } from './backoff.ts';
export { checkAnswer, checkSameAnswers } from './check-answer.ts';
export type { StampedBatch } from './corpus.ts';
export { arrivals, risingArrivals, sharedIterations } from './executors.ts';
export { counted } from './measure.ts';
export { answersWithin, type Promises, type WindowedPromises } from './objectives.ts';
export { partOf } from './part.ts';
export type { ProfileValues } from './profiles.ts';
export { type Opening, openScenario } from './scenario.ts';
export type { Answer, Prediction, Sender } from './send.ts';
export { type Retrying, type Settled, settle } from './settle.ts';
