/** The rules that refuse a call of outbound campaigns after its form was found valid: one row each. */

import type { Refusal } from '../aws/definition/refusals.ts';
import { assumed, documented, inferred, type Provenance } from '../aws/provenance.ts';

/** The modelled errors of both versions, with their HTTP status. */
export const CAMPAIGN_ERRORS = {
  AccessDeniedException: 403,
  ConflictException: 409,
  InternalServerException: 500,
  InvalidCampaignStateException: 409,
  InvalidStateException: 409,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 402,
  ThrottlingException: 429,
  ValidationException: 400,
} as const;

export type CampaignError = keyof typeof CAMPAIGN_ERRORS;

interface CampaignRule {
  readonly error: CampaignError;
  /** Provenance of the condition. */
  readonly provenance: Provenance;
  /** Provenance of the claim that the condition causes this error. */
  readonly errorProvenance: Provenance;
  /** @param what names the resource or value that breaks the rule. */
  readonly message: (what: string) => string;
}

const onlyFit = inferred('the only error of the model that fits');
const model = documented('service models connectcampaigns and connectcampaignsv2');

export const CAMPAIGN_RULES = {
  unknownCampaign: {
    error: 'ResourceNotFoundException',
    provenance: model,
    errorProvenance: documented('model: the specified resource was not found'),
    message: (id) => `Campaign ${id} was not found.`,
  },
  unknownInstance: {
    error: 'ResourceNotFoundException',
    provenance: model,
    errorProvenance: documented('model: the specified resource was not found'),
    message: (id) => `Connect instance ${id} was not found.`,
  },
  notOnboarded: {
    error: 'ResourceNotFoundException',
    provenance: documented(
      'developer guide: an instance is onboarded before campaigns are created',
    ),
    errorProvenance: assumed('ValidationException would fit as well'),
    message: (id) => `Connect instance ${id} has no outbound campaigns configuration.`,
  },
  noJob: {
    error: 'ResourceNotFoundException',
    provenance: model,
    errorProvenance: onlyFit,
    message: (id) => `Connect instance ${id} has no onboarding job.`,
  },
  jobInProgress: {
    error: 'InvalidStateException',
    provenance: model,
    errorProvenance: onlyFit,
    message: (id) => `The onboarding job of Connect instance ${id} is in progress.`,
  },
  onboardedOtherwise: {
    error: 'ConflictException',
    provenance: assumed('nothing is published on a second onboarding'),
    errorProvenance: onlyFit,
    message: (id) => `Connect instance ${id} is onboarded with another encryption configuration.`,
  },
  campaignsRemain: {
    error: 'InvalidStateException',
    provenance: inferred('the error is modelled for this operation only'),
    errorProvenance: onlyFit,
    message: (id) => `Connect instance ${id} has campaigns.`,
  },
  nameInUse: {
    error: 'ConflictException',
    provenance: assumed('CreateCampaign is idempotent and has no token'),
    errorProvenance: onlyFit,
    message: (name) => `A campaign with the name ${name} exists.`,
  },
  tooManyCampaigns: {
    error: 'ServiceQuotaExceededException',
    provenance: documented('Amazon Connect quotas: 500 campaigns of an instance'),
    errorProvenance: documented('model: the request would cause a service quota to be exceeded'),
    message: () => 'The instance has the most campaigns that its quota allows.',
  },
  tooManyActive: {
    error: 'ConflictException',
    provenance: documented('Amazon Connect quotas: 50 active campaigns of an instance'),
    errorProvenance: assumed('StartCampaign models no ServiceQuotaExceededException'),
    message: () => 'The instance has the most active campaigns that its quota allows.',
  },
  noSourceOfCalls: {
    error: 'ValidationException',
    provenance: documented('model: a queue or a source phone number must be specified'),
    errorProvenance: onlyFit,
    message: () => 'Specify a connectQueueId or a connectSourcePhoneNumber.',
  },
  sourceTakesNoRequests: {
    error: 'ValidationException',
    provenance: inferred('a public report'),
    errorProvenance: inferred('a public report'),
    message: () => 'Operation is not valid for this campaign',
  },
  onlyForCustomerProfiles: {
    error: 'AccessDeniedException',
    provenance: documented('API reference: for event triggers of Customer Profiles only'),
    errorProvenance: inferred('the only error of the model that fits'),
    message: () => 'Only Customer Profiles can call PutProfileOutboundRequestBatch.',
  },
  missingSchedule: {
    error: 'ValidationException',
    provenance: inferred('a public report, of campaigns with a source'),
    errorProvenance: inferred('a public report'),
    message: () => 'Missing required campaign parameter Schedule',
  },
  missingFlow: {
    error: 'ValidationException',
    provenance: inferred('a public report, of campaigns with a source'),
    errorProvenance: inferred('a public report'),
    message: () => 'Missing required campaign parameter Campaign Flow',
  },
  timesOfEventCampaign: {
    error: 'ValidationException',
    provenance: inferred('a public report'),
    errorProvenance: inferred('a public report'),
    message: () => 'Event Triggered Campaigns do not allow parameter: CommunicationTimeConfig',
  },
  scheduleEndsFirst: {
    error: 'ValidationException',
    provenance: inferred('a public report'),
    errorProvenance: inferred('a public report'),
    message: () => 'Schedule end time needs to be greater than start time',
  },
  scheduleTooSoon: {
    error: 'ValidationException',
    provenance: inferred('a public report'),
    errorProvenance: inferred('a public report'),
    message: () => 'Schedule start time needs to be at least 5 minutes from now',
  },
  sourceNumberForm: {
    error: 'ValidationException',
    provenance: inferred('a public report'),
    errorProvenance: inferred('a public report'),
    message: () => 'Phone number is not in E.164 format',
  },
  deleteWhileActive: {
    error: 'ValidationException',
    provenance: inferred('a public report that it is refused'),
    errorProvenance: assumed('DeleteCampaign models no 409'),
    message: (id) => `Campaign ${id} is active. Stop it first.`,
  },
  conflict: {
    error: 'ConflictException',
    provenance: inferred('a public report, for StopCampaign of a Completed campaign'),
    errorProvenance: inferred('a public report'),
    message: (id) => `Campaign ${id} is in a state that does not allow the operation.`,
  },
  wrongState: {
    error: 'InvalidCampaignStateException',
    provenance: inferred('API pages; the error is modelled for these operations'),
    errorProvenance: assumed('a value of wrongTransition'),
    message: (id) => `Campaign ${id} is in a state that does not allow the operation.`,
  },
  unknownPage: {
    error: 'ValidationException',
    provenance: assumed('a nextToken that no answer gave'),
    errorProvenance: onlyFit,
    message: () => 'The nextToken is not valid.',
  },
} as const satisfies Record<string, CampaignRule>;

export type CampaignRuleName = keyof typeof CAMPAIGN_RULES;

/** The refusal by a rule. @param members of the error besides its text. */
export function refusalBy(
  rule: CampaignRuleName,
  what = '',
  members?: Readonly<Record<string, unknown>>,
): Refusal {
  const { error, message } = CAMPAIGN_RULES[rule];
  return {
    name: error,
    status: CAMPAIGN_ERRORS[error],
    message: message(what),
    ...(members && { members }),
  };
}

/** The answer where AWS would do what dialproof does not: never an error of AWS's own. */
export function notEmulated(what: string): Refusal {
  return {
    name: 'NotEmulatedException',
    status: 501,
    message: `dialproof does not emulate ${what}.`,
  };
}
