/** `dialproof/load`: the parts from which users build their own scenarios. */

export { fullJitterMs } from './backoff.ts';
export { CAMPAIGN_APIS, type CampaignApi, type CampaignMode } from './campaign-api.ts';
export { type Caller, type CampaignPlace, callerOf } from './campaign-calls.ts';
export { checkAnswer, checkSameAnswers } from './check-answer.ts';
export type { ControlDoor, ToldDialRequest } from './control-door.ts';
export type { StampedBatch } from './corpus.ts';
export { partOfDials, type StampedDials } from './dial-corpus.ts';
export { type Destination, destinationFromEnv } from './env.ts';
export { arrivals, risingArrivals, sharedIterations } from './executors.ts';
export { counted } from './measure.ts';
export { answersWithin, type Promises, type WindowedPromises } from './objectives.ts';
export { partOf } from './part.ts';
export type { ProfileValues } from './profiles.ts';
export {
  type Campaigns,
  type DialAnswer,
  type DialPredicts,
  dialsAnswered,
  type MoveName,
  openRoad,
  type Road,
} from './road.ts';
export { type Opening, openScenario } from './scenario.ts';
export type { Answer, Prediction, Sender } from './send.ts';
export { type Retrying, type Settled, settle } from './settle.ts';
export { type SignAny, serviceSigner } from './sign.ts';
