/** SearchContacts finds contacts as they are now, and never answers a search that it did not filter. */

import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { asking, manned } from '../../campaigns/fixtures.ts';
import { body, contact, OUTSIDER, run, stoppedClock } from '../fixtures.ts';
import { onRoad, type Road } from './road.ts';

const InstanceId = ORDINARY_INSTANCE.id;
const MINUTE = 60_000;
const [{ id: QUEUE }, { id: OTHER_QUEUE }] = ORDINARY_INSTANCE.queues;
const START = Date.UTC(2026, 0, 1) / 1_000;
const DAY = 86_400;

const range = (Type = 'INITIATION_TIMESTAMP', from = START - DAY, to = START + DAY) => ({
  TimeRange: { Type, StartTime: from, EndTime: to },
});

function search(road: Road, request: object) {
  const asked = JSON.stringify({ InstanceId, ...range(), ...request });
  return run(road.service, {
    method: 'POST',
    target: '/search-contacts',
    body: asked,
    key: OUTSIDER,
  });
}

async function found(road: Road, request: object = {}): Promise<string[]> {
  const { status, text } = await search(road, request);
  expect([status, text]).toEqual([200, expect.stringContaining('Contacts')]);
  return JSON.parse(text).Contacts.map(({ Id }: { Id: string }) => Id);
}

/** One contact with an agent, one that is busy, and one that no campaign made. */
async function withContacts(
  work: (road: Road, ids: { served: string; busy: string; direct: string }) => Promise<void>,
) {
  await onRoad({ clock: stoppedClock(), agents: { count: 2 } }, async (road) => {
    await road.driver.run((engine) => engine.putCampaign(manned('progressive', {}, {}, QUEUE)));
    await road.accept(1, { phoneNumber: asking('01'), attributes: { order: '1', tier: 'gold' } });
    await road.driver.advance(MINUTE);
    await road.accept(1, { phoneNumber: asking('05'), attributes: { order: '2', tier: 'gold' } });
    await road.driver.advance(60 * MINUTE);
    const direct = await run(road.service, {
      body: body([contact(0, { QueueId: OTHER_QUEUE, Attributes: { order: '3' } })]),
    });
    const [served, busy] = road.dialRequests().map(({ status }) => {
      if (!('contact' in status)) throw new Error('there is no contact');
      return status.contact.contactId;
    }) as [string, string];
    const [{ ContactId }] = JSON.parse(direct.text).SuccessfulRequestList;
    await work(road, { served, busy, direct: ContactId });
  });
}

it('every served criterion finds what meets it, and no other', () =>
  withContacts(async (road, { served, busy, direct }) => {
    expect(await found(road)).toEqual([direct, busy, served]);
    const criteria = (SearchCriteria: object) => found(road, { SearchCriteria });
    expect(await criteria({ QueueIds: [OTHER_QUEUE] })).toEqual([direct]);
    expect(await criteria({ QueueIds: [QUEUE], Channels: ['VOICE'] })).toEqual([busy, served]);
    expect(await criteria({ Channels: ['CHAT'] })).toEqual([]);
    expect(await criteria({ InitiationMethods: ['INBOUND'] })).toEqual([]);
    expect(await criteria({ InitiationMethods: ['API'] })).toHaveLength(3);
    const attributes = (Criteria: object[], MatchType?: string) =>
      criteria({ SearchableContactAttributes: { Criteria, MatchType } });
    const gold = { Key: 'tier', Values: ['gold'] };
    const first = { Key: 'order', Values: ['1', '3'] };
    expect(await attributes([gold, first])).toEqual([served]);
    expect(await attributes([gold, first], 'MATCH_ANY')).toEqual([direct, busy, served]);
    expect(await attributes([gold], 'MATCH_NONE')).toEqual([direct]);
  }));

it('moments of a life are time ranges, and an agent is a criterion', () =>
  withContacts(async (road, { served, busy }) => {
    expect(await found(road, range('CONNECTED_TO_AGENT_TIMESTAMP'))).toEqual([served]);
    expect(await found(road, range('ENQUEUE_TIMESTAMP'))).toEqual([served]);
    expect(await found(road, range('DISCONNECT_TIMESTAMP'))).toEqual([busy, served]);
    expect(await found(road, range('DISCONNECT_TIMESTAMP', START - DAY, START))).toEqual([]);
    const { text } = await search(road, range('CONNECTED_TO_AGENT_TIMESTAMP'));
    const [{ AgentInfo }] = JSON.parse(text).Contacts;
    expect(AgentInfo.ConnectedToAgentTimestamp).toBeGreaterThan(START);
    expect(await found(road, { SearchCriteria: { AgentIds: [AgentInfo.Id] } })).toEqual([served]);
    expect(await found(road, { SearchCriteria: { AgentIds: ['nobody'] } })).toEqual([]);
  }));

it('pages are of the size that was asked for, in the order that was asked for', () =>
  withContacts(async (road, { served, busy, direct }) => {
    const Sort = { FieldName: 'INITIATION_TIMESTAMP', Order: 'ASCENDING' };
    const first = JSON.parse((await search(road, { Sort, MaxResults: 2 })).text);
    expect(first.Contacts.map(({ Id }: { Id: string }) => Id)).toEqual([served, busy]);
    expect(first.TotalCount).toBe(3);
    const { NextToken } = first;
    expect(await found(road, { Sort, MaxResults: 2, NextToken })).toEqual([direct]);
  }));

it.each([
  [
    { SearchCriteria: { Name: { SearchText: ['a'], MatchType: 'MATCH_ALL' } } },
    'SearchCriteria.Name',
  ],
  [{ SearchCriteria: { ContactTags: {} } }, 'SearchCriteria.ContactTags'],
  [
    { SearchCriteria: { SearchableContactAttributes: { Criteria: [], MatchType: 'MATCH_EXACT' } } },
    'SearchCriteria.SearchableContactAttributes.MatchType MATCH_EXACT',
  ],
  [range('SCHEDULED_TIMESTAMP'), 'TimeRange.Type SCHEDULED_TIMESTAMP'],
  [{ Sort: { FieldName: 'CHANNEL', Order: 'ASCENDING' } }, 'Sort.FieldName CHANNEL'],
])('what is not served is refused by its name: %j', (request, name) =>
  onRoad({ clock: stoppedClock() }, async (road) => {
    const { status, error, text } = await search(road, request);
    expect({ status, error }).toEqual({ status: 501, error: 'NotEmulatedException' });
    expect(text).toContain(`dialproof does not emulate ${name}`);
  }),
);

it.each([
  [{ NextToken: 'x' }, 'InvalidParameterException'],
  [range(undefined, START, START - 1), 'InvalidParameterException'],
  [{ InstanceId: 'another' }, 'ResourceNotFoundException'],
  [{ MaxResults: 101 }, 'InvalidRequestException'],
  [{ TimeRange: undefined }, 'InvalidRequestException'],
])('%j is refused', (request, name) =>
  onRoad({ clock: stoppedClock() }, async (road) => {
    expect((await search(road, request)).error).toBe(name);
  }),
);

it('has the published rate: one call in two seconds', () =>
  onRoad({ clock: stoppedClock(), profile: 'aws' }, async (road) => {
    const answers = [await search(road, {}), await search(road, {})];
    expect(answers.map(({ error }) => error)).toEqual([undefined, 'ThrottlingException']);
  }));
