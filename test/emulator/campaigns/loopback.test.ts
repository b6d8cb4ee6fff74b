/** Dial requests become contacts over the endpoint's own port, whatever happens on the way. */

import { expectOneContactEach, type FaultOf, onRoad } from './road.ts';

const header = (headers: readonly string[], name: string) =>
  headers[headers.findIndex((one) => one.toLowerCase() === name) + 1];

it('sends full batches by HTTP, signed by the service principal', () =>
  onRoad({}, async (road) => {
    await road.accept(60);
    await road.settled();
    await expectOneContactEach(road, 60);
    const sizes = road.requests.map(
      ({ body }) => JSON.parse(body.toString()).ContactDataRequestList.length,
    );
    expect(sizes).toEqual([25, 25, 10]);
    for (const { headers, method, target } of road.requests) {
      expect(header(headers, 'user-agent')).toBe('dialproof-campaigns');
      expect(header(headers, 'authorization')).toContain('AKIDCAMPAIGNSEXAMPLE');
      expect(`${method} ${target}`).toMatch(/^PUT \/contact\/batch\//);
      // Only a request that came over a connection has it.
      expect(header(headers, 'connection')).toBe('keep-alive');
    }
    expect(road.defects).toEqual([]);
  }));

/** Faults of the first two attempts, and how many attempts find that the call was carried out before. */
const FAULTS: readonly (readonly [FaultOf, replays: number])[] = [
  [{ fault: 'drop-after-commit' }, 1],
  [{ fault: 'error-after-commit' }, 1],
  [{ fault: 'half-reply' }, 2],
  [{ fault: 'drop-after-commit', with: 'reset' }, 1],
  [{ fault: 'drop-on-arrival' }, 0],
  [{ fault: 'error-before-commit' }, 0],
  [{ fault: 'throttle' }, 0],
  [{ fault: 'service-unavailable' }, 0],
  [{ fault: 'load-balancer-error', status: 504 }, 0],
];

it.each(FAULTS)('neither loses nor doubles a contact: %j', (fault, replays) =>
  onRoad({}, async (road) => {
    road.faults({ ...fault, when: { nth: [1, 2] } });
    await road.accept(3);
    await road.settled();
    await expectOneContactEach(road, 3);
    const tokens = road.requests.map(({ body }) => JSON.parse(body.toString()).ClientToken);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
    expect(road.service.stats.replays).toBe(replays);
  }),
);
