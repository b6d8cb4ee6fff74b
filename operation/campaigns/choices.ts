/** The questions about outbound campaigns that AWS does not answer, as named options with values, default and reason. */

import { type ChoiceTable, defaultsOf, oneOf, wholeNumber } from '../aws/definition/choices.ts';
import { assumed, documented, inferred } from '../aws/provenance.ts';

export interface CampaignChoices {
  readonly wrongTransition: 'InvalidCampaignStateException' | 'ConflictException';
  readonly startSeconds: number;
  readonly numberCheck: 'ingest' | 'contact';
  readonly attributeCheck: 'contact' | 'ingest';
  readonly v2Expiry: 'as-v1' | 'unbounded';
  readonly pendingLimit: number;
  readonly lingerMilliseconds: number;
  readonly inFlight: number;
  readonly atStop: 'discard' | 'expire';
  readonly concurrentCalls: number;
}

/** One row for each open question. Code, CLI and reports all use the key as the option's name. */
export const CAMPAIGN_CHOICES: ChoiceTable<CampaignChoices> = {
  wrongTransition: {
    ...oneOf('InvalidCampaignStateException', 'ConflictException'),
    default: 'InvalidCampaignStateException',
    meaning: 'name of the 409 error of a call that the state of its campaign does not allow',
    provenance: assumed('both errors are modelled for these calls'),
  },
  startSeconds: {
    ...wholeNumber(0, 3_600, 0, 5),
    default: 2,
    meaning: 'seconds after StartCampaign until the campaign is Running',
    provenance: assumed('a public feeder polls up to 20 seconds for it'),
  },
  numberCheck: {
    ...oneOf('ingest', 'contact'),
    default: 'ingest',
    meaning:
      'what refuses a phone number that is not in E.164 form: the dial request gets InvalidInput, or its contact INVALID_CUSTOMER_ENDPOINT',
    provenance: assumed('the model has a pattern that is wider than E.164'),
  },
  attributeCheck: {
    ...oneOf('contact', 'ingest'),
    default: 'contact',
    meaning:
      'what refuses attributes over 32,768 bytes: BatchPutContact, or the dial request with InvalidInput',
    provenance: assumed('no limit on the sum is published for dial requests'),
  },
  v2Expiry: {
    ...oneOf('as-v1', 'unbounded'),
    default: 'as-v1',
    meaning: 'whether expirationTime of PutOutboundRequestBatch has the bounds of version 1',
    provenance: assumed('the API reference gives bounds for version 1 only'),
  },
  pendingLimit: {
    ...wholeNumber(1, 10_000_000, 100, 10_000),
    default: 1_000,
    meaning:
      'most dial requests of a campaign that are accepted and neither dialled, ended nor failed',
    provenance: assumed('the administrator guide names an upper limit without a number'),
  },
  lingerMilliseconds: {
    ...wholeNumber(0, 60_000, 0, 1_000),
    default: 100,
    meaning: 'milliseconds for which a batch of fewer than 25 contacts waits for more',
    provenance: assumed('nothing is published on how dial requests are batched'),
  },
  inFlight: {
    ...wholeNumber(1, 1_000, 1, 32),
    default: 4,
    meaning: 'most calls of BatchPutContact by campaigns whose outcome is not known',
    provenance: assumed('nothing is published'),
  },
  atStop: {
    ...oneOf('discard', 'expire'),
    default: 'discard',
    meaning: 'whether StopCampaign ends contacts that were not dialled, or leaves them to expire',
    provenance: inferred('the API reference: no further calls are dialled'),
  },
  concurrentCalls: {
    ...wholeNumber(0, 1_000_000, 0, 1_000),
    default: 100,
    meaning: 'most concurrent campaign calls of an instance; with 0 every contact expires',
    provenance: documented('Amazon Connect quotas: adjustable, 0 until it is raised'),
  },
};

/** The defaults, changed by `overrides`. */
export function chooseCampaigns(overrides: Partial<CampaignChoices> = {}): CampaignChoices {
  return { ...defaultsOf(CAMPAIGN_CHOICES), ...overrides };
}
