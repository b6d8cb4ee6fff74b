/** States of campaigns, and what follows for their dial requests; expiry; StopContact; tokens. */

import type { CampaignState, DialRequest } from '../../campaigns/records.ts';
import { accept, asking, campaign, roadWith, START, statesOf } from './fixtures.ts';
import { answer, creating, type Road } from './road.ts';

const DAY = 24 * 3_600_000;

const move = (road: Road, to: 'starting' | CampaignState) =>
  road.step((engine, now) => engine.move('campaign-a', to, now));

const stateOf = (road: Road) => road.engine.campaign('campaign-a')?.state;

/** Requests without a contact, in a batch, with a contact, and called. */
function everywhere(atStop: 'discard' | 'expire' = 'discard') {
  const road = roadWith({ atStop, inFlight: 1 });
  const called = accept(road, 1);
  road.advance(2_000);
  const created = accept(road, 1, { phoneNumber: asking('16') });
  road.advance(100);
  road.endpoint = () => null;
  const sent = accept(road, 1);
  road.advance(100);
  const waiting = accept(road, 1);
  const all = [...waiting, ...created, ...sent, ...called];
  expect(statesOf(road, all)).toEqual(['ACCEPTED', 'CREATED', 'SUBMITTING', 'DIALING']);
  return { road, all, sent };
}

/** Answers the batch in flight: its item is created. */
function answerLast(road: Road) {
  const { token, requestIds } = road.sent.at(-1) ?? { token: '', requestIds: [] };
  road.endpoint = creating();
  const results = requestIds.map((requestIdentifier) => ({
    requestIdentifier,
    contactId: `late ${requestIdentifier}`,
  }));
  road.settle(token, answer({ results }));
}

it('a campaign that starts is Initialized for two seconds', () => {
  const road = roadWith({}, [campaign({ state: 'Initialized' })]);
  move(road, 'starting');
  expect(road.engine.campaign('campaign-a')).toMatchObject({
    state: 'Initialized',
    runsAt: START + 2_000,
  });
  road.advance(1_999);
  expect(stateOf(road)).toBe('Initialized');
  road.advance(1);
  expect(road.engine.campaign('campaign-a')).toMatchObject({ state: 'Running', runsAt: null });
});

it('Pause holds what is not called; Resume goes on with the oldest', () => {
  const { road, all } = everywhere();
  move(road, 'Paused');
  answerLast(road);
  road.advance(60_000);
  expect(statesOf(road, all)).toEqual([
    'ACCEPTED',
    'CREATED',
    'CREATED',
    'CONTACT_FLOW_DISCONNECT',
  ]);
  expect(road.dials).toHaveLength(1);
  move(road, 'Running');
  road.advance(1_000);
  expect(statesOf(road, all)).toEqual(['DIALING', 'CREATED', 'DIALING', 'CONTACT_FLOW_DISCONNECT']);
});

it('what is held at Pause expires as usual', () => {
  const { road, all } = everywhere();
  move(road, 'Paused');
  answerLast(road);
  road.advance(300_000);
  expect(statesOf(road, all)).toEqual([
    'EXPIRED_BEFORE_CONTACT',
    'EXPIRED',
    'EXPIRED',
    'CONTACT_FLOW_DISCONNECT',
  ]);
  expect(road.dials).toHaveLength(1);
});

it.each(['Stopped', 'Completed', 'Failed'] as const)(
  '%s ends what is not called, and the answer of a batch counts',
  (to) => {
    const { road, all } = everywhere();
    move(road, to);
    expect(statesOf(road, all)).toEqual(['CAMPAIGN_STOPPED', 'DISCARDED', 'SUBMITTING', 'DIALING']);
    answerLast(road);
    road.advance(60_000);
    expect(statesOf(road, all)).toEqual([
      'CAMPAIGN_STOPPED',
      'DISCARDED',
      'DISCARDED',
      'CONTACT_FLOW_DISCONNECT',
    ]);
    expect(road.dials).toHaveLength(1);
  },
);

it('a throttled item of a stopped campaign fails', () => {
  const { road, sent } = everywhere();
  move(road, 'Stopped');
  const { token, requestIds } = road.sent.at(-1) ?? { token: '', requestIds: [] };
  const results = requestIds.map((requestIdentifier) => ({
    requestIdentifier,
    code: 'REQUEST_THROTTLED',
  }));
  road.settle(token, answer({ results }));
  expect(statesOf(road, sent)).toEqual(['CAMPAIGN_STOPPED']);
});

it('with atStop=expire, what is not called is left to expire', () => {
  const { road, all } = everywhere('expire');
  move(road, 'Stopped');
  answerLast(road);
  road.advance(200_000);
  expect(statesOf(road, all).slice(0, 3)).toEqual(['ACCEPTED', 'CREATED', 'CREATED']);
  road.advance(100_000);
  expect(statesOf(road, all).slice(0, 3)).toEqual(['EXPIRED_BEFORE_CONTACT', 'EXPIRED', 'EXPIRED']);
  expect(road.dials).toHaveLength(1);
});

describe('a schedule', () => {
  it.each(['Running', 'Paused'] as const)('completes a campaign that is %s', (state) => {
    const road = roadWith({}, [campaign({ state, endsAt: START + 5_000 })]);
    road.advance(4_999);
    expect(stateOf(road)).toBe(state);
    road.advance(1);
    expect(stateOf(road)).toBe('Completed');
  });

  it('that is over completes a campaign as soon as it starts', () => {
    const road = roadWith({}, [campaign({ state: 'Initialized', endsAt: START + 1_000 })]);
    road.advance(1_500);
    expect(stateOf(road)).toBe('Initialized');
    move(road, 'starting');
    road.advance(2_000);
    expect(stateOf(road)).toBe('Completed');
  });

  it('can be changed while the campaign runs', () => {
    const road = roadWith({}, [campaign({ endsAt: START + 5_000 })]);
    road.step((engine) => engine.putCampaign(campaign({ endsAt: START + 9_000 })));
    road.advance(8_999);
    expect(stateOf(road)).toBe('Running');
    road.advance(1);
    expect(stateOf(road)).toBe('Completed');
  });
});

it('a batch is not made of a request that has expired', () => {
  const road = roadWith({ inFlight: 1 });
  road.endpoint = () => null;
  accept(road, 25);
  const late = accept(road, 2, { expiresIn: 30_000 });
  // The host sleeps: the outcome comes before the timer of the expiry runs.
  road.now += 30_000;
  answerLast(road);
  road.step((engine, now) => engine.runNext(now));
  road.advance(0);
  expect(statesOf(road, late)).toEqual(['EXPIRED_BEFORE_CONTACT', 'EXPIRED_BEFORE_CONTACT']);
  expect(road.sent).toHaveLength(1);
});

it('a request expires at its moment, and not before', () => {
  const road = roadWith({ concurrentCalls: 0 });
  const requests = accept(road, 1, { expiresIn: 30_000 });
  road.advance(29_999);
  expect(statesOf(road, requests)).toEqual(['CREATED']);
  road.advance(1);
  expect(road.engine.request(requests[0]?.id ?? '')?.status).toMatchObject({
    state: 'ENDED',
    reason: 'EXPIRED',
    dial: null,
    at: START + 30_000,
  });
});

describe('StopContact', () => {
  const contactOf = (road: Road, [request]: readonly DialRequest[]) => {
    const status = road.engine.request(request?.id ?? '')?.status;
    return status !== undefined && 'contact' in status ? status.contact.contactId : '';
  };
  const stop = (road: Road, contactId: string) =>
    road.step((engine, now) => engine.stopContact(contactId, now));

  it('on a contact that is not called: discarded, and never called', () => {
    const road = roadWith();
    const requests = accept(road, 1);
    road.advance(100);
    expect(stop(road, contactOf(road, requests))?.state).toBe('CREATED');
    road.advance(60_000);
    expect(statesOf(road, requests)).toEqual(['DISCARDED']);
    expect(road.dials).toEqual([]);
  });

  it('on a live call: ended with API, and its line is free at once', () => {
    const road = roadWith({ concurrentCalls: 1 });
    const requests = accept(road, 2);
    road.advance(1_000);
    expect(statesOf(road, requests)).toEqual(['DIALING', 'CREATED']);
    expect(stop(road, contactOf(road, requests))?.state).toBe('DIALING');
    expect(statesOf(road, requests)).toEqual(['API', 'DIALING']);
  });

  it('on a contact that is over changes nothing; on a foreign contact says so', () => {
    const road = roadWith();
    const requests = accept(road, 1, { phoneNumber: asking('05') });
    road.advance(60_000);
    expect(stop(road, contactOf(road, requests))?.state).toBe('ENDED');
    expect(statesOf(road, requests)).toEqual(['TELECOM_BUSY']);
    expect(stop(road, 'foreign')).toBeUndefined();
  });
});

it('a dropped campaign takes all that belongs to it along', () => {
  const { road, all } = everywhere();
  const [, created] = all.map(({ id }) => road.engine.request(id)?.status);
  const contactId = created !== undefined && 'contact' in created ? created.contact.contactId : '';
  road.step((engine) => engine.dropCampaign('campaign-a'));
  expect([...road.kept.keys()]).toEqual([]);
  expect(statesOf(road, all)).toEqual(Array(4).fill('unknown'));
  expect(road.engine.requestOfContact(contactId)).toBeUndefined();
  expect(road.engine.campaign('campaign-a')).toBeUndefined();
  expect([...road.engine.requests()]).toEqual([]);
  answerLast(road);
  road.advance(300_000);
  expect([...road.kept.keys()]).toEqual([]);
});

it('the slot of a dropped batch is free for another campaign', () => {
  const road = roadWith({ inFlight: 1 }, [campaign(), campaign({ id: 'campaign-b' })]);
  road.endpoint = () => null;
  accept(road, 25);
  accept(road, 25, {}, 'campaign-b');
  road.step((engine) => engine.dropCampaign('campaign-a'));
  road.advance(0);
  expect(road.sent.map(({ campaignId }) => campaignId)).toEqual(['campaign-a', 'campaign-b']);
});

describe('a client token', () => {
  const lookUp = (road: Road, token: string) =>
    road.engine.requestOfToken('campaign-a', token, road.now)?.id;

  it('means its request for seven days', () => {
    const road = roadWith();
    const [request] = accept(road, 1, { clientToken: 't', phoneNumber: asking('05') });
    expect(lookUp(road, 't')).toBe(request?.id);
    road.advance(7 * DAY - 1);
    expect(lookUp(road, 't')).toBe(request?.id);
    road.advance(1);
    expect(lookUp(road, 't')).toBeUndefined();
    expect(road.kept.has(`request ${request?.id}`)).toBe(false);
    expect(road.engine.requestOfToken('campaign-b', 't', START)).toBeUndefined();
  });

  it('that is empty means none', () => {
    const road = roadWith();
    accept(road, 2, { clientToken: '' });
    expect(lookUp(road, '')).toBeUndefined();
  });

  it('keeps its request while a batch has no outcome', () => {
    const road = roadWith();
    road.endpoint = () => null;
    const requests = accept(road, 25);
    road.advance(8 * DAY);
    expect(statesOf(road, requests)[0]).toBe('SUBMITTING');
    answerLast(road);
    expect(statesOf(road, requests)[0]).toBe('EXPIRED');
    road.advance(DAY);
    expect(statesOf(road, requests)[0]).toBe('unknown');
    expect([...road.kept.keys()]).toEqual(['campaign campaign-a']);
  });

  it('old requests are dropped a hundred at a time', () => {
    const road = roadWith();
    accept(road, 250, { phoneNumber: asking('05') });
    road.advance(3_600_000);
    road.now = START + 7 * DAY;
    const kept = () => [...road.engine.requests()].length;
    const numbers = [kept()];
    while (road.step((engine, now) => engine.runNext(now))) numbers.push(kept());
    expect(numbers).toEqual([250, 150, 50, 0]);
  });
});
