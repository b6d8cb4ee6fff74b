/** The arrival pump on a scenario whose clock stands still until the pump waits. */

import { pumpArrivals } from '../../../load/engine/executors/arrival-pump.ts';
import type { ScenarioRun } from '../../../load/engine/executors/executor.ts';

const REGULAR_MS = 100;

type Vu = object;

function scenarioWith(ready: number) {
  const active = new Set<Vu>();
  const seen = { dropped: 0, started: 0 };
  let now = 0;
  let initialised = () => {};
  let idle = ready;
  const scenario: ScenarioRun<Vu> = {
    elapsed: () => now,
    ended: () => now >= REGULAR_MS,
    mayCatchUp: () => true,
    async until(ms) {
      now = Math.max(now, ms);
    },
    activate() {
      if (idle === 0) return null;
      idle -= 1;
      const vu: Vu = {};
      active.add(vu);
      return vu;
    },
    deactivate(vu) {
      active.delete(vu);
    },
    async iterate() {
      seen.started += 1;
      // Never twice within the scenario's time.
      await scenario.until(REGULAR_MS);
    },
    interrupt: () => {},
    initialise: () =>
      new Promise((resolve) => {
        initialised = () => {
          idle += 1;
          resolve();
        };
      }),
    drop(count) {
      seen.dropped += count;
    },
    late: () => {},
  };
  return { scenario, active, seen, idle: () => idle, initialise: () => initialised() };
}

it('leaves a VU to others whose init code took longer than the scenario', async () => {
  const { scenario, active, seen, idle, initialise } = scenarioWith(1);
  await pumpArrivals(scenario, [0, 0].values(), { vus: 1, maxVus: 2, regularMs: REGULAR_MS });
  expect(seen).toEqual({ dropped: 1, started: 1 });
  expect(active.size).toBe(0);
  initialise();
  await new Promise((resolve) => setImmediate(resolve));
  expect(active.size).toBe(0);
  expect(idle()).toBe(1);
});
