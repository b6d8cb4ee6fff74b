/** The agentless dialler: lines, pacing, the course of a call, and how each number ends. */

import type { CampaignChoices } from '../../campaigns/engine.ts';
import type { Campaign } from '../../campaigns/records.ts';
import { asking, campaign, dialRequests, engineWith, START } from './fixtures.ts';
import { Road } from './road.ts';

function roadWith(
  choices: Partial<CampaignChoices> = {},
  campaigns: readonly Campaign[] = [campaign()],
): Road {
  const road = new Road(engineWith(choices), START);
  for (const one of campaigns) road.step((engine) => engine.putCampaign(one));
  return road;
}

function accept(road: Road, count: number, phoneNumber: string, id = 'campaign-a') {
  return road.step((engine, now) => engine.accept(id, dialRequests(count, { phoneNumber }), now));
}

it.each([
  ['01', 'CONTACT_FLOW_DISCONNECT'],
  ['02', 'CONTACT_FLOW_DISCONNECT'],
  ['03', 'CONTACT_FLOW_DISCONNECT'],
  ['04', 'TELECOM_UNANSWERED'],
  ['05', 'TELECOM_BUSY'],
  ['06', 'TELECOM_NUMBER_INVALID'],
  ['07', 'TELECOM_PROBLEM'],
  ['08', 'CONTACT_FLOW_DISCONNECT'],
  ['09', 'CONTACT_FLOW_DISCONNECT'],
  ['10', 'CONTACT_FLOW_DISCONNECT'],
  ['11', 'CONTACT_FLOW_DISCONNECT'],
  ['12', 'TELECOM_TIMEOUT'],
  ['13', 'OUTBOUND_ATTEMPT_FAILED'],
  ['14', 'TELECOM_POTENTIAL_BLOCKING'],
  ['15', 'OUTBOUND_RESOURCE_ERROR'],
  ['17', 'CUSTOMER_DISCONNECT'],
  ['18', 'CONTACT_FLOW_DISCONNECT'],
])('+1 312 555 01%s ends as %s', (digits, reason) => {
  const road = roadWith();
  accept(road, 1, asking(digits));
  road.advance(120_000);
  expect(road.dials).toHaveLength(1);
  expect(road.engine.counts('campaign-a')).toEqual({
    accepted: 0,
    submitting: 0,
    created: 0,
    dialing: 0,
    failed: {},
    ended: { [reason]: 1 },
  });
});
