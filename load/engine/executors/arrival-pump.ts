/** Starts every iteration that is due. An iteration without a free VU is dropped and counted. */

import type { Executor, ScenarioRun } from './executor.ts';

/** A free VU is one that is active in the scenario and in no iteration. */
export async function pumpArrivals<Vu>(
  scenario: ScenarioRun<Vu>,
  due: Iterator<number, void>,
  { vus, maxVus, regularMs }: Pick<Executor, 'vus' | 'maxVus' | 'regularMs'>,
): Promise<void> {
  const free: Vu[] = [];
  let promised = vus;
  let busy = 0;
  let drained: (() => void) | null = null;
  let over = false;
  const enlist = () => {
    // One whose init code took longer than the scenario is left to others.
    const vu = over ? null : scenario.activate();
    if (vu) free.push(vu);
  };
  for (let i = 0; i < vus; i += 1) enlist();

  const start = (vu: Vu) => {
    busy += 1;
    void scenario.iterate(vu).then(() => {
      busy -= 1;
      if (scenario.ended()) scenario.deactivate(vu);
      else free.push(vu);
      if (busy === 0) drained?.();
    });
  };

  const take = (dueMs: number) => {
    const vu = free.pop();
    if (vu) {
      scenario.late(Math.max(0, scenario.elapsed() - dueMs));
      start(vu);
      return;
    }
    scenario.drop(1);
    if (promised < maxVus) {
      promised += 1;
      void scenario.initialise().then(enlist);
    }
  };

  let next = due.next();
  while (!next.done && !scenario.ended()) {
    const dueMs = next.value;
    if (scenario.elapsed() < dueMs) {
      await scenario.until(dueMs);
      continue;
    }
    take(dueMs);
    next = due.next();
  }
  // Due before the end, and found only after it: started late, as at any other moment, and where that
  // may not be, not lost without a word. The timer that ends the scenario may be a millisecond early.
  const endMs = scenario.elapsed() + 1;
  for (; !next.done && next.value <= endMs; next = due.next()) {
    if (scenario.mayCatchUp()) take(next.value);
    else scenario.drop(1);
  }
  await scenario.until(regularMs);
  if (busy > 0) {
    await new Promise<void>((resolve) => {
      drained = resolve;
    });
  }
  over = true;
  for (const vu of free) scenario.deactivate(vu);
}
