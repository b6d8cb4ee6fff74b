/** Starts every iteration that is due; what finds no free VU is dropped and counted. */

import type { Vu } from '../vu.ts';
import type { Executor, ScenarioRun } from './executor.ts';

/** A free VU is one that is active in the scenario and in no iteration. */
export async function pumpArrivals(
  scenario: ScenarioRun,
  due: Iterator<number, void>,
  { vus, maxVus, regularMs }: Pick<Executor, 'vus' | 'maxVus' | 'regularMs'>,
): Promise<void> {
  const free: Vu[] = [];
  let promised = vus;
  let busy = 0;
  let drained: (() => void) | null = null;
  const enlist = () => {
    const vu = scenario.activate();
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

  let next = due.next();
  while (!next.done && !scenario.ended()) {
    const dueMs = next.value;
    const lateMs = scenario.elapsed() - dueMs;
    if (lateMs < 0) {
      await scenario.until(dueMs);
      continue;
    }
    const vu = free.pop();
    if (vu) {
      scenario.late(lateMs);
      start(vu);
    } else {
      scenario.drop(1);
      if (promised < maxVus) {
        promised += 1;
        void scenario.initialise().then(enlist);
      }
    }
    next = due.next();
  }
  // Due before the end, and found only after it: a late pump must not lose them without a word.
  // The timer that ends the scenario may be a millisecond early.
  const endMs = scenario.elapsed() + 1;
  for (; !next.done && next.value <= endMs; next = due.next()) scenario.drop(1);
  await scenario.until(regularMs);
  if (busy > 0) {
    await new Promise<void>((resolve) => {
      drained = resolve;
    });
  }
  for (const vu of free) scenario.deactivate(vu);
}
