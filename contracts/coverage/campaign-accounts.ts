/** Accounts for the cells of outbound campaigns that no interaction of their pacts pins. */

import type { Account, AccountOfMany } from './account.ts';

const row = (cells: RegExp, account: Account): AccountOfMany => ({ cells, account });
const because = (cells: RegExp, reason: string, heldBy?: string): AccountOfMany =>
  row(cells, { reason, ...(heldBy !== undefined && { heldBy }) });
const READER = 'test/operation/shapes.test.ts › not %s: it is told, and not clean';
const dialFailures = (title: string): Account => ({
  test: `test/operation/campaigns/dial-failures.test.ts › ${title}`,
});

const SHARED: readonly AccountOfMany[] = [
  row(
    /^front-door error: (UnknownOperation|MissingAuthenticationToken|IncompleteSignature)Exception$/,
    { test: 'test/emulator/refusals.test.ts › %s over the wire' },
  ),
  ...['AccessDenied', 'InternalServer', 'Throttling'].map((error) =>
    because(
      new RegExp(`^modelled error: (?!Put)\\w+: ${error}Exception$`),
      'the front door refuses every operation alike: the interactions of dial requests pin it',
      `a call that gets ${error}Exception, as the state asks`,
    ),
  ),
  because(
    /^(modelled error: \w+: ValidationException|bound: \w+: id (of 257|outside its pattern))$/,
    'an id in a path is read alike for every operation: the interactions of dial requests pin it',
    'Put',
  ),
  because(
    /^modelled error: \w+: ConflictException$/,
    'an open question: the choice wrongTransition gives it in place of InvalidCampaignStateException',
    'test/operation/campaigns/life-cycle.test.ts › $call of a campaign that is $standing: $outcome',
  ),
  because(
    /^bound: (\w+: id|GetCampaignStateBatch: campaignIds\[\]|\w+: connectInstanceId|ListCampaigns: filters\.instanceIdFilter\.value) of (0|1|256)$/,
    'no campaign or instance has such an id: the endpoint answers that it is not there',
  ),
  because(
    /^response member: \w+: failedRequests\[\]\.id present$/,
    'a failed item has no id (assumed)',
  ),
  because(
    /^response member: .* absent$/,
    'the endpoint always sends it, although the model requires no member of an answer',
  ),
  because(
    /^bound: (\w+: (successfulRequests|failedRequests|arn|nextToken)\b|(CreateCampaign|Put\w+): (id|successfulRequests)\b)/,
    'the endpoint makes the value, or repeats what it was given: no answer has another length',
  ),
  because(
    /^answer value: GetCampaignStateBatch: failedRequests\[\]\.failureCode UnknownError$/,
    'no data and no state of the endpoint causes it',
  ),
  because(
    /^bound: Put\w+: .*: a (key|value) of \d+$/,
    'a text of 32,767 characters would hide the rest of the pact; one reader holds every map to its bounds',
    'test/operation/shapes.test.ts › holds keys of a map to their pattern',
  ),
  because(
    /^(request member|enum value|bound): (CreateCampaign|ListCampaigns): /,
    'the shapes are made from the model, and one reader holds every request to its shape',
    READER,
  ),
  row(
    /^batch and token: \w+: repeat within one call$/,
    dialFailures('that stands twice in a call means one dial request, or fails the second'),
  ),
  row(
    /^batch and token: \w+: known token with other content$/,
    dialFailures('that is known, with other content, gets the first id'),
  ),
  row(
    /^batch and token: \w+: token of a refused item is not used up$/,
    dialFailures('of a refused item is not used up'),
  ),
  row(/^batch and token: \w+: token after seven days is new$/, {
    test: 'test/emulator/campaigns/sdk.test.ts › a token that comes again is answered with its dial request, after its expiry too',
  }),
];

export const CAMPAIGN_ACCOUNTS: Readonly<Record<1 | 2, readonly AccountOfMany[]>> = {
  1: SHARED,
  2: [
    because(
      /channels other than telephony$/,
      'they are not emulated: the endpoint answers 501',
      'test/emulator/campaigns/sdk.test.ts › what is not emulated is refused with an error of our own',
    ),
    because(
      /lastModifiedTime/,
      'the installed SDK client does not know the member yet, which the model has',
    ),
    because(
      /^(request member|bound): PutOutboundRequestBatch: outboundRequests\[\]\./,
      'one reader holds every request to the shape of the model',
      READER,
    ),
    because(
      /^(response member|answer value): (DescribeCampaign|ListCampaigns): .*\.(type|source|schedule|connectCampaignFlowArn|entryLimitsConfig|communicationTimeConfig|communicationLimitsOverride|pacingStrategies|channelSubtypes)\b/,
      'the endpoint repeats the settings that it was given, and the interactions with other settings say so',
      'DescribeCampaign of a campaign with every member',
    ),
    ...SHARED,
  ],
};
