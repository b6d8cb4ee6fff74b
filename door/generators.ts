/** `dialproof/generators`: realistic contacts from a seed, with predicted verdicts. */

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
export { isFictional } from '../generators/fiction-numbers.ts';
export { LOCALE_NAMES, type LocaleName } from '../generators/locales.ts';
export { everyCode, type Mix } from '../generators/mix.ts';
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
