/** Accepted requests become full batches, oldest first; campaigns take turns. */

import { decide } from '../../operation/connect/batch-put-contact/decide.ts';
import type { BatchPutContactBody } from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import { accept, campaign, roadWith, START, statesOf } from './fixtures.ts';
import { answer, creating, type Road } from './road.ts';

const sizes = ({ sent }: Road) => sent.map(({ requestIds }) => requestIds.length);

function contactsOf(road: Road) {
  return road.sent.flatMap(
    ({ body }) => (JSON.parse(body) as BatchPutContactBody).ContactDataRequestList,
  );
}

it('25 requests are a batch at once', () => {
  const road = roadWith();
  accept(road, 25);
  expect(sizes(road)).toEqual([25]);
  expect(road.engine.counts('campaign-a')).toMatchObject({ accepted: 0, created: 25 });
});

it('fewer wait for others until the linger time of the oldest is over', () => {
  const road = roadWith();
  accept(road, 3);
  road.advance(60);
  accept(road, 2);
  road.advance(39);
  expect(road.sent).toEqual([]);
  road.advance(1);
  expect(sizes(road)).toEqual([5]);
});

it('the oldest come first, and four calls at most are in flight', () => {
  const road = roadWith();
  road.endpoint = () => null;
  const requests = accept(road, 130);
  expect(sizes(road)).toEqual([25, 25, 25, 25]);
  const [first] = road.sent;
  const results = (first?.requestIds ?? []).map((requestIdentifier) => ({
    requestIdentifier,
    contactId: requestIdentifier,
  }));
  road.settle(first?.token ?? '', answer({ results }));
  road.advance(1_000);
  expect(sizes(road)).toEqual([25, 25, 25, 25, 25]);
  expect(road.sent.flatMap(({ requestIds }) => requestIds)).toEqual(
    requests.slice(0, 125).map(({ id }) => id),
  );
});

it('Running campaigns take turns by their ids', () => {
  const ids = ['campaign-c', 'campaign-a', 'campaign-b'];
  const road = roadWith(
    { inFlight: 1 },
    ids.map((id) => campaign({ id })),
  );
  road.endpoint = () => null;
  for (const id of ids) accept(road, 60, {}, id);
  road.endpoint = creating();
  const [first] = road.sent;
  road.settle(first?.token ?? '', answer({ status: 500, error: 'InternalServiceException' }));
  road.advance(1_000);
  expect(road.sent.slice(1).map(({ campaignId }) => campaignId.at(-1))).toEqual([...'cabcabcab']);
});

it.each(['Initialized', 'Paused'] as const)('a campaign that is %s sends nothing', (state) => {
  const road = roadWith({}, [campaign({ state })]);
  const requests = accept(road, 30);
  road.advance(10_000);
  expect(road.sent).toEqual([]);
  expect(new Set(statesOf(road, requests))).toEqual(new Set(['ACCEPTED']));
});

it('an identifier that is too long for a contact fails its request', () => {
  const id = 'c'.repeat(101);
  const road = roadWith({}, [campaign({ id })]);
  const requests = accept(road, 1, {}, id);
  road.advance(100);
  expect(statesOf(road, requests)).toEqual(['MAPPING']);
  expect(road.sent).toEqual([]);
});

describe('the contact of a request', () => {
  const source = ORDINARY_INSTANCE.numbers[1];
  const queue = ORDINARY_INSTANCE.queues[0].id;

  function contactWith(settings: Record<string, unknown>, own = {}) {
    const road = roadWith({}, [campaign({ api: 'v2', settings })]);
    const phoneNumber = '+1-312-555-0101';
    accept(road, 1, { phoneNumber, attributes: { name: 'Ada' }, ...own });
    road.advance(100);
    return contactsOf(road)[0];
  }

  const telephony = (over: Record<string, unknown>, outbound = {}) => ({
    channelSubtypeConfig: {
      telephony: {
        connectQueueId: queue,
        outboundMode: { agentless: {} },
        defaultOutboundConfig: { connectContactFlowId: 'flow', ...outbound },
        ...over,
      },
    },
  });

  it('says all that a request and its campaign say, in a form that BatchPutContact accepts', () => {
    const contact = contactWith(telephony({}, { connectSourcePhoneNumber: source }));
    expect(contact).toEqual({
      SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: source },
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+13125550101' },
      RequestIdentifier: expect.stringMatching(/^[0-9a-f-]{36}$/),
      QueueId: queue,
      Attributes: { name: 'Ada' },
      Campaign: { CampaignId: 'campaign-a' },
    });
    expect(decide([contact as never], ordinaryFacts(), ORDINARY_INSTANCE)).toEqual(['CREATED']);
  });

  it('has the source number of the request before that of the campaign', () => {
    const settings = { connectSourcePhoneNumber: ORDINARY_INSTANCE.numbers[2] };
    const contact = contactWith(telephony({}, { connectSourcePhoneNumber: source }), { settings });
    expect(contact?.SystemEndpoint?.Address).toBe(ORDINARY_INSTANCE.numbers[2]);
  });

  it.each([
    [['DISCARD'], ['CALL', 'DISCARD']],
    [undefined, ['CALL']],
  ])(
    'in preview mode with the actions %j has the strategy AGENT_FIRST',
    (agentActions, actions) => {
      const preview = {
        bandwidthAllocation: 1,
        timeoutConfig: { durationInSeconds: 30 },
        ...(agentActions && { agentActions }),
      };
      const contact = contactWith(telephony({ outboundMode: { preview } }));
      expect(contact?.OutboundStrategy).toEqual({
        Type: 'AGENT_FIRST',
        Config: {
          AgentFirst: {
            Preview: {
              PostAcceptTimeoutConfig: { DurationInSeconds: 30 },
              AllowedUserActions: actions,
            },
          },
        },
      });
      expect(decide([contact as never], ordinaryFacts(), ORDINARY_INSTANCE)).toEqual(['CREATED']);
    },
  );

  it('without a source number has the queue alone', () => {
    expect(contactWith(telephony({}))).not.toHaveProperty('SystemEndpoint');
  });
});

it('the moment of a batch is kept', () => {
  const road = roadWith();
  road.endpoint = () => null;
  road.advance(250);
  accept(road, 25);
  expect([...road.kept.values()].filter(({ kind }) => kind === 'batch')).toEqual([
    {
      kind: 'batch',
      value: expect.objectContaining({ madeAt: START + 250, attempts: 0, askedAgain: false }),
    },
  ]);
});
