/** Accepted requests become full batches, oldest first, and contacts. */

import { type CHOICES, campaign, dialRequests, engineWith, START } from './fixtures.ts';
import { Road } from './road.ts';

function roadWith(choices: Partial<typeof CHOICES> = {}): Road {
  const road = new Road(engineWith(choices), START);
  road.step((engine) => engine.putCampaign(campaign()));
  return road;
}

const accept = (road: Road, count: number, id = 'campaign-a') =>
  road.step((engine, now) => engine.accept(id, dialRequests(count), now));

it('25 requests are a batch at once', () => {
  const road = roadWith();
  accept(road, 25);
  expect(road.sent.map(({ requestIds }) => requestIds.length)).toEqual([25]);
  expect(road.engine.counts('campaign-a')).toMatchObject({ accepted: 0, created: 25 });
});

it('fewer wait for others until the linger time of the oldest is over', () => {
  const road = roadWith();
  accept(road, 3);
  road.advance(60);
  accept(road, 2);
  expect(road.engine.dueAt()).toBe(START + 100);
  road.advance(39);
  expect(road.sent).toEqual([]);
  road.advance(1);
  expect(road.sent.map(({ requestIds }) => requestIds.length)).toEqual([5]);
});
