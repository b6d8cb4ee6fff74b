/** The limits and pages of campaigns, with more campaigns than a client would make. */

import { CAMPAIGN_CALLS } from '../../campaigns/calls/calls.ts';
import type { Answered, Call, Occasion } from '../../campaigns/calls/occasion.ts';
import type { CampaignEngine } from '../../campaigns/campaign-engine.ts';
import { chooseCampaigns } from '../../operation/campaigns/choices.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { campaign, countedIds, engineWith, START } from './fixtures.ts';

const PLACE = { account: '123456789012', region: 'us-east-1' };

function calling(engine: CampaignEngine) {
  const occasion: Occasion = {
    engine,
    place: PLACE,
    now: START,
    wallNow: START,
    newId: countedIds(),
    choices: chooseCampaigns(),
    hasInstance: (id) => id === ORDINARY_INSTANCE.id,
    injected: {},
    room: null,
  };
  return (operation: string, request: object): Answered =>
    (CAMPAIGN_CALLS[`ConnectCampaigns.${operation}`] as unknown as Call<object>)(request, occasion);
}

function withCampaigns(count: number): CampaignEngine {
  const engine = engineWith();
  for (let n = 1; n <= count; n += 1) {
    engine.putCampaign(campaign({ id: `id-${n}`, name: `name-${n}`, state: 'Initialized' }));
  }
  return engine;
}

const CREATE = {
  name: 'one more',
  connectInstanceId: ORDINARY_INSTANCE.id,
  dialerConfig: { agentlessDialerConfig: {} },
  outboundCallConfig: { connectContactFlowId: 'f', connectSourcePhoneNumber: '+12065550100' },
};

const refusal = (answered: Answered) => ('refusal' in answered ? answered.refusal : null);

it('an instance has 500 campaigns, and no more', () => {
  expect(refusal(calling(withCampaigns(499))('CreateCampaign', CREATE))).toBeNull();
  expect(refusal(calling(withCampaigns(500))('CreateCampaign', CREATE))).toMatchObject({
    name: 'ServiceQuotaExceededException',
    status: 402,
  });
});

it('50 campaigns of an instance are active, and no more', () => {
  const engine = withCampaigns(51);
  const call = calling(engine);
  for (let n = 1; n <= 50; n += 1) {
    expect(refusal(call('StartCampaign', { id: `id-${n}` }))).toBeNull();
  }
  expect(refusal(call('StartCampaign', { id: 'id-51' }))).toMatchObject({
    name: 'ConflictException',
  });
});

it('campaigns are listed page by page, each once', () => {
  const call = calling(withCampaigns(120));
  const seen: string[] = [];
  let nextToken: string | undefined;
  do {
    const answered = call('ListCampaigns', nextToken === undefined ? {} : { nextToken });
    if (!('answer' in answered)) throw new Error('the page was refused');
    const page = answered.answer as {
      campaignSummaryList: { id: string }[];
      nextToken?: string;
    };
    expect(page.campaignSummaryList.length).toBeLessThanOrEqual(50);
    seen.push(...page.campaignSummaryList.map(({ id }) => id));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => `id-${i + 1}`));
  expect(refusal(call('ListCampaigns', { nextToken: 'of nobody' }))).toMatchObject({
    name: 'ValidationException',
  });
});

it('a campaign of another account or Region is not there', () => {
  const call = calling(withCampaigns(1));
  const arn = (account: string, region: string) =>
    `arn:aws:connect-campaigns:${region}:${account}:campaign/id-1`;
  expect(refusal(call('DescribeCampaign', { id: arn(PLACE.account, PLACE.region) }))).toBeNull();
  for (const id of [arn('210987654321', 'us-east-1'), arn(PLACE.account, 'eu-west-2'), 'id-2']) {
    expect(refusal(call('DescribeCampaign', { id }))).toMatchObject({ status: 404 });
  }
});

it('a campaign without queue and source number is refused', () => {
  const call = calling(withCampaigns(0));
  const outboundCallConfig = { connectContactFlowId: 'f' };
  expect(refusal(call('CreateCampaign', { ...CREATE, outboundCallConfig }))).toMatchObject({
    name: 'ValidationException',
  });
});
