/** The virtual clock: how it is moved, what runs on the way, and how fast it is. */

import { VirtualClock } from '../../../emulator/clock/virtual-clock.ts';
import { createService } from '../../../emulator/emulator.ts';
import { stoppedClock } from '../fixtures.ts';
import { expectOneContactEach, onRoad } from './road.ts';

const MINUTE = 60_000;

/** A wall clock that stands, so that the virtual clock moves by `advance` alone. */
const still = () => ({ clock: stoppedClock() });

it('moves at once if campaigns have nothing to do', async () => {
  const service = createService();
  const before = service.virtualClock.now();
  const moving = service.campaigns?.advance(MINUTE);
  expect(service.virtualClock.now()).toBeGreaterThanOrEqual(before + MINUTE);
  await moving;
});

it('runs every timer at its own moment, and every call that follows', () =>
  onRoad(still(), async (road) => {
    const start = road.service.virtualClock.now();
    await road.accept(60);
    await road.driver.advance(10 * MINUTE);
    expect(road.service.virtualClock.now()).toBe(start + 10 * MINUTE);
    await expectOneContactEach(road, 60);
    const ends = road.dialRequests().map(({ status }) => status.state === 'ENDED' && status.at);
    expect(Math.min(...ends.map(Number))).toBeGreaterThan(start);
    expect(Math.max(...ends.map(Number))).toBeLessThan(start + 2 * MINUTE);
    expect(road.driver.look((engine) => engine.dueAt()) ?? Infinity).toBeGreaterThan(
      start + 10 * MINUTE,
    );
  }));

it('hands requests over as values while the clock is moved', () =>
  onRoad(still(), async (road) => {
    await road.accept(3);
    await road.driver.advance(1_000);
    const [request] = road.requests;
    expect(request?.headers.map((one) => one.toLowerCase())).not.toContain('connection');
    await expectOneContactEach(road, 3);
  }));

it.each([
  { fault: 'drop-after-commit' },
  { fault: 'half-reply' },
  { fault: 'throttle' },
  { fault: 'error-before-commit' },
  { fault: 'x-amz-retry-after', ms: 3_000 },
] as const)('meets faults on the way: %j', (fault) =>
  onRoad(still(), async (road) => {
    const when = { nth: [1, 2, 3] };
    road.faults({ ...fault, when }, { fault: 'service-unavailable', when: { nth: [1] } });
    await road.accept(3);
    await road.driver.advance(MINUTE);
    await expectOneContactEach(road, 3);
    expect(road.requests.length).toBeGreaterThan(1);
  }),
);

it('waits for what x-amz-retry-after asks', () =>
  onRoad(still(), async (road) => {
    road.faults(
      { fault: 'x-amz-retry-after', ms: 3_000 },
      { fault: 'throttle', when: { nth: [1] } },
    );
    await road.accept(1);
    await road.driver.advance(2_900);
    expect(road.requests).toHaveLength(1);
    await road.driver.advance(300);
    expect(road.requests).toHaveLength(2);
  }));

it('is the same course every time', async () => {
  const course = () => {
    let ids = 0;
    const newCampaignId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
    return onRoad({ ...still(), newCampaignId, rate: 10, burst: 2 }, async (road) => {
      await road.accept(90);
      await road.driver.advance(5 * MINUTE);
      return road.dialRequests().map(({ id, status }) => {
        if (status.state !== 'ENDED') throw new Error(`${id} is ${status.state}`);
        return [id, status.reason, status.at];
      });
    });
  };
  expect(await course()).toEqual(await course());
});

it('moves on after an earlier move, from where that ended', () =>
  onRoad(still(), async (road) => {
    const start = road.service.virtualClock.now();
    await road.accept(1);
    await Promise.all([road.driver.advance(MINUTE), road.driver.advance(2 * MINUTE)]);
    expect(road.service.virtualClock.now()).toBe(start + 3 * MINUTE);
  }));

it('is moved by exactly what was asked for, however long that took', () =>
  onRoad({}, async (road) => {
    await road.accept(60);
    await road.driver.advance(10 * MINUTE);
    await road.driver.advance(MINUTE);
    expect(road.service.virtualClock.ahead).toBe(11 * MINUTE);
  }));

it('waits for a call that is on its way over a connection', () =>
  onRoad({}, async (road) => {
    road.faults({ fault: 'late-reply', ms: 50 });
    await road.accept(25);
    await road.driver.advance(5 * MINUTE);
    expect(road.requests).toHaveLength(1);
    await expectOneContactEach(road, 25);
  }));

it('is set back without running anything', () =>
  onRoad(still(), async (road) => {
    const start = road.service.virtualClock.now();
    await road.driver.setAhead(MINUTE);
    await road.driver.setAhead(MINUTE / 2);
    expect(road.service.virtualClock.now()).toBe(start + MINUTE / 2);
  }));

it('runs a timer of the real clock sooner if it is fast', () =>
  onRoad({ speed: 600 }, async (road) => {
    await road.accept(5);
    await road.settled();
    const course = () => road.dialRequests().every(({ status }) => status.state === 'ENDED');
    // About half a minute of the virtual clock.
    while (!course()) await new Promise((resolve) => setTimeout(resolve, 10));
    await expectOneContactEach(road, 5);
  }));

describe('a virtual clock', () => {
  it('runs faster than the wall clock, from the moment at which it was made', () => {
    const wall = stoppedClock(1_000);
    const clock = new VirtualClock(wall, 60);
    expect(clock.now()).toBe(1_000);
    wall.forward(1_000);
    expect(clock.now()).toBe(61_000);
    clock.ahead += 500;
    expect(clock.now()).toBe(61_500);
  });

  it('stands where it is held, until it is released', () => {
    const wall = stoppedClock(1_000);
    const clock = new VirtualClock(wall, 2);
    clock.hold(5_000);
    wall.forward(100);
    expect(clock.now()).toBe(5_000);
    clock.release();
    expect(clock.now()).toBe(1_200);
    clock.ahead = 50;
    clock.reset();
    expect(clock.now()).toBe(1_100);
    expect(clock.ahead).toBe(0);
  });
});
