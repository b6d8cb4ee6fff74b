/** When a timer runs while the clock goes: at its own moment, though the timers of Node come late. */

import { join } from 'node:path';
import { tempDir } from '../../support/temp-dir.ts';
import { until } from '../fixtures.ts';
import { onRoad, openRoad, type Road } from './road.ts';

jest.setTimeout(30_000);

const HOUR = 3_600_000;

const dialsOf = (road: Road): number[] =>
  road
    .dialRequests()
    .flatMap(({ status }) => ('dial' in status && status.dial ? [status.dial.at] : []));

async function allDialled(road: Road, count: number): Promise<number[]> {
  await until(async () => dialsOf(road).length === count);
  return dialsOf(road);
}

it('is its own moment, at a thousand times the speed too', async () => {
  // Without agents five are dialled at each whole second. A timer that is a millisecond late is a second late.
  await onRoad({ speed: 1_000 }, async (road) => {
    // By this clock, the way to the contacts can take minutes.
    await road.accept(20, { expiresIn: 24 * HOUR });
    const dials = await allDialled(road, 20);
    expect(dials.filter((at) => at % 1_000 !== 0)).toEqual([]);
    expect(new Set(dials).size).toBe(4);
  });
});

it('is not in a time in which the process was not there', async () => {
  const dataDir = join(tempDir(), 'data');
  const restarted = Date.now() + HOUR;
  await onRoad({ dataDir, campaignChoices: { concurrentCalls: 0 } }, async (road) => {
    await road.accept(3, { expiresIn: 2 * HOUR });
    await road.settled();
    expect(dialsOf(road)).toEqual([]);
  });
  const after = await openRoad({ dataDir, clock: { now: () => Date.now() + HOUR } });
  try {
    const dials = await allDialled(after, 3);
    expect(dials.filter((at) => at < restarted)).toEqual([]);
  } finally {
    await after.close();
  }
});
