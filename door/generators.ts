/** `dialproof/generators`: realistic contacts and dial requests from a seed, with predicted verdicts. */

export {
  type BatchOptions,
  type BatchSource,
  batchSource,
  type GeneratedBatch,
} from '../generators/batch.ts';
export {
  CAMPAIGN_IDS,
  type ContactSource,
  contactSource,
  type GoodContact,
} from '../generators/contact.ts';
export { type CorpusManifest, type CorpusOptions, writeCorpus } from '../generators/corpus.ts';
export {
  type AskedOutcomes,
  type DialBatchOptions,
  type DialBatchSource,
  type DialChoices,
  type DialPrediction,
  dialBatchSource,
  type GeneratedDialBatch,
  type GeneratedDialRequest,
  type GeneratedOutboundBatch,
  type GeneratedOutboundRequest,
  type OutboundBatchSource,
  outboundBatchSource,
} from '../generators/dial-batch.ts';
export {
  type DialListFormat,
  type DialListManifest,
  type DialListOptions,
  type DialOperation,
  writeDialList,
} from '../generators/dial-list.ts';
export { isFictional } from '../generators/fiction-numbers.ts';
export { LOCALE_NAMES, type LocaleName } from '../generators/locales.ts';
export {
  type DialMix,
  everyCode,
  everyDialCode,
  type Mix,
  type ProvokedDialCode,
} from '../generators/mix.ts';
export {
  ASKED_NUMBERS,
  type AskedOutcome,
  isAskedNumber,
} from '../operation/campaigns/asked-numbers.ts';
export { type DialFailureCode, INJECTED_DIAL_NUMBERS } from '../operation/campaigns/failures.ts';
export type { Verdict } from '../operation/connect/batch-put-contact/decide.ts';
export {
  FAILURE_CODES,
  type FailureReasonCode,
} from '../operation/connect/batch-put-contact/failures.ts';
export type { ContactDataRequest } from '../operation/connect/batch-put-contact/shapes.ts';
export {
  type Facts,
  type Instance,
  ORDINARY_INSTANCE,
  ordinaryFacts,
} from '../operation/connect/facts.ts';
